/** One measured figure of the bench. */
export interface Figure {
  readonly name: string;
  /** Median of the runs unless the name says otherwise. */
  readonly ours: number;
  /** The raw way of doing the same, measured in the same run; null where there is none. */
  readonly reference: number | null;
  readonly goal: number | null;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
}

/** Makes figures that are better the lower they are, and have no reference. */
export function figuresIn(unit: string): (name: string, ours: number, goal: number | null) => Figure {
  return (name, ours, goal) => ({ name, ours, reference: null, goal, unit, better: 'lower' });
}

/** The value below which the fraction `p` of the samples lies (nearest rank). */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}
