/**
 * Markdown → sanitised HTML that reads well without script. The elements a page can bring to life:
 * - `section.task[data-task]#task-<name>` > `.task-title` (a heading), `div.task-body` (with `form.task-question` in questions),
 * - `figure.run[data-node][data-code]`, `figure.code[data-code]` > `pre > code.hljs`,
 * - `figure.picture[data-picture][data-options]` with its static form.
 */
import { createHash } from 'node:crypto';
import { Marked, type MarkedExtension, type Tokens } from 'marked';
import markedAlert from 'marked-alert';
import markedFootnote from 'marked-footnote';
import { gfmHeadingId } from 'marked-gfm-heading-id';
import type { Topology } from '../network/topology.ts';
import { commandsOf, escapeHtml, highlight, readCodeInfo } from './code-block.ts';
import { directiveExtensions, type LeafToken, type TaskToken } from './directive-syntax.ts';
import { readPicture } from './inspect-pictures.ts';
import { pictureHtml } from './pictures.ts';
import type { OpenedRecording } from './recording.ts';
import { HEADING_PREFIX, sanitise, type ResolveAddress } from './sanitise.ts';
import { isPictureName } from './schema/picture-schema.ts';
import { closeGaps } from './wide-text.ts';
import { LANGUAGE_NAMES, languageOfTag } from '../contract/language.ts';
import { lessonWords, type LessonWords } from './lesson-words.ts';
import type { StalePart } from './translation-marks.ts';

/** What a lesson shows of a task. */
export interface TaskText {
  readonly name: string;
  readonly title: string;
  readonly question: null | {
    readonly ask: string;
    readonly choices: readonly string[] | null;
    /** Several answers can be ticked. */
    readonly isMultiple: boolean;
  };
}

export interface RenderContext {
  readonly topology: Topology;
  readonly tasks: readonly TaskText[];
  readonly resolve: ResolveAddress;
  /** What pictures show without a network. */
  readonly recording?: OpenedRecording | null;
  /** Of a translation: what the original says otherwise by now. */
  readonly behind?: { readonly parts: readonly StalePart[]; readonly original: string } | undefined;
  readonly words: LessonWords;
}

const WITHOUT_GAPS: MarkedExtension = {
  walkTokens: (token) => {
    if (token.type === 'text' && token['tokens'] === undefined) token['text'] = closeGaps(String(token['text']));
  },
};

/** The whole lesson. Variables have been put in. */
export function renderLesson(markdown: string, context: RenderContext): string {
  return renderWith(markdown, context);
}

/** A text of a task (hint, question, why): markdown without directives. */
export function renderText(markdown: string, resolve: ResolveAddress): string {
  return renderWith(markdown, {
    topology: { nodes: [], links: [], faults: [] },
    tasks: [],
    resolve,
    words: lessonWords('en'),
  }).trim();
}

/** Anchors that a link of the lesson can lead to: its headings and the tasks it shows. Nothing else is rendered. */
export function anchorsOf(markdown: string): Set<string> {
  const tasks: string[] = [];
  const marked = new Marked({ gfm: true });
  const extensions = directiveExtensions({
    task: (token, prose) => {
      tasks.push(`task-${nameOf(token) ?? ''}`);
      return prose;
    },
    leaf: () => '',
  });
  marked.use({ extensions }, gfmHeadingId(), WITHOUT_GAPS);
  const html = marked.parse(markdown, { async: false });
  return new Set([...[...html.matchAll(/<h[1-6] id="([^"]+)"/g)].map(([, id = '']) => id), ...tasks]);
}

function renderWith(markdown: string, context: RenderContext): string {
  // Elements of our making wait in slots while the rest is sanitised. Their names depend on the text they are in, so that
  // no text can name one.
  const slots = new Map<string, string>();
  const secret = createHash('sha256').update(markdown).digest('hex').slice(0, 24);
  const keep = (html: string): string => {
    const slot = `${secret}-${slots.size}`;
    slots.set(slot, html);
    return slot;
  };
  const marked = new Marked({ gfm: true });
  marked.use(
    {
      extensions: directiveExtensions({
        task: (token, prose) => {
          const task = context.tasks.find((one) => one.name === nameOf(token));
          if (!task) return prose;
          return `<section data-slot="${keep(taskOpening(task, context))}">${prose}<div data-slot="${keep(questionHtml(task, prose, context))}"></div></section>\n`;
        },
        leaf: (token) => `<figure data-slot="${keep(leafHtml(token, context))}"></figure>\n`,
      }),
    },
    markedAlert(),
    markedFootnote(),
    gfmHeadingId({ prefix: HEADING_PREFIX }),
    WITHOUT_GAPS,
    {
      renderer: {
        code: (token) => `<figure data-slot="${keep(codeHtml(token))}"></figure>\n`,
        html: (token) => withoutSections(token.text),
      },
    },
  );
  const html = fillSlots(sanitise(marked.parse(markdown, { async: false }), context.resolve), slots);
  return levelTaskTitles(markSections(html, context));
}

/** Below the headings of sections whose original has changed; sections of a translation stand in the original's order. */
function markSections(html: string, { behind, words }: RenderContext): string {
  if (!behind?.parts.some(({ section }) => section !== null)) return html;
  let index = 0;
  return html.replace(/<h2 id=.*?<\/h2>/gs, (heading) => {
    const isBehind = behind.parts.some(({ section }) => section === index);
    index++;
    return isBehind ? heading + behindNote(behind.original, words) : heading;
  });
}

/** The link keeps the place of the reader (keep-place.ts). */
function behindNote(original: string, words: LessonWords): string {
  const tag = languageOfTag(original);
  const name = tag === null ? original : LANGUAGE_NAMES[tag];
  return `<p class="behind">${words.behind} <a href="?language=${escapeHtml(original)}" hreflang="${escapeHtml(original)}" data-language="${escapeHtml(original)}">${words.readOriginal(escapeHtml(name))}</a></p>\n`;
}

/** Before the first section, a task is a section of its own: no level of headings is left out. */
function levelTaskTitles(html: string): string {
  const firstSection = html.search(/<h2[ >]/);
  const end = firstSection === -1 ? html.length : firstSection;
  return html.slice(0, end).replace(/<h3 (class="task-title">.*?<\/)h3>/g, '<h2 $1h2>') + html.slice(end);
}

function nameOf(token: TaskToken): string | undefined {
  return token.head.attributes.find(({ name }) => name === 'name')?.value;
}

/** `section` tags of an author would end a task early. */
function withoutSections(html: string): string {
  let before = '';
  let after = html;
  while (after !== before) [before, after] = [after, after.replace(/<\/?section\b[^>]*>?/gi, '')];
  return after;
}

function fillSlots(html: string, slots: ReadonlyMap<string, string>): string {
  return html
    .replace(/<(figure|div) data-slot="([^"]*)"><\/\1>/g, (_, _tag: string, slot: string) => slots.get(slot) ?? '')
    .replace(/<section data-slot="([^"]*)">/g, (_, slot: string) => slots.get(slot) ?? '<section>')
    .replace(/ data-slot="[^"]*"/g, '');
}

function taskOpening(task: TaskText, { behind, words }: RenderContext): string {
  const isBehind = behind?.parts.some((part) => part.task === task.name) === true;
  const note = isBehind ? behindNote(behind.original, words) : '';
  const name = escapeHtml(task.name);
  return `<section class="task" data-task="${name}" id="task-${name}"><h3 class="task-title">${withCode(task.title)}</h3>${note}<div class="task-body">\n`;
}

/** The end of a task's body: for a question what is asked, unless the prose says it, and a form that works as HTML. */
function questionHtml(task: TaskText, prose: string, { resolve, words }: RenderContext): string {
  if (!task.question) return '</div>';
  const { ask, choices, isMultiple } = task.question;
  const asked = renderText(ask, resolve);
  const isSaid = wordsOf(prose).includes(wordsOf(asked));
  const name = escapeHtml(task.name);
  const fields = choices
    ? choices.map((choice) => choiceHtml(choice, isMultiple)).join('\n')
    : `<label class="task-answer"><span>${words.yourAnswer}</span> <input type="text" name="answer" required maxlength="500" autocomplete="off" spellcheck="false"></label>`;
  const group = choices
    ? `<fieldset><legend class="sr-only">${escapeHtml(plainText(asked))}</legend>\n${fields}\n</fieldset>`
    : fields;
  return `${isSaid ? '' : `<div class="task-ask">${asked}</div>\n`}<form class="task-question" data-task="${name}">\n${group}\n<button type="submit">${words.answer}</button>\n</form>\n</div>`;
}

function choiceHtml(choice: string, isMultiple: boolean): string {
  const value = escapeHtml(choice);
  return `<label class="task-choice"><input type="${isMultiple ? 'checkbox' : 'radio'}" name="answer" value="${value}"> <span>${withCode(choice)}</span></label>`;
}

/** A short text in which only `code` is marked up. */
function withCode(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .trim();
}

function wordsOf(html: string): string {
  return plainText(html).replace(/\s+/g, ' ').toLowerCase();
}

function leafHtml(token: LeafToken, context: RenderContext): string {
  const { head } = token;
  if (!isPictureName(head.name)) return '';
  const read = readPicture(head.name, head.attributes, (text) => text);
  return 'picture' in read
    ? pictureHtml(read.picture, { ...context, recording: context.recording ?? null }, head.caption)
    : '';
}

function codeHtml(token: Tokens.Code): string {
  const info = readCodeInfo(token.lang);
  const code = token.text.replace(/\n$/, '');
  const language = info.language === '' ? '' : ` language-${escapeHtml(info.language)}`;
  const node = info.node === null ? '' : ` data-node="${escapeHtml(info.node)}"`;
  return `<figure class="${info.node === null ? 'code' : 'run'}"${node} data-code="${escapeHtml(commandsOf(code))}"><pre><code class="hljs${language}">${highlight(code, info.language)}</code></pre></figure>\n`;
}
