import type { Fault } from './explain-issue.ts';

/** A fault whose place is a text somewhere below the path. */
export interface TopologyFault extends Omit<Fault, 'at'> {
  /** The text to underline; the whole value of the path where it is not found. */
  readonly text?: string | undefined;
}
