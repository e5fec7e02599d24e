/** What an author sees while no lab can be shown: the panel beside this page tells the faults. */
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { ShellModel } from './models.ts';
import { messagesOf } from './messages/messages.ts';

export function authorPage(shell: ShellModel): string {
  const words = messagesOf(shell.language).author;
  return layout(shell, {
    title: `${words.title} · ${shell.courseTitle}`,
    entry: 'home',
    bodyClass: 'error-page',
    skipTo: [{ id: 'main', label: words.skip }],
    content: html`<main class="home" id="main" tabindex="-1">
      <h1>${words.heading}</h1>
      <p class="lead">${words.text}</p>
    </main>`,
  });
}
