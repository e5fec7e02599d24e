/** What each field says, in one sentence, and where that is defined. Apart from the decoder, so that a page loads it only when asked. */
import { APPLICATION_MEANINGS } from './meanings/application.ts';
import { INTERNET_MEANINGS } from './meanings/internet.ts';
import { LINK_MEANINGS } from './meanings/link.ts';
import { TRANSPORT_MEANINGS } from './meanings/transport.ts';

export interface Meaning {
  readonly meaning: string;
  /** `RFC 791 §3.1`; empty where no document defines it. */
  readonly source: string;
}

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  [LINK_MEANINGS, INTERNET_MEANINGS, TRANSPORT_MEANINGS, APPLICATION_MEANINGS]
    .flatMap((table) => table.trim().split('\n'))
    .map((line) => {
      const [name = '', meaning = '', source = ''] = line.split('|').map((part) => part.trim());
      return [name, { meaning, source }];
    }),
);

/** Undefined for names that the decoder does not make. */
export function meaningOf(name: string): Meaning | undefined {
  return MEANINGS.get(name);
}
