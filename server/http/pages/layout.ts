/**
 * Pages of the course as HTML, made on the server from the values of models.ts. They read well without scripts; the
 * scripts of web/ bring them to life. Pages know no request, session or database.
 */
import { html, type Html } from './html.ts';
import { icon } from './icons.ts';
import type { PageAssets, PageEntry, PointsModel, ShellModel } from './models.ts';
import { LANGUAGE_NAMES, LANGUAGE_TAGS } from '../../contract/language.ts';
import type { Messages } from './messages/en.ts';
import { messagesOf } from './messages/messages.ts';

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
  const words = messagesOf(shell.language).header;
  return html`<!doctype html>
    <html lang="${LANGUAGE_TAGS[shell.language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
        <title>${parts.title}</title>
        ${parts.description && html`<meta name="description" content="${parts.description}" />`}
        <meta name="color-scheme" content="light dark" />
        ${shell.languages.length > 1 && alternates(shell)}
        <link rel="icon" href="${FAVICON}" />
        <script src="${assets.script('theme')}"></script>
        ${assets.styles(parts.entry).map((url) => html`<link rel="stylesheet" href="${url}" />`)}
        ${assets.preloads(parts.entry).map((url) => html`<link rel="modulepreload" href="${url}" />`)}
        <script type="module" src="${assets.script(parts.entry)}" blocking="render"></script>
        ${shell.isAuthoring && authorScript(assets)}
      </head>
      <body class="${parts.bodyClass}" data-now-ms="${shell.nowMs}">
        ${parts.skipTo.map((target) => html`<a class="skip" href="#${target.id}">${target.label}</a>`)}
        ${header(shell, words, parts.breadcrumb)} ${parts.content}
      </body>
    </html>`.markup;
}

function authorScript(assets: PageAssets): Html {
  return html`${assets.styles('author').map((url) => html`<link rel="stylesheet" href="${url}" />`)}
    <script type="module" src="${assets.script('author')}"></script>`;
}

function header(shell: ShellModel, words: Messages['header'], breadcrumb: Html | undefined): Html {
  return html`<header class="bar">
    <a class="brand" href="/">${icon('brand')}<span>${shell.courseTitle}</span></a>
    ${breadcrumb}
    <div class="bar-end">
      ${shell.isUserModeKernel && kernelNote(words)} ${shell.progress && courseProgress(shell.progress, words)}
      ${languageLinks(shell, words)}
      <button class="icon-button" type="button" data-theme-toggle data-needs-js>
        <span class="visually-hidden">${words.colours}</span>
      </button>
      ${shell.learner && learnerMenu(shell.learner.name, words)}
    </div>
  </header>`;
}

/** The same page in each language, for search engines and browsers. */
function alternates({ path, languages }: ShellModel): Html[] {
  return languages.map(
    (language) =>
      html`<link rel="alternate" hreflang="${LANGUAGE_TAGS[language]}" href="${path}?language=${language}" />`,
  );
}

/** One link per other language: the same page, at the same place where scripts run (web/ui/i18n/keep-place.ts). */
function languageLinks({ path, language: current, languages }: ShellModel, words: Messages['header']): Html | null {
  const others = languages.filter((language) => language !== current);
  if (others.length === 0) return null;
  return html`<nav class="languages" aria-label="${words.language}">
    ${others.map(
      (language) =>
        html`<a
          href="${path}?language=${language}"
          lang="${LANGUAGE_TAGS[language]}"
          hreflang="${LANGUAGE_TAGS[language]}"
          data-language="${language}"
          >${LANGUAGE_NAMES[language]}</a
        >`,
    )}
  </nav>`;
}

/** A name, so the same in all languages; what it means is said to whoever points at it. */
function kernelNote(words: Messages['header']): Html {
  return html`<span class="kernel-note" title="${words.kernelTitle}">User Mode Linux</span>`;
}

function courseProgress({ earned, possible }: PointsModel, words: Messages['header']): Html {
  const [before, between, after] = words.progress;
  const percent = possible === 0 ? 0 : Math.round((earned / possible) * 100);
  return html`<p
    class="course-progress"
    data-earned="${earned}"
    data-possible="${possible}"
    title="${words.progressTitle}"
  >
    <span class="meter" aria-hidden="true"><i style="width:${percent}%"></i></span>
    <span>${before}<b>${earned}</b>${between}${possible}${after}</span>
  </p>`;
}

function learnerMenu(name: string, words: Messages['header']): Html {
  const [before, after] = words.signedIn;
  return html`<details class="menu learner-menu">
    <summary>${icon('person')}<span>${name}</span></summary>
    <form class="menu-panel" method="post" action="/leave">
      <p>${before}<b>${name}</b>${after}</p>
      <p class="muted">${words.leaving}</p>
      <button class="button danger" type="submit">${words.leave}</button>
    </form>
  </details>`;
}

const FAVICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none" stroke="#12808a" stroke-width="2"><rect x="1.500" y="6" width="6" height="8" rx="1.500"/><rect x="12.500" y="6" width="6" height="8" rx="1.500"/><path d="M7.500 10h5"/></svg>',
  );
