/** What an author sees while no lab can be shown: the panel beside this page tells the faults. */
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { ShellModel } from './models.ts';

export function authorPage(shell: ShellModel): string {
  return layout(shell, {
    title: `No lab yet · ${shell.courseTitle}`,
    entry: 'home',
    bodyClass: 'error-page',
    skipTo: [{ id: 'main', label: 'Skip to the text' }],
    content: html`<main class="home" id="main" tabindex="-1">
      <h1>There is no lab to show yet</h1>
      <p class="lead">
        The faults of the file stand in the author’s panel. This page follows as soon as the lab can be used.
      </p>
    </main>`,
  });
}
