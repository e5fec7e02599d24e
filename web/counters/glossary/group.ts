/** Counters that are counted in one place of the kernel, with a sentence for each. */

/** `source` is where most of a group is counted; a sentence may name another place behind ` @ `. */
export interface Group {
  readonly source: string;
  readonly sentences: Readonly<Record<string, string>>;
}

/** A sentence for each counter of a group, in another language. */
export type SentencesOf<G extends Group> = Readonly<Record<keyof G['sentences'], string>>;
