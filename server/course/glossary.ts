/**
 * The glossary of a course: `glossary.md`, and `glossary.<language>.md` for each further language. A term is a heading of
 * the second level, the same in every language, whose anchor lessons link to; below it come a paragraph that explains it (in
 * a translation beginning with the term's own name in bold) and a list of where to see it. Pure.
 */
import type { DiagnosticList } from './diagnostic-list.ts';
import type { Glossary, Term } from './lab.ts';
import { didYouMean } from './nearest.ts';
import { renderText } from './render.ts';
import type { SourceText, Span } from './source-text.ts';

export const EMPTY_GLOSSARY: Glossary = { terms: () => [] };

/** `glossary.md` and its translations, by the name of the file. */
export const GLOSSARY_FILE = /^glossary(?:\.[\w-]+)?\.md$/;

/** Where the page of a term is. */
export const GLOSSARY_ADDRESS = '/glossary';

interface Section {
  readonly slug: string;
  readonly heading: string;
  /** Of the heading's words. */
  readonly span: Span;
  readonly body: string;
  readonly bodyOffset: number;
}

const HEADING = /^## +(.+?) *$/gm;

/** The anchor that GitHub gives a heading. */
export function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function sectionsOf(text: string): Section[] {
  const headings = [...text.matchAll(HEADING)];
  return headings.map((match, index) => {
    const heading = match[1] ?? '';
    const bodyOffset = match.index + match[0].length;
    const body = text.slice(bodyOffset, headings[index + 1]?.index ?? text.length);
    const span = { offset: match.index + match[0].indexOf(heading), length: heading.length };
    return { slug: slugOf(heading), heading, span, body, bodyOffset };
  });
}

/** The anchors of all terms of a file. */
export function slugsIn(text: string): Set<string> {
  return new Set(sectionsOf(text).map(({ slug }) => slug));
}

const TERM_LINK = new RegExp(`href="${GLOSSARY_ADDRESS}#([\\w-]+)"`, 'g');

/** The slugs of the terms that a rendered lesson links to, in its order. */
export function linkedTerms(html: string): Set<string> {
  // Copied: a piece cut out of a text keeps all of the text in memory.
  return new Set([...html.matchAll(TERM_LINK)].map(([, slug = '']) => Buffer.from(slug).toString()));
}

/** `**Name**:` at the start of an explanation. */
const NAMED = /^\*\*(.+?)\*\*\s*[:：]\s*/;

/** Links between terms lead to the page of the glossary. */
export function readTerms(text: string): Term[] {
  return sectionsOf(text).map(({ slug, heading, body }) => {
    const [explanation = '', ...rest] = body.trim().split(/\n{2,}/);
    const name = NAMED.exec(explanation)?.[1] ?? heading;
    const render = (markdown: string): string =>
      renderText(markdown.replace(/\]\(#([\w-]+)\)/g, `](${GLOSSARY_ADDRESS}#$1)`), (href) => href);
    return {
      slug,
      term: heading,
      name,
      html: render(explanation.replace(NAMED, '')),
      more: rest.length === 0 ? '' : render(rest.join('\n\n')),
    };
  });
}

/** Terms twice, terms without an explanation, links to terms that do not exist. */
export function inspectTerms(source: SourceText, diagnostics: DiagnosticList): void {
  const sections = sectionsOf(source.text);
  const slugs = sections.map(({ slug }) => slug);
  for (const [index, { slug, heading, span, body, bodyOffset }] of sections.entries()) {
    if (slugs.indexOf(slug) !== index)
      diagnostics.add('duplicate_name', span, `The term \`${heading}\` has an entry already.`);
    if (body.trim() === '') diagnostics.add('missing_text', span, `The term \`${heading}\` is not explained.`);
    for (const link of body.matchAll(/\]\(#([^)]*)\)/g)) {
      const anchor = link[1] ?? '';
      if (slugs.includes(anchor)) continue;
      const at = { offset: bodyOffset + link.index + 2, length: anchor.length + 1 };
      diagnostics.add('unknown_term', at, `The glossary has no term \`${anchor}\`.`, didYouMean(anchor, slugs));
    }
  }
}

/** Terms of the original that a translation lacks, and terms that only the translation has. */
export function compareTerms(original: SourceText, translation: SourceText, diagnostics: DiagnosticList): void {
  const wanted = sectionsOf(original.text);
  const own = sectionsOf(translation.text);
  for (const { slug, heading } of wanted) {
    if (own.some((other) => other.slug === slug)) continue;
    const end = { offset: translation.text.length, length: 1 };
    diagnostics.add('translation_incomplete', end, `Not translated yet: the term \`${heading}\`.`);
  }
  for (const { slug, heading, span } of own) {
    if (wanted.some((other) => other.slug === slug)) continue;
    const hint = 'Headings of terms are the same in every language, so that links lead there on GitHub too.';
    diagnostics.add('unknown_term', span, `glossary.md has no term \`${heading}\`.`, hint);
  }
}
