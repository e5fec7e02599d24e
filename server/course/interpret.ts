/** Front matter as plain data, with the variables put in → the author's form, typed; or everything that is wrong with it. */
import type { CheckTree } from '../check/check.ts';
import { checkKinds, findKind } from '../check/registry.ts';
import { checkTreeSchema, leavesOf } from '../check/tree.ts';
import { explainMissing, parseWith, type Fault } from './explain-issue.ts';
import type { Answer } from './lab.ts';
import { draftTask, draftTopology, readWithoutFaults, type TaskDraft, type TopologyDraft } from './draft.ts';
import { didYouMean } from './nearest.ts';
import { taskMapSchema } from './schema/lab-schema.ts';
import { recordSchema } from './schema/record-schema.ts';
import {
  checkTaskSchema,
  isQuestion,
  questionTaskSchema,
  type AuthorCheckTask,
  type AuthorQuestionTask,
  type AuthorStep,
} from './schema/task-schema.ts';
import { topologySchema, type AuthorTopology } from './schema/topology-schema.ts';
import { substitute, type Choices } from './variables.ts';

export type AuthorTask =
  | { readonly type: 'check'; readonly name: string; readonly author: AuthorCheckTask; readonly check: CheckTree }
  | { readonly type: 'question'; readonly name: string; readonly author: AuthorQuestionTask; readonly answer: Answer };

export interface Interpretation {
  /** Null where it has faults. */
  readonly topology: AuthorTopology | null;
  /** What can be read of the topology when parts with faults are left out; null where that is nothing. */
  readonly draft: TopologyDraft | null;
  /** Those without faults, in the order of the file. */
  readonly tasks: readonly AuthorTask[];
  /** What can be read of every task, for inspection. */
  readonly taskDrafts: readonly TaskDraft[];
  /** All names under `tasks`, also of tasks with faults. */
  readonly taskNames: readonly string[];
  /** Null where there is none, or it has faults. */
  readonly record: readonly AuthorStep[] | null;
  readonly faults: readonly Fault[];
}

export const checkSchema = checkTreeSchema(checkKinds);

/** Reads `topology`, `tasks` and `record` of a front matter. Knows no file: faults carry paths. */
export function interpret(front: Readonly<Record<string, unknown>>, choices: Choices): Interpretation {
  const faults: Fault[] = [];
  const rawTopology = substitute(front['topology'], choices);
  const topology = readTopology(rawTopology, faults);
  const raw = substitute(front['tasks'] ?? {}, choices);
  const named = parseWith(taskMapSchema, raw, ['tasks']);
  if ('faults' in named) faults.push(...named.faults);
  const rawTasks: [string, Record<string, unknown>][] =
    'value' in named
      ? Object.entries(named.value)
      : Object.entries(asMap(raw)).filter(
          (entry): entry is [string, Record<string, unknown>] =>
            typeof entry[1] === 'object' && entry[1] !== null && !Array.isArray(entry[1]),
        );
  const tasks: AuthorTask[] = [];
  for (const [name, rawTask] of rawTasks) {
    const task = isQuestion(rawTask) ? readQuestion(name, rawTask, faults) : readCheckTask(name, rawTask, faults);
    if (task) tasks.push(task);
  }
  return {
    topology,
    draft: draftTopology(rawTopology, topology),
    tasks,
    taskDrafts: rawTasks.map(([name, rawTask]) => {
      const whole = tasks.find((task) => task.name === name);
      return draftTask(name, rawTask, whole && { author: whole.author, specs: specsOf(whole) });
    }),
    taskNames: Object.keys(asMap(raw)),
    record: readRecord(substitute(front['record'], choices), faults),
    faults,
  };
}

function specsOf(task: AuthorTask): unknown[] {
  if (task.type === 'check') return leavesOf(task.check).map((leaf) => leaf.spec);
  return task.answer.type === 'computed' ? [task.answer.check.spec] : [];
}

function asMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function readTopology(raw: unknown, faults: Fault[]): AuthorTopology | null {
  if (raw === undefined || raw === null) {
    faults.push(explainMissing(['topology']));
    return null;
  }
  const read = parseWith(topologySchema, raw, ['topology']);
  if ('value' in read) return read.value;
  faults.push(...read.faults);
  return null;
}

function readRecord(raw: unknown, faults: Fault[]): readonly AuthorStep[] | null {
  if (raw === undefined) return null;
  const read = parseWith(recordSchema, raw, ['record']);
  if ('value' in read) return read.value;
  faults.push(...read.faults);
  return null;
}

function readCheckTask(name: string, raw: Record<string, unknown>, faults: Fault[]): AuthorTask | null {
  const path = ['tasks', name];
  const read = parseWith(checkTaskSchema, raw, path);
  const checked =
    raw['check'] === undefined || raw['check'] === null
      ? null
      : parseWith(checkSchema, raw['check'], [...path, 'check']);
  const isWhole = 'value' in read && checked !== null && 'value' in checked;
  if ('faults' in read)
    faults.push(
      ...read.faults.map((fault) =>
        ofOtherForm(
          fault,
          path,
          QUESTION_KEYS,
          'It belongs to a question: a task with `ask` and `answer`, and without `check`.',
        ),
      ),
    );
  if (checked && 'faults' in checked) faults.push(...checked.faults);
  return isWhole ? { type: 'check', name, author: read.value, check: checked.value } : null;
}

const QUESTION_KEYS = ['choices', 'answer', 'why'];
const EXERCISE_KEYS = ['check', 'mode'];

/** Tells of a key that the other form of task has. */
function ofOtherForm(fault: Fault, path: readonly string[], keys: readonly string[], hint: string): Fault {
  const isOther =
    fault.code === 'unknown_key' && fault.path.length === path.length + 1 && keys.includes(String(fault.path.at(-1)));
  return isOther ? { ...fault, hint } : fault;
}

function readQuestion(name: string, raw: Record<string, unknown>, faults: Fault[]): AuthorTask | null {
  const path = ['tasks', name];
  const read = parseWith(questionTaskSchema, raw, path);
  if ('faults' in read)
    faults.push(
      ...read.faults.map((fault) =>
        ofOtherForm(
          fault,
          path,
          EXERCISE_KEYS,
          'It belongs to an exercise: a task with `check` and `solve`, and without `ask`.',
        ),
      ),
    );
  const author = 'value' in read ? read.value : readWithoutFaults(questionTaskSchema, raw);
  if (!author) return null;
  const answer = readAnswer(author, raw, [...path, 'answer']);
  if ('type' in answer && 'faults' in read) return null;
  if ('type' in answer) return { type: 'question', name, author, answer };
  faults.push(...answer);
  return null;
}

function readAnswer(task: AuthorQuestionTask, raw: Record<string, unknown>, path: readonly string[]): Answer | Fault[] {
  const { answer, choices } = task;
  const fault = (message: string, hint?: string): Fault[] => [{ code: 'bad_answer', path, at: 'value', message, hint }];
  if (choices) {
    const duplicate = choices.findIndex((choice, index) => choices.indexOf(choice) !== index);
    if (duplicate !== -1)
      return [
        {
          code: 'duplicate_name',
          path: [...path.slice(0, -1), 'choices', duplicate],
          at: 'value',
          message: `The choice \`${choices[duplicate]}\` is written twice.`,
        },
      ];
    if (typeof answer === 'object' && !Array.isArray(answer))
      return fault('A question with choices is answered by one of them, or a list of them.');
    const right = typeof answer === 'string' ? [answer] : answer;
    if (right.length === 0) return fault('The list is empty. At least one choice must be right.');
    const strange = right.find((one) => !choices.includes(one));
    if (strange !== undefined) return fault(`\`${strange}\` is not one of the choices.`, didYouMean(strange, choices));
    return typeof answer === 'string' ? { type: 'choice', choice: answer } : { type: 'choices', choices: answer };
  }
  if (Array.isArray(answer)) return fault('A list of answers needs `choices`.');
  if (typeof answer === 'string') {
    return typeof raw['answer'] === 'number'
      ? { type: 'number', value: raw['answer'], within: 0 }
      : { type: 'text', text: answer };
  }
  const within = answer.within ?? 0;
  if (answer.matches !== undefined) return { type: 'matches', pattern: answer.matches };
  const key = answer.number === undefined ? 'text' : 'number';
  const written = answer.number ?? answer.text;
  if (typeof written === 'object') return readComputed(key, written, within, [...path, key]);
  if (key === 'text') return { type: 'text', text: String(written) };
  const value = typeof written === 'string' && written.trim() === '' ? Number.NaN : Number(written);
  return Number.isFinite(value)
    ? { type: 'number', value, within }
    : [{ code: 'bad_answer', path: [...path, key], at: 'value', message: `\`${String(written)}\` is not a number.` }];
}

/** An answer that is read from the sandbox when the learner answers: `{ counter: { …, grown: true } }`. */
function readComputed(
  kind: 'number' | 'text',
  written: Record<string, unknown>,
  within: number,
  path: readonly string[],
): Answer | Fault[] {
  const [entry, ...more] = Object.entries(written);
  if (!entry || more.length > 0)
    return [
      {
        code: 'bad_answer',
        path,
        at: 'value',
        message: 'Write one check here, such as { counter: { node: h1, name: Ip.FragCreates, grown: true } }.',
      },
    ];
  const [name, spec] = entry;
  const checkKind = findKind(name);
  if (!checkKind?.ask) {
    const askable = checkKinds.filter((one) => one.ask).map((one) => one.name);
    const message = checkKind
      ? `The check \`${name}\` has no value to ask for.`
      : `\`${name}\` is not a kind of check.`;
    return [
      {
        code: checkKind ? 'bad_answer' : 'unknown_key',
        path: [...path, name],
        at: 'key',
        message,
        hint: didYouMean(name, askable) ?? `Kinds that have one: ${askable.join(', ')}.`,
      },
    ];
  }
  const read = parseWith(checkKind.ask.schema, spec, [...path, name]);
  return 'value' in read ? { type: 'computed', kind, check: { name, spec: read.value }, within } : read.faults;
}
