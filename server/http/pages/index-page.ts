/** From a topic to the lab that teaches it, and to the task in it. */
import { html, type Html } from './html.ts';
import { layerStack } from './layers.ts';
import { layout } from './layout.ts';
import type { Messages } from './messages/en.ts';
import { messagesOf } from './messages/messages.ts';
import type { IndexLabModel, IndexPageModel } from './models.ts';
import { searchBox, siteLinks } from './reference-parts.ts';

export function indexPage({ shell, modules }: IndexPageModel): string {
  const words = messagesOf(shell.language);
  const { title, lead, skip } = words.index;
  return layout(shell, {
    title: `${title} · ${shell.courseTitle}`,
    description: lead,
    entry: 'reference',
    bodyClass: 'reference-page',
    skipTo: [{ id: 'labs', label: skip }],
    content: html`<main class="reference">
        <h1>${title}</h1>
        <p class="lead">${lead}</p>
        ${searchBox(words)}
        <div id="labs" tabindex="-1">
          ${modules.map(
            (module) =>
              html`<section class="index-module" data-search-group aria-labelledby="module-${module.id}">
                <h2 id="module-${module.id}">${module.title}</h2>
                ${module.labs.map((lab) => labEntry(lab, words))}
              </section>`,
          )}
        </div>
      </main>
      ${siteLinks(words)}`,
  });
}

function labEntry({ id, title, layers, isOptional, objectives, tasks, terms }: IndexLabModel, words: Messages): Html {
  const { topics, tasks: tasksWord, terms: termsWord } = words.index;
  return html`<article class="index-lab" data-search-item>
    <h3><a href="/labs/${id}">${title}</a></h3>
    <p class="lab-meta">
      ${layerStack(words, layers)}
      ${isOptional && html`<span class="optional" title="${words.optionalTitle}">${words.optional}</span>`}
    </p>
    <dl>
      ${objectives.length > 0 && html`<dt>${topics}</dt>`} ${objectives.map((objective) => html`<dd>${objective}</dd>`)}
      ${tasks.length > 0 && html`<dt>${tasksWord}</dt>`}
      ${tasks.map((task) => html`<dd><a href="/labs/${id}#task-${task.name}">${task.title}</a></dd>`)}
      ${
        terms.length > 0 &&
        html`<dt>${termsWord}</dt>
          <dd>
            ${terms.map(
              ({ slug, name }, index) => html`${index > 0 && words.separator}<a href="/glossary#${slug}">${name}</a>`,
            )}
          </dd>`
      }
    </dl>
  </article>`;
}
