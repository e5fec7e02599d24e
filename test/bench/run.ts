/**
 * `npm run bench [part…]`: our figures beside the references of the same run and the goals, part by part.
 * Ends with 1 when a goal is missed, so that a slow change is seen.
 */
import type { Figure } from './figure.ts';

const PARTS: Readonly<Record<string, () => Promise<{ bench: () => Promise<Figure[]> }>>> = {
  start: () => import('./start.ts'),
  memory: () => import('./memory.ts'),
  terminals: () => import('./terminals.ts'),
  judging: () => import('./judging.ts'),
  packets: () => import('./packets.ts'),
  watching: () => import('./watching.ts'),
  pictures: () => import('./pictures.ts'),
  pages: () => import('./pages.ts'),
  crowd: () => import('./crowd.ts'),
  docker: () => import('./docker.ts'),
};

function isReached(figure: Figure): boolean | null {
  if (figure.goal === null) return null;
  return figure.better === 'higher' ? figure.ours >= figure.goal : figure.ours <= figure.goal;
}

function number(value: number | null): string {
  if (value === null) return '–';
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function print(part: string, figures: readonly Figure[]): void {
  const width = Math.max(...figures.map((figure) => figure.name.length));
  console.log(
    `\n${part}\n  ${''.padEnd(width)} ${'ours'.padStart(9)} ${'reference'.padStart(10)} ${'goal'.padStart(10)}`,
  );
  for (const figure of figures) {
    const goal = figure.goal === null ? '–' : `${figure.better === 'higher' ? '≥' : '≤'} ${number(figure.goal)}`;
    const verdict = isReached(figure);
    const mark = verdict === null ? '' : verdict ? 'reached' : 'MISSED';
    const columns = [number(figure.ours).padStart(9), number(figure.reference).padStart(10), goal.padStart(10)];
    console.log(`  ${figure.name.padEnd(width)} ${columns.join(' ')} ${figure.unit.padEnd(6)} ${mark}`);
  }
}

const wanted = process.argv.slice(2);
const parts = wanted.length === 0 ? Object.keys(PARTS) : wanted;
let missed = 0;
for (const part of parts) {
  const load = PARTS[part];
  if (!load) {
    console.error(`No part is called ${part}. There are: ${Object.keys(PARTS).join(', ')}.`);
    process.exit(2);
  }
  const { bench } = await load();
  const figures = await bench();
  print(part, figures);
  missed += figures.filter((figure) => isReached(figure) === false).length;
}
console.log(`\n${missed === 0 ? 'All goals reached.' : `${missed} goals missed.`}`);
process.exit(missed === 0 ? 0 : 1);
