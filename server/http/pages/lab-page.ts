/** A lab: the lesson beside the learner's network. Reads fully without a session and without scripts. */
import type { LabPageData } from '../../contract/api.ts';
import { html, jsonScript, raw, withCode, type Html } from './html.ts';
import { icon } from './icons.ts';
import { joinForm } from './join-form.ts';
import { layerStack } from './layers.ts';
import { layout } from './layout.ts';
import { outlineOf, tableOfContents } from './lesson-outline.ts';
import type { LabLinkModel, LabPageModel } from './models.ts';
import type { Messages } from './messages/en.ts';
import { messagesOf } from './messages/messages.ts';
import { isLanguage, LANGUAGE_NAMES, LANGUAGE_TAGS } from '../../contract/language.ts';

export function labPage(model: LabPageModel): string {
  const { shell, lab } = model;
  const words = messagesOf(shell.language);
  return layout(shell, {
    title: `${lab.title} · ${shell.courseTitle}`,
    description: lab.summary,
    entry: 'lab',
    bodyClass: 'lab-page',
    skipTo: [
      { id: 'lesson', label: words.lab.skipToLesson },
      { id: 'workspace', label: words.lab.skipToNetwork },
    ],
    breadcrumb: breadcrumb(model, words),
    content: html`<main class="lab">
        ${lesson(model, words)}
        <div
          class="divider"
          role="separator"
          tabindex="0"
          aria-label="${words.lab.lessonWidth}"
          aria-orientation="vertical"
          aria-controls="lesson"
          aria-valuemin="25"
          aria-valuemax="75"
          aria-valuenow="50"
          data-needs-js
        ></div>
        <section class="workspace" id="workspace" aria-label="${words.lab.yourNetwork}" tabindex="-1">
          ${workspace(model, words)}
        </section>
      </main>
      <nav class="views" aria-label="${words.lab.partsOfPage}" data-needs-js>
        <button type="button" data-view="lesson" aria-pressed="true">
          ${icon('book')}<span>${words.lab.lesson}</span>
        </button>
        <button type="button" data-view="workspace" aria-pressed="false">
          ${icon('terminal')}<span>${words.lab.terminal}</span>
        </button>
      </nav>
      ${(model.terms ?? []).length > 0 && jsonScript('lesson-terms', model.terms)} ${island(model)}`,
  });
}

/** The start data of the scripts: all of it for a learner, the picture alone for a visitor. */
function island({
  attempt,
  lab,
  topology,
  recording,
  isLastForCertificate = false,
  previous,
  next,
}: LabPageModel): Html {
  if (attempt === null) return jsonScript('lab-preview', { topology, recording });
  const data: LabPageData = {
    attempt,
    lab: { id: lab.id, title: lab.title },
    topology,
    recording,
    isLastForCertificate,
    previous,
    next,
  };
  return jsonScript('lab-data', data);
}

function breadcrumb({ module, lab, previous, next }: LabPageModel, { lab: words }: Messages): Html {
  return html`<nav class="breadcrumb" aria-label="${words.place}">
    <ol>
      ${module && html`<li class="breadcrumb-module"><a href="/#module-${module.id}">${module.title}</a></li>`}
      <li aria-current="page">${lab.title}</li>
    </ol>
    ${previous && arrow('back', words.arrow(words.previous, previous.title), previous)}
    ${next && arrow('forward', words.arrow(words.next, next.title), next)}
  </nav>`;
}

function arrow(direction: 'back' | 'forward', label: string, lab: LabLinkModel): Html {
  return html`<a
    class="icon-button"
    href="/labs/${lab.id}"
    rel="${direction === 'back' ? 'prev' : 'next'}"
    title="${label}"
    >${icon(direction)}<span class="visually-hidden">${label}</span></a
  >`;
}

function lesson({ shell, lab, attempt, previous, next }: LabPageModel, words: Messages): Html {
  const headings = outlineOf(lab.html);
  return html`<article class="lesson" id="lesson" tabindex="-1">
    <div class="rail">
      ${tableOfContents(words, headings)} ${attempt && html`<div class="rail-tasks" id="rail"></div>`}
    </div>
    <div class="lesson-text">
      <header class="lesson-head">
        <h1>${lab.title}</h1>
        <p class="lead">${lab.summary}</p>
        <p class="lab-meta">
          ${layerStack(words, lab.layers)}
          <span>${words.levels[lab.level]}</span>
          <span>${words.minutes(lab.minutes)}</span>
          ${lab.isOptional && html`<span class="optional" title="${words.optionalTitle}">${words.optional}</span>`}
        </p>
        ${lab.language !== shell.language && html`<p class="lab-note">${words.lab.notTranslated(LANGUAGE_NAMES[shell.language])}</p>`}
        ${
          lab.newerIn &&
          html`<p class="lab-note">
            ${words.lab.behind}
            <a href="?language=${lab.newerIn}" hreflang="${langOf(lab.newerIn)}" data-language="${lab.newerIn}"
              >${words.lab.readOriginal}</a
            >
          </p>`
        }
        ${(lab.missing ?? []).map((sentence) => html`<p class="lab-missing">${withCode(sentence)}</p>`)}
        ${
          lab.objectives.length > 0 &&
          html`<div class="objectives">
            <p>${words.lab.youWillLearn}</p>
            <ul>
              ${lab.objectives.map((objective) => html`<li>${objective}</li>`)}
            </ul>
          </div>`
        }
      </header>
      <div class="prose" id="prose" lang="${langOf(lab.language)}">${raw(lab.html)}</div>
      ${sources(lab.sources ?? [], words)}
      <div id="finish"></div>
      <nav class="neighbours" aria-label="${words.lab.otherLabs}">
        ${previous ? neighbour(words.lab.previous, previous, 'prev') : html`<span></span>`}
        ${next ? neighbour(words.lab.next, next, 'next') : neighbourHome(words)}
      </nav>
    </div>
  </article>`;
}

/** What the facts of the lesson were checked against; web addresses are links. */
function sources(list: readonly string[], words: Messages): Html | null {
  if (list.length === 0) return null;
  return html`<details class="sources">
    <summary>${words.lab.sources}</summary>
    <ul>
      ${list.map((source) => html`<li>${source.split(/(https?:\/\/[^\s)>,]+)/).map(linked)}</li>`)}
    </ul>
  </details>`;
}

function linked(part: string): Html | string {
  return /^https?:\/\//.test(part) ? html`<a href="${part}" rel="noreferrer">${part}</a>` : part;
}

/** As in `lang`; languages that the pages are not written in by their own tag. */
function langOf(language: string): string {
  return isLanguage(language) ? LANGUAGE_TAGS[language] : language;
}

function neighbour(label: string, lab: LabLinkModel, rel: 'prev' | 'next'): Html {
  return html`<a class="neighbour is-${rel}" href="/labs/${lab.id}" rel="${rel}">
    <span class="muted">${label}</span>
    <span>${lab.title}</span>
  </a>`;
}

function neighbourHome({ lab: words }: Messages): Html {
  return html`<a class="neighbour is-next" href="/"
    ><span class="muted">${words.last}</span><span>${words.backToCourse}</span></a
  >`;
}

function workspace({ shell, attempt, topology }: LabPageModel, words: Messages): Html {
  const count = topology.nodes.length;
  if (attempt) {
    return html`<div id="workspace-root" class="workspace-root">
      <p class="workspace-note" data-without-js>${words.lab.needsScripts}</p>
    </div>`;
  }
  return html`<div class="workspace-join">
    <div id="preview-picture" class="preview-picture"></div>
    <h2>${words.lab.canBeYours(count)}</h2>
    <p>${words.lab.joinToStart(count)}</p>
    ${joinForm(words, shell.path)}
  </div>`;
}
