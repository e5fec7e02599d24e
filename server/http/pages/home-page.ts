/** The front page: what the course is, how to begin, and every lab with how far the learner is. */
import { frameFigure } from './frame-figure.ts';
import { html, type Html } from './html.ts';
import { icon } from './icons.ts';
import { joinForm } from './join-form.ts';
import { layerStack, LEVEL_NAMES } from './layers.ts';
import { layout } from './layout.ts';
import type { HomePageModel, LabState, LabSummaryModel, ModuleModel } from './models.ts';

const STATE_NAMES: Readonly<Record<LabState, string>> = { new: 'Not started', started: 'Started', done: 'Done' };

export function homePage(model: HomePageModel): string {
  const { shell } = model;
  return layout(shell, {
    title: shell.courseTitle,
    description: model.summary,
    entry: 'home',
    bodyClass: 'home-page',
    skipTo: [{ id: 'course', label: 'Skip to the labs' }],
    content: html`<main class="home">
      <section class="hero">
        <div class="hero-text">
          <h1>${shell.courseTitle}</h1>
          <p class="lead">${model.summary}</p>
          ${shell.learner ? welcomeBack(model) : joinForm(shell.path, model.join)}
        </div>
        ${frameFigure()}
      </section>
      <div id="course" tabindex="-1">${model.modules.map((module, index) => moduleSection(model, module, index))}</div>
      ${model.modules.length === 0 && html`<p class="empty">This course has no labs yet.</p>`}
    </main>`,
  });
}

function welcomeBack(model: HomePageModel): Html | null {
  const labs = model.modules.flatMap((module) => module.labs);
  const next = labs.find((lab) => lab.state === 'started') ?? labs.find((lab) => lab.state === 'new');
  const done = labs.filter((lab) => lab.state === 'done').length;
  const name = model.shell.learner?.name;
  if (!next) {
    return html`<div class="welcome">
      <p class="welcome-line">Well done, ${name}: all ${labs.length} labs are finished.</p>
    </div>`;
  }
  const isFresh = next.state === 'new' && done === 0;
  return html`<div class="welcome">
    <p class="welcome-line">
      ${isFresh ? `Welcome, ${name ?? ''}.` : `Welcome back, ${name ?? ''}.`}
      ${!isFresh && html`<span class="muted">${done} of ${labs.length} labs done.</span>`}
    </p>
    <a class="button primary large" href="/labs/${next.id}">
      ${next.state === 'started' ? 'Continue' : isFresh ? 'Begin' : 'Next'}: ${next.title} ${icon('forward')}
    </a>
  </div>`;
}

function moduleSection(model: HomePageModel, module: ModuleModel, index: number): Html {
  const minutes = module.labs.reduce((sum, lab) => sum + lab.minutes, 0);
  return html`<section class="module" aria-labelledby="module-${module.id}">
    <header class="module-head">
      <p class="module-number">Module ${index + 1}</p>
      <h2 id="module-${module.id}">${module.title}</h2>
      <p class="module-summary">${module.summary}</p>
      <p class="muted">${countOf(module.labs.length, 'lab')}, about ${minutes} minutes</p>
    </header>
    <ol class="labs">
      ${module.labs.map((lab) => labRow(lab, model.shell.learner !== null))}
    </ol>
  </section>`;
}

function labRow(lab: LabSummaryModel, hasJoined: boolean): Html {
  const { earned, possible } = lab.points;
  return html`<li class="lab is-${lab.state}">
    <span class="lab-mark">${icon(lab.state)}</span>
    <div class="lab-text">
      <h3><a href="/labs/${lab.id}">${lab.title}</a></h3>
      <p>${lab.summary}</p>
      ${(lab.missing ?? []).map((sentence) => html`<p class="lab-missing">${sentence}</p>`)}
      <p class="lab-meta">
        ${layerStack(lab.layers)}
        <span>${LEVEL_NAMES[lab.level]}</span>
        <span>${lab.minutes} min</span>
        ${
          hasJoined
            ? html`<span class="lab-state"
                >${STATE_NAMES[lab.state]}${lab.state === 'new' ? null : html`, ${earned} of ${possible} points`}</span
              >`
            : html`<span>${countOf(possible, 'point')}</span>`
        }
      </p>
    </div>
  </li>`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
