/** Tasks as the author wrote them → tasks as an attempt uses them, with their texts in the words of the reader. Pure. */
import type { AuthorTask } from './interpret.ts';
import type { Hint, Prose, QuestionTask, ShellStep, Task } from './lab.ts';
import { renderText, type TaskText } from './render.ts';
import type { ResolveAddress } from './sanitise.ts';
import type { AuthorStep } from './schema/task-schema.ts';
import type { AuthorTranslation } from './schema/lab-schema.ts';

type Translation = AuthorTranslation['tasks'][string];

/** The texts of a task; a translation's where it has them. */
function textsOf(task: AuthorTask, translation: Translation | undefined) {
  const { author } = task;
  const hints = author.hints.map((hint, index) => ({
    after: hint.after,
    text: translation?.hints?.[index] ?? hint.text,
  }));
  const ask = task.type === 'question' ? (translation?.ask ?? task.author.ask) : '';
  return {
    title: translation?.title ?? author.title ?? shortened(ask),
    ask,
    hints,
    pass: translation?.pass ?? author.pass ?? '',
    fail: translation?.fail ?? author.fail ?? '',
    why: task.type === 'question' ? (translation?.why ?? task.author.why ?? '') : '',
  };
}

const MAX_TITLE_CHARACTERS = 80;

/** A question without a title is called by its own words, without the marks of markdown. */
function shortened(markdown: string): string {
  const words = markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*_]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length <= MAX_TITLE_CHARACTERS ? words : `${words.slice(0, MAX_TITLE_CHARACTERS - 1).trimEnd()}…`;
}

/** Choices as shown, by their place. */
function choicesOf(
  task: Extract<AuthorTask, { type: 'question' }>,
  translation: Translation | undefined,
): readonly string[] | null {
  const { choices } = task.author;
  return choices?.map((choice, index) => translation?.choices?.[index] ?? choice) ?? null;
}

export function taskText(task: AuthorTask, translation: Translation | undefined): TaskText {
  const { title, ask } = textsOf(task, translation);
  if (task.type === 'check') return { name: task.name, title, question: null };
  return {
    name: task.name,
    title,
    question: { ask, choices: choicesOf(task, translation), isMultiple: task.answer.type === 'choices' },
  };
}

export function resolveTask(task: AuthorTask, translation: Translation | undefined, resolve: ResolveAddress): Task {
  const texts = textsOf(task, translation);
  const prose = (markdown: string): Prose => {
    let html = markdown === '' ? '' : undefined;
    return { html: () => (html ??= renderText(markdown, resolve)) };
  };
  const hints = texts.hints.map((hint): Hint => ({ ...prose(hint.text), afterMs: hint.after }));
  const { points, needs } = task.author;
  const base = {
    name: task.name,
    title: texts.title,
    points,
    needs,
    hints,
    setup: task.author.setup.map(shellStep),
    pass: prose(texts.pass),
    fail: prose(texts.fail),
  };
  if (task.type === 'check') {
    const { mode, solve = [], wrong } = task.author;
    return {
      ...base,
      type: 'check',
      mode,
      check: task.check,
      solve: solve.map(shellStep),
      wrong: wrong.map((steps) => steps.map(shellStep)),
    };
  }
  const choices = choicesOf(task, translation);
  return {
    ...base,
    type: 'question',
    ask: prose(texts.ask),
    choices,
    answer: translatedAnswer(task, choices),
    why: prose(texts.why),
    solve: (task.author.solve ?? []).map(answerStep),
    wrong: task.author.wrong.map((steps) => steps.map(answerStep)),
  };
}

/** The right choices in the words that are shown. */
function translatedAnswer(
  task: Extract<AuthorTask, { type: 'question' }>,
  shown: readonly string[] | null,
): QuestionTask['answer'] {
  const { answer } = task;
  const original = task.author.choices ?? [];
  const translate = (choice: string): string => shown?.[original.indexOf(choice)] ?? choice;
  if (answer.type === 'choice') return { type: 'choice', choice: translate(answer.choice) };
  if (answer.type === 'choices') return { type: 'choices', choices: answer.choices.map(translate) };
  return answer;
}

export function shellStep(step: AuthorStep): ShellStep {
  return { node: step.key, line: step.line };
}

function answerStep(step: AuthorStep): ShellStep | { readonly answer: string } {
  return step.key === 'answer' ? { answer: step.line } : shellStep(step);
}
