/** A lab: the lesson beside the learner's network. Reads fully without a session and without scripts. */
import type { LabPageData } from '../../contract/api.ts';
import { html, jsonScript, raw, type Html } from './html.ts';
import { icon } from './icons.ts';
import { joinForm } from './join-form.ts';
import { layerStack, LEVEL_NAMES } from './layers.ts';
import { layout } from './layout.ts';
import { outlineOf, tableOfContents } from './lesson-outline.ts';
import type { LabLinkModel, LabPageModel } from './models.ts';

export function labPage(model: LabPageModel): string {
  const { shell, lab } = model;
  return layout(shell, {
    title: `${lab.title} · ${shell.courseTitle}`,
    description: lab.summary,
    entry: 'lab',
    bodyClass: 'lab-page',
    skipTo: [
      { id: 'lesson', label: 'Skip to the lesson' },
      { id: 'workspace', label: 'Skip to your network' },
    ],
    breadcrumb: breadcrumb(model),
    content: html`<main class="lab">
        ${lesson(model)}
        <div
          class="divider"
          role="separator"
          tabindex="0"
          aria-label="Width of the lesson"
          aria-orientation="vertical"
          aria-controls="lesson"
          aria-valuemin="25"
          aria-valuemax="75"
          aria-valuenow="50"
          data-needs-js
        ></div>
        <section class="workspace" id="workspace" aria-label="Your network" tabindex="-1">${workspace(model)}</section>
      </main>
      <nav class="views" aria-label="Parts of this page" data-needs-js>
        <button type="button" data-view="lesson" aria-pressed="true">${icon('book')}<span>Lesson</span></button>
        <button type="button" data-view="workspace" aria-pressed="false">
          ${icon('terminal')}<span>Terminal</span>
        </button>
      </nav>
      ${island(model)}`,
  });
}

/** The start data of the scripts: all of it for a learner, the picture alone for a visitor. */
function island({ attempt, lab, topology, previous, next }: LabPageModel): Html {
  if (attempt === null) return jsonScript('lab-preview', { topology });
  const data: LabPageData = { attempt, lab: { id: lab.id, title: lab.title }, topology, previous, next };
  return jsonScript('lab-data', data);
}

function breadcrumb({ module, lab, previous, next }: LabPageModel): Html {
  return html`<nav class="breadcrumb" aria-label="Place in the course">
    <ol>
      ${module && html`<li class="breadcrumb-module"><a href="/#module-${module.id}">${module.title}</a></li>`}
      <li aria-current="page">${lab.title}</li>
    </ol>
    ${previous && arrow('back', 'Previous lab', previous)} ${next && arrow('forward', 'Next lab', next)}
  </nav>`;
}

function arrow(direction: 'back' | 'forward', label: string, lab: LabLinkModel): Html {
  return html`<a
    class="icon-button"
    href="/labs/${lab.id}"
    rel="${direction === 'back' ? 'prev' : 'next'}"
    title="${label}: ${lab.title}"
    >${icon(direction)}<span class="visually-hidden">${label}: ${lab.title}</span></a
  >`;
}

function lesson({ lab, attempt, previous, next }: LabPageModel): Html {
  const headings = outlineOf(lab.html);
  return html`<article class="lesson" id="lesson" tabindex="-1">
    <div class="rail">${tableOfContents(headings)} ${attempt && html`<div class="rail-tasks" id="rail"></div>`}</div>
    <div class="lesson-text">
      <header class="lesson-head">
        <h1>${lab.title}</h1>
        <p class="lead">${lab.summary}</p>
        <p class="lab-meta">
          ${layerStack(lab.layers)}
          <span>${LEVEL_NAMES[lab.level]}</span>
          <span>${lab.minutes} min</span>
        </p>
        ${(lab.missing ?? []).map((sentence) => html`<p class="lab-missing">${sentence}</p>`)}
        ${
          lab.objectives.length > 0 &&
          html`<div class="objectives">
            <p>You will learn to</p>
            <ul>
              ${lab.objectives.map((objective) => html`<li>${objective}</li>`)}
            </ul>
          </div>`
        }
      </header>
      <div class="prose" id="prose">${raw(lab.html)}</div>
      <div id="finish"></div>
      <nav class="neighbours" aria-label="Other labs">
        ${previous ? neighbour('Previous lab', previous, 'prev') : html`<span></span>`}
        ${next ? neighbour('Next lab', next, 'next') : neighbourHome()}
      </nav>
    </div>
  </article>`;
}

function neighbour(label: string, lab: LabLinkModel, rel: 'prev' | 'next'): Html {
  return html`<a class="neighbour is-${rel}" href="/labs/${lab.id}" rel="${rel}">
    <span class="muted">${label}</span>
    <span>${lab.title}</span>
  </a>`;
}

function neighbourHome(): Html {
  return html`<a class="neighbour is-next" href="/"
    ><span class="muted">Last lab</span><span>Back to the course</span></a
  >`;
}

function workspace({ shell, attempt, topology }: LabPageModel): Html {
  const count = topology.nodes.length;
  if (attempt) {
    return html`<div id="workspace-root" class="workspace-root">
      <p class="workspace-note" data-without-js>The terminals need JavaScript. The lesson reads without it.</p>
    </div>`;
  }
  return html`<div class="workspace-join">
    <div id="preview-picture" class="preview-picture"></div>
    <h2>${count === 1 ? 'This machine' : `These ${count} machines`} can be yours</h2>
    <p>
      Join to start ${count === 1 ? 'it' : 'them'}: a small Linux network of your own, with a terminal on every machine.
    </p>
    ${joinForm(shell.path)}
  </div>`;
}
