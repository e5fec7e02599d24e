/** The front page: what the course is, how to begin, and every lab with how far the learner is. */
import { frameFigure } from './frame-figure.ts';
import { html, withCode, type Html } from './html.ts';
import { icon } from './icons.ts';
import { joinForm } from './join-form.ts';
import { layerStack } from './layers.ts';
import { layout } from './layout.ts';
import type { HomePageModel, LabSummaryModel, ModuleModel } from './models.ts';
import type { Messages } from './messages/en.ts';
import { messagesOf } from './messages/messages.ts';
import { siteLinks } from './reference-parts.ts';

export function homePage(model: HomePageModel): string {
  const { shell } = model;
  const words = messagesOf(shell.language);
  return layout(shell, {
    title: shell.courseTitle,
    description: model.summary,
    entry: 'home',
    bodyClass: 'home-page',
    skipTo: [{ id: 'course', label: words.home.skip }],
    content: html`<main class="home">
        <section class="hero">
          <div class="hero-text">
            <h1>${shell.courseTitle}</h1>
            <p class="lead">${model.summary}</p>
            ${shell.learner ? welcomeBack(model, words) : joinForm(words, shell.path, model.join)}
          </div>
          ${frameFigure(words)}
        </section>
        <div id="course" tabindex="-1">
          ${model.modules.map((module, index) => moduleSection(model, words, module, index))}
        </div>
        ${model.modules.length === 0 && html`<p class="empty">${words.home.noLabs}</p>`}
      </main>
      ${siteLinks(words)}`,
  });
}

function welcomeBack(model: HomePageModel, { home: words, certificate }: Messages): Html | null {
  const labs = model.modules.flatMap((module) => module.labs);
  const next = labs.find((lab) => lab.state === 'started') ?? labs.find((lab) => lab.state === 'new');
  const done = labs.filter((lab) => lab.state === 'done').length;
  const name = model.shell.learner?.name ?? '';
  const toCertificate =
    model.hasCertificate &&
    html`<a class="button large${next ? '' : ' primary'}" href="/certificate">${certificate.open}</a>`;
  if (!next) {
    return html`<div class="welcome">
      <p class="welcome-line">${words.allDone(name, labs.length)}</p>
      ${toCertificate}
    </div>`;
  }
  const isFresh = next.state === 'new' && done === 0;
  return html`<div class="welcome">
    <p class="welcome-line">
      ${isFresh ? words.welcome(name) : words.welcomeBack(name)}
      ${!isFresh && html`<span class="muted">${words.labsDone(done, labs.length)}</span>`}
    </p>
    <a class="button primary large" href="/labs/${next.id}">
      ${next.state === 'started' ? words.continue(next.title) : isFresh ? words.begin(next.title) : words.next(next.title)}
      ${icon('forward')}
    </a>
    ${toCertificate}
  </div>`;
}

function moduleSection(model: HomePageModel, words: Messages, module: ModuleModel, index: number): Html {
  const minutes = module.labs.reduce((sum, lab) => sum + lab.minutes, 0);
  return html`<section class="module" aria-labelledby="module-${module.id}">
    <header class="module-head">
      <p class="module-number">${words.home.module(index + 1)}</p>
      <h2 id="module-${module.id}">${module.title}</h2>
      <p class="module-summary">${module.summary}</p>
      <p class="muted">${words.home.extent(module.labs.length, minutes)}</p>
    </header>
    <ol class="labs">
      ${module.labs.map((lab) => labRow(words, lab, model.shell.learner !== null))}
    </ol>
  </section>`;
}

function labRow(words: Messages, lab: LabSummaryModel, hasJoined: boolean): Html {
  const { earned, possible } = lab.points;
  return html`<li class="lab is-${lab.state}">
    <span class="lab-mark">${icon(lab.state)}</span>
    <div class="lab-text">
      <h3><a href="/labs/${lab.id}">${lab.title}</a></h3>
      <p>${lab.summary}</p>
      ${(lab.missing ?? []).map((sentence) => html`<p class="lab-missing">${withCode(sentence)}</p>`)}
      <p class="lab-meta">
        ${layerStack(words, lab.layers)}
        <span>${words.levels[lab.level]}</span>
        <span>${words.minutes(lab.minutes)}</span>
        ${lab.isOptional && html`<span class="optional" title="${words.optionalTitle}">${words.optional}</span>`}
        ${
          hasJoined
            ? html`<span class="lab-state"
                >${words.home.states[lab.state]}${lab.state === 'new' ? null : words.separator + words.pointsOf(earned, possible)}</span
              >`
            : html`<span>${words.points(possible)}</span>`
        }
      </p>
    </div>
  </li>`;
}
