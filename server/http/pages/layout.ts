/**
 * Pages of the course as HTML, made on the server from the values of models.ts. They read well without scripts; the
 * scripts of web/ bring them to life. Pages know no request, session or database.
 */
import { html, type Html } from './html.ts';
import { icon } from './icons.ts';
import type { PageAssets, PageEntry, ShellModel } from './models.ts';

export interface PageParts {
  readonly title: string;
  readonly description?: string;
  readonly entry: PageEntry;
  readonly bodyClass: string;
  /** What the skip link leads to. */
  readonly skipTo: readonly { readonly id: string; readonly label: string }[];
  /** In the header, between the name of the course and the learner. */
  readonly breadcrumb?: Html;
  readonly content: Html;
}

/** A whole document, beginning with its doctype. */
export function layout(shell: ShellModel, parts: PageParts): string {
  const { assets } = shell;
  return html`<!doctype html>
    <html lang="${shell.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
        <title>${parts.title}</title>
        ${parts.description && html`<meta name="description" content="${parts.description}" />`}
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="${FAVICON}" />
        <script src="${assets.script('theme')}"></script>
        ${assets.styles(parts.entry).map((url) => html`<link rel="stylesheet" href="${url}" />`)}
        ${assets.preloads(parts.entry).map((url) => html`<link rel="modulepreload" href="${url}" />`)}
        <script type="module" src="${assets.script(parts.entry)}" blocking="render"></script>
        ${shell.isAuthoring && authorScript(assets)}
      </head>
      <body class="${parts.bodyClass}" data-now-ms="${shell.nowMs}">
        ${parts.skipTo.map((target) => html`<a class="skip" href="#${target.id}">${target.label}</a>`)}
        ${header(shell, parts.breadcrumb)} ${parts.content}
      </body>
    </html>`.markup;
}

function authorScript(assets: PageAssets): Html {
  return html`${assets.styles('author').map((url) => html`<link rel="stylesheet" href="${url}" />`)}
    <script type="module" src="${assets.script('author')}"></script>`;
}

function header(shell: ShellModel, breadcrumb: Html | undefined): Html {
  return html`<header class="bar">
    <a class="brand" href="/">${icon('brand')}<span>${shell.courseTitle}</span></a>
    ${breadcrumb}
    <div class="bar-end">
      ${shell.progress && courseProgress(shell.progress)}
      <button class="icon-button" type="button" data-theme-toggle data-needs-js>
        <span class="visually-hidden">Colours: as the system</span>
      </button>
      ${shell.learner && learnerMenu(shell.learner.name)}
    </div>
  </header>`;
}

function courseProgress({ earned, possible }: { earned: number; possible: number }): Html {
  const percent = possible === 0 ? 0 : Math.round((earned / possible) * 100);
  return html`<p
    class="course-progress"
    data-earned="${earned}"
    data-possible="${possible}"
    title="Points in the whole course"
  >
    <span class="meter" aria-hidden="true"><i style="width:${percent}%"></i></span>
    <span><b>${earned}</b> of ${possible} points</span>
  </p>`;
}

function learnerMenu(name: string): Html {
  return html`<details class="menu learner-menu">
    <summary>${icon('person')}<span>${name}</span></summary>
    <form class="menu-panel" method="post" action="/leave">
      <p>Signed in as <b>${name}</b>.</p>
      <p class="muted">
        Leaving ends your running networks. Your progress hangs on this sign-in: it cannot be opened again afterwards.
      </p>
      <button class="button danger" type="submit">Leave the course</button>
    </form>
  </details>`;
}

const FAVICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none" stroke="#12808a" stroke-width="2"><rect x="1.500" y="6" width="6" height="8" rx="1.500"/><rect x="12.500" y="6" width="6" height="8" rx="1.500"/><path d="M7.500 10h5"/></svg>',
  );
