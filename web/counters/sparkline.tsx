/** The last minute of a number as a small line, the newest at the right. What it says is said in words beside it. */
import type { JSX } from 'preact';

export interface SparklineProps {
  /** Oldest first; none where nothing is known. */
  readonly values: readonly number[];
  /** Two lines that share a scale have the larger one's; at least the values' own. */
  readonly most?: number;
}

const WIDTH = 120;
const HEIGHT = 28;
/** So that a line at nothing and a line at its most are not cut. */
const EDGE = 1.5;

export function Sparkline({ values, most = Math.max(...values) }: SparklineProps): JSX.Element {
  const step = WIDTH / Math.max(1, values.length - 1);
  const y = (value: number): number => HEIGHT - EDGE - (most > 0 ? value / most : 0) * (HEIGHT - 2 * EDGE);
  const points = values.map((value, index) => `${(index * step).toFixed(1)} ${y(value).toFixed(1)}`);
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {points.length > 0 && (
        <>
          <path class="sparkline-area" d={`M0 ${HEIGHT} L${points.join(' L')} L${WIDTH} ${HEIGHT}Z`} />
          <path class="sparkline-line" d={`M${points.join(' L')}`} />
        </>
      )}
    </svg>
  );
}
