/**
 * How V8 keeps its heap: the server shares a small machine with the networks of its learners. Reading a course makes four times
 * the garbage of what stays of it, so the heap is kept as small as can be meanwhile; that stops the program for tens of
 * milliseconds at a time, so learners are served with a heap that merely grows slowly.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const FLAGS = {
  starting: ['--optimize-for-size', '--expose-gc'],
  // Percent that the heap may grow before it is swept again, and a young generation that stays as it is.
  serving: ['--no-optimize-for-size', '--heap-growing-percent=10', '--semi-space-growth-factor=1'],
} as const;

export function keepHeapFor(phase: keyof typeof FLAGS): void {
  for (const flag of FLAGS[phase]) setFlagsFromString(flag);
}

/** Gives back what the start took and nobody holds; stops the program for some 50 ms. After `keepHeapFor('starting')`. */
export function shrinkHeap(): void {
  // The flag shows in contexts made after it was set.
  const collect = runInNewContext('gc') as NodeJS.GCFunction;
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
