/** The headings of a rendered lesson, read back from its HTML for the table of contents. */
import { html, raw, type Html } from './html.ts';
import { icon } from './icons.ts';
import type { Messages } from './messages/en.ts';

export interface Heading {
  readonly id: string;
  /** Text with its entities still escaped, without markup. */
  readonly text: Html;
}

/** The second-level headings that have an id, in order. The lesson comes from course/, whose serialiser quotes attributes. */
export function outlineOf(lessonHtml: string): Heading[] {
  const headings = lessonHtml.matchAll(/<h2\b[^>]*\bid="([^"]+)"[^>]*>(.*?)<\/h2>/gs);
  return [...headings]
    .filter(([heading]) => !heading.includes('visually-hidden') && !heading.includes('sr-only'))
    .map(([, id = '', inner = '']) => ({ id, text: raw(inner.replace(/<[^>]*>/g, '')) }));
}

export function tableOfContents({ lab: words, header }: Messages, headings: readonly Heading[]): Html | null {
  if (headings.length === 0) return null;
  return html`<details class="menu contents">
    <summary>${icon('list')}<span>${words.contents}</span></summary>
    <nav class="menu-panel" aria-label="${words.contentsLabel}">
      <ol>
        ${headings.map((heading) => html`<li><a href="#${raw(heading.id)}">${heading.text}</a></li>`)}
      </ol>
      <p class="contents-more"><a href="/glossary">${header.glossary}</a> <a href="/index">${header.index}</a></p>
    </nav>
  </details>`;
}
