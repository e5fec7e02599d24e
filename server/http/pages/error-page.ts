/** What a person sees when a page cannot be shown: what happened, and the way on. */
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { ErrorPageModel } from './models.ts';

const TITLES: Readonly<Record<number, string>> = {
  400: 'That request could not be read',
  401: 'Join the course first',
  403: 'This is not yours to open',
  404: 'There is no such page',
  413: 'That was too large',
  429: 'Too many requests',
  500: 'Something broke on the server',
  503: 'The server cannot do this at the moment',
};

export function errorPage({ shell, status, message, hint }: ErrorPageModel): string {
  const title = TITLES[status] ?? (status >= 500 ? 'Something broke on the server' : 'That did not work');
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
      <p><a class="button primary" href="/">To the course</a></p>
    </main>`,
  });
}
