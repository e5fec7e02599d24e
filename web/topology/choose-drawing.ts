/** Of the ways to draw a topology, the one that is read best in a given place. Pure. */
import { draw, type Drawing, type Manner } from './drawing.ts';
import type { PageTopology } from './graph.ts';

/** Each with how much smaller than the best one it may be and still be preferred. */
const MANNERS: readonly (Pick<Manner, 'direction' | 'detail' | 'sideways'> & { readonly liking: number })[] = [
  { direction: 'across', detail: 'full', sideways: 1.35, liking: 1 },
  { direction: 'across', detail: 'brief', sideways: 1.35, liking: 0.95 },
  { direction: 'folded', detail: 'full', sideways: 1.35, liking: 0.88 },
  { direction: 'folded', detail: 'brief', sideways: 1.35, liking: 0.84 },
  { direction: 'down', detail: 'full', sideways: 0.9, liking: 0.86 },
  { direction: 'across', detail: 'busy', sideways: 1.35, liking: 0.52 },
  { direction: 'across', detail: 'busy', sideways: 2.4, liking: 0.52 },
  { direction: 'across', detail: 'busy', sideways: 3.6, liking: 0.51 },
  { direction: 'down', detail: 'busy', sideways: 0.9, liking: 0.51 },
  { direction: 'folded', detail: 'busy', sideways: 1.35, liking: 0.5 },
  { direction: 'across', detail: 'bare', sideways: 1.35, liking: 0.45 },
  { direction: 'across', detail: 'bare', sideways: 2.4, liking: 0.45 },
  { direction: 'across', detail: 'bare', sideways: 3.6, liking: 0.45 },
  { direction: 'down', detail: 'bare', sideways: 0.9, liking: 0.45 },
  { direction: 'down', detail: 'bare', sideways: 0.7, liking: 0.44 },
  { direction: 'folded', detail: 'bare', sideways: 1.35, liking: 0.43 },
];

/** Tried in turn, until everything has its place. */
const GROWTHS = [1, 1.15, 1.3, 1.5, 1.75] as const;

/** Smaller than this, 12 px text has less than 8. */
const READABLE = 0.67;
/** Smaller than this, nobody reads it; names of nodes are larger than labels, and bold. */
const UNREADABLE = { labels: 0.6, names: 0.42 } as const;

export interface Candidate {
  readonly drawing: Drawing;
  readonly liking: number;
}

export function drawingsOf(topology: PageTopology, hasTraffic: boolean): Candidate[] {
  return MANNERS.flatMap(({ liking, ...manner }) => {
    const candidates: Candidate[] = [];
    for (const growth of GROWTHS) {
      const drawing = draw(topology, { ...manner, hasTraffic, growth });
      candidates.push({ drawing, liking });
      if (drawing.faults === 0) break;
    }
    return candidates;
  });
}

/** For a place of so many CSS pixels. */
export function mostReadable(candidates: readonly Candidate[], width: number, mostHeight = Infinity): Drawing {
  const score = ({ drawing: { viewBox, labels, points, lines, faults, isSmall }, liking }: Candidate): number => {
    const scale = Math.min(1, width / viewBox.width, mostHeight / viewBox.height);
    const parts = labels.length + points.size + lines.length;
    return (
      legibility(scale, isSmall ? UNREADABLE.names : UNREADABLE.labels) *
      liking *
      Math.max(0, 1 - faults / Math.max(1, parts)) ** 3
    );
  };
  const [first, ...others] = candidates;
  if (!first) throw new Error('There is no way to draw a topology.');
  return others.reduce((best, other) => (score(other) > score(best) ? other : best), first).drawing;
}

function legibility(scale: number, unreadable: number): number {
  if (scale >= READABLE) return scale;
  // What is too small is still better than smaller.
  const part = Math.max(0, (scale - unreadable) / (READABLE - unreadable));
  return READABLE * (0.2 * (scale / READABLE) + 0.8 * part);
}
