/** Links of a lesson to terms of the glossary that do not exist. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GLOSSARY_FILE, slugsIn } from './glossary.ts';
import type { Lesson } from './lesson.ts';
import { didYouMean } from './nearest.ts';
import type { Span } from './source-text.ts';

export interface TermFault {
  readonly span: Span;
  readonly message: string;
  readonly hint: string | undefined;
}

/** `directory` is the lab's. Links to a file that is not there are told of elsewhere. */
export function inspectTermLinks({ links }: Lesson, directory: string): TermFault[] {
  const known = new Map<string, ReadonlySet<string> | null>();
  return links.flatMap(({ href, span }): TermFault[] => {
    const [target = '', anchor = ''] = href.split('#');
    if (!GLOSSARY_FILE.test(path.basename(target)) || anchor === '') return [];
    const file = path.join(directory, target);
    const slugs = known.get(file) ?? slugsOf(file);
    known.set(file, slugs);
    if (slugs === null || slugs.has(anchor)) return [];
    return [{ span, message: `The glossary has no term \`${anchor}\`.`, hint: didYouMean(anchor, slugs) }];
  });
}

function slugsOf(file: string): ReadonlySet<string> | null {
  try {
    return slugsIn(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
