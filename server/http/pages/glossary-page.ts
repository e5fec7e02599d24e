/** All terms of the course, each with the labs that use it. */
import { html, raw, type Html } from './html.ts';
import { layout } from './layout.ts';
import type { Messages } from './messages/en.ts';
import { messagesOf } from './messages/messages.ts';
import type { GlossaryPageModel, TermModel } from './models.ts';
import { searchBox, siteLinks } from './reference-parts.ts';

export function glossaryPage({ shell, terms }: GlossaryPageModel): string {
  const words = messagesOf(shell.language);
  const { title, lead, skip, allTerms, empty } = words.glossary;
  return layout(shell, {
    title: `${title} · ${shell.courseTitle}`,
    description: lead,
    entry: 'reference',
    bodyClass: 'reference-page',
    skipTo: [{ id: 'terms', label: skip }],
    content: html`<main class="reference">
        <h1>${title}</h1>
        <p class="lead">${lead}</p>
        ${terms.length > 0 && searchBox(words)}
        <nav class="term-list" aria-label="${allTerms}">
          ${terms.map(({ slug, name }) => html`<a href="#${slug}" data-search-of="${slug}">${name}</a> `)}
        </nav>
        <div id="terms" tabindex="-1">${terms.map((term) => entry(term, words))}</div>
        ${terms.length === 0 && html`<p>${empty}</p>`}
      </main>
      ${siteLinks(words)}`,
  });
}

function entry({ slug, name, term, html: explanation, more, labs }: TermModel, words: Messages): Html {
  return html`<section class="term" id="${slug}" data-search-item aria-labelledby="term-${slug}">
    <h2 id="term-${slug}">
      <a href="#${slug}">${name}</a>${name !== term && html` <span class="term-original" lang="en">${term}</span>`}
    </h2>
    ${raw(explanation)} ${raw(more)}
    ${
      labs.length > 0 &&
      html`<p class="term-labs">
        ${words.glossary.usedIn}${labs.map(
          ({ id, title }, index) => html`${index > 0 && words.separator}<a href="/labs/${id}">${title}</a>`,
        )}
      </p>`
    }
  </section>`;
}
