/** What a person sees when a page cannot be shown: what happened, and the way on. */
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { ErrorPageModel } from './models.ts';
import { messagesOf } from './messages/messages.ts';
import { siteLinks } from './reference-parts.ts';

export function errorPage({ shell, status, message, hint }: ErrorPageModel): string {
  const { titles, broke, didNotWork, toCourse } = messagesOf(shell.language).error;
  const title = titles[status] ?? (status >= 500 ? broke : didNotWork);
  return layout(shell, {
    title: `${title} · ${shell.courseTitle}`,
    entry: 'home',
    bodyClass: 'error-page',
    skipTo: [],
    content: html`<main class="error" id="content">
        <p class="error-status" aria-hidden="true">${status}</p>
        <h1>${title}</h1>
        <p class="lead">${message}</p>
        ${hint && html`<p>${hint}</p>`}
        <p><a class="button primary" href="/">${toCourse}</a></p>
      </main>
      ${siteLinks(messagesOf(shell.language))}`,
  });
}
