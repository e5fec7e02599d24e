/** Killercoda and Katacoda: `index.json`, a page of markdown per step, scripts that verify, files put into the machine. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, putFile, readText } from './foreign-files.ts';
import {
  escapeVariables,
  newEnd,
  newNode,
  type ImportedAsset,
  type ImportedLab,
  type ImportedLink,
  type ImportedNode,
  type ImportedTask,
  type Note,
} from './imported-lab.ts';
import { missingPrograms } from './programs.ts';
import { readScenarioIndex, type ScenarioIndex, type ScenarioPage } from './scenario-index.ts';
import { convertText } from './scenario-text.ts';
import type { TextPlace } from './text-place.ts';
import { slugOf } from './names.ts';

const KNOWN_KEYS = new Set(['title', 'description', 'difficulty', 'time', 'details', 'backend']);
const KNOWN_DETAILS = new Set(['intro', 'steps', 'finish', 'assets']);
const KNOWN_PAGE = new Set(['title', 'text', 'verify', 'foreground', 'background', 'code', 'courseData']);
const DEFAULT_MINUTES = 20;

interface Context extends TextPlace {
  readonly index: ScenarioIndex;
  readonly node: ImportedNode;
  readonly lineOf: (key: string) => number | null;
}

/** `file` is the index.json. @throws VethlabError `lab_invalid` */
export async function importScenario(file: string): Promise<ImportedLab> {
  const directory = path.dirname(file);
  const { index, lineOf } = await readScenarioIndex(file);
  const notes: Note[] = [];
  const assets: ImportedAsset[] = [];
  const hostCount = await countHosts(index, directory);
  const nodes = Array.from({ length: hostCount }, (_, at) => newNode(`host0${at + 1}`));
  const links = linkHosts(nodes);
  const node = nodes[0] ?? newNode('host01');
  const context: Context = {
    index,
    file,
    directory,
    node,
    lineOf,
    notes,
    assets,
    nodeOf: (host) => nodes[host - 1]?.name ?? null,
  };
  tellUnknownKeys(context);

  await setUp(index.details.intro, context);
  await putAssets(nodes, context);
  const parts: string[] = [];
  const tasks: ImportedTask[] = [];
  if (index.details.intro) parts.push((await pageText(index.details.intro, context)).markdown);
  parts.push('::topology');
  for (const [at, step] of index.details.steps.entries()) {
    const title = step.title?.trim() || `Step ${at + 1}`;
    const { markdown, commands } = await pageText(step, context);
    parts.push(`## ${escapeVariables(title)}`, markdown);
    tellStepScripts(step, at, context);
    const task = await taskOf(
      step,
      title,
      tasks.map(({ name }) => name),
      commands,
      context,
    );
    if (!task) continue;
    tasks.push(task);
    parts.push(`:::task{name=${task.name}}\nDo what this step says; what it leads to is looked at.\n:::`);
  }
  if (index.details.finish) {
    parts.push('## At the end', (await pageText(index.details.finish, context)).markdown);
    tellStepScripts(index.details.finish, -1, context);
  }
  return {
    title: escapeVariables(index.title.trim() || path.basename(directory)),
    summary: escapeVariables(index.description?.trim() || index.title.trim() || 'A scenario.'),
    minutes: minutesOf(index, context),
    level: levelOf(index.difficulty),
    nodes,
    links,
    tasks,
    lesson: parts.filter((part) => part !== '').join('\n\n'),
    assets,
    notes,
  };
}

/** As many machines as the scenario types into or puts files on. */
async function countHosts(index: ScenarioIndex, directory: string): Promise<number> {
  const { intro, steps, finish, assets } = index.details;
  const pages = [intro, ...steps, finish].flatMap((page) => (page?.text === undefined ? [] : [page.text]));
  const texts = await Promise.all(pages.map((name) => readText(path.join(directory, name))));
  const numbers = [
    ...texts.flatMap((text) => [...(text ?? '').matchAll(/\{\{exec(?:ute)?\b[^}]*\bHOST0?(\d)/gi)]),
    ...Object.keys(assets).flatMap((name) => [...name.matchAll(/^host0?(\d)$/g)]),
  ].map((match) => Number(match[1] ?? 1));
  return Math.min(9, Math.max(1, ...numbers));
}

/** Two machines share a link, more a switch. */
function linkHosts(nodes: ImportedNode[]): ImportedLink[] {
  const ends = nodes.map((node, at) => ({ ...newEnd(node.name, 'eth0'), ipv4: [`172.17.0.${at + 10}/24`] }));
  const [first, second] = ends;
  if (!first || !second) return [];
  if (ends.length === 2) return [{ ends: [first, second], mtu: null }];
  nodes.push(newNode('lan', 'switch'));
  return ends.map((end, at) => ({ ends: [end, newEnd('lan', `port${at + 1}`)], mtu: null }));
}

async function pageText(page: ScenarioPage, context: Context): Promise<ReturnType<typeof convertText>> {
  if (page.text === undefined) return { markdown: '', commands: [] };
  const file = path.join(context.directory, page.text);
  const text = await readText(file);
  if (text !== null) return convertText(text, { ...context, file });
  context.notes.push({
    kind: 'left_out',
    file: context.file,
    line: context.lineOf(page.text),
    what: page.text,
    why: 'The file is not there, or cannot be read.',
  });
  return { markdown: '', commands: [] };
}

/** What ran before the learner began runs once at the start. */
async function setUp(intro: ScenarioPage | undefined, context: Context): Promise<void> {
  for (const key of ['background', 'courseData', 'foreground', 'code'] as const) {
    const name = intro?.[key];
    if (name === undefined) continue;
    const note = (kind: Note['kind'], why: string): void => {
      context.notes.push({ kind, file: path.join(context.directory, name), line: null, what: `intro.${key}`, why });
    };
    const script = await readText(path.join(context.directory, name));
    if (script === null) {
      note('left_out', 'The file is not there, or cannot be read.');
      continue;
    }
    const missing = missingPrograms(script);
    const body = script.replace(/^#!.*\n/, '').trim();
    if (missing.length > 0)
      note('left_out', `The lab image has no ${listed(missing)}, and a line that fails would stop the start.`);
    else if (/^\s*(?:sleep \d|while |until )/m.test(body))
      note('left_out', 'It waits for something; the start of a node must not.');
    else if (body !== '') {
      context.node.exec.push(escapeVariables(body));
      if (key === 'foreground' || key === 'code')
        note('changed', 'It runs at the start of the node, not before the learner’s eyes.');
    }
  }
}

function tellStepScripts(page: ScenarioPage, at: number, context: Context): void {
  for (const key of ['foreground', 'background', 'code', 'courseData'] as const) {
    if (page[key] === undefined) continue;
    const what = `${at === -1 ? 'finish' : `steps.${at}`}.${key}`;
    context.notes.push({
      kind: 'left_out',
      file: context.file,
      line: context.lineOf(page[key]),
      what,
      why: 'Nothing runs by itself when a learner comes to a step; put it into `exec` or a run block.',
    });
  }
}

async function taskOf(
  step: ScenarioPage,
  title: string,
  taken: readonly string[],
  commands: readonly { node: string; line: string }[],
  { directory, file, lineOf, node, notes }: Context,
): Promise<ImportedTask | null> {
  if (step.verify === undefined) return null;
  const script = await readText(path.join(directory, step.verify));
  const what = `verify: ${step.verify}`;
  const leaveOut = (why: string): null => {
    notes.push({ kind: 'left_out', file, line: lineOf(step.verify ?? ''), what, why });
    return null;
  };
  if (script === null) return leaveOut('The file is not there, or cannot be read.');
  const shebang = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(script);
  const interpreter = shebang?.[1]?.endsWith('/env') ? shebang[2] : shebang?.[1];
  if (interpreter !== undefined && !/(?:^|\/)(?:ba|da|a)?sh$/.test(interpreter))
    return leaveOut(`It is written for ${interpreter}; a check runs in bash.`);
  const missing = missingPrograms(script);
  if (missing.length > 0) return leaveOut(`The lab image has no ${listed(missing)}, so this check could never pass.`);
  const body = script.replace(/^#!.*\n?/, '').trim();
  if (body === '') return leaveOut('The script is empty.');
  const base = `step-${slugOf(title).replace(/^step-/, '')}`.slice(0, 36);
  let name = base;
  for (let number = 2; taken.includes(name); number++) name = `${base}-${number}`;
  notes.push({
    kind: 'changed',
    file: path.join(directory, step.verify),
    line: null,
    what: `tasks.${name}`,
    why: 'The script became a `command` check, which may only read; another kind of check often says more to the learner.',
  });
  const isSolved = commands.length > 0;
  notes.push({
    kind: 'to_do',
    file: path.join(directory, step.verify),
    line: null,
    what: `tasks.${name}.solve`,
    why: isSolved
      ? 'It is what the blocks of this step run; prove it with `npm run lab -- test`.'
      : 'The scenario has no solution: write what passes the check.',
  });
  const solve = isSolved ? commands : [{ node: node.name, line: ': # Write here what solves this task.' }];
  return { name, title: escapeVariables(title), node: node.name, script: escapeVariables(body), solve };
}

async function putAssets(
  nodes: readonly ImportedNode[],
  { index, directory, file, lineOf, notes }: Context,
): Promise<void> {
  for (const [host, list] of Object.entries(index.details.assets)) {
    const node = nodes[Number(/^host0?(\d)$/.exec(host)?.[1] ?? 1) - 1];
    for (const { file: name, target } of list) {
      const matching = await matchingFiles(path.join(directory, 'assets'), name);
      if (!node || matching.length === 0)
        notes.push({
          kind: 'left_out',
          file,
          line: lineOf(name),
          what: `assets.${host}: ${name}`,
          why: node ? 'No file in assets/ matches it.' : 'There is no such machine.',
        });
      if (!node) continue;
      const folder = target.replace(/^~(?=\/|$)/, '/root');
      for (const one of matching)
        await putFile(
          node,
          path.join(directory, 'assets', one),
          path.posix.join('/', folder, path.basename(one)),
          notes,
        );
    }
  }
}

async function matchingFiles(directory: string, pattern: string): Promise<string[]> {
  if (!pattern.includes('*')) {
    const file = path.join(directory, pattern);
    const isInside = !path.relative(directory, file).startsWith('..');
    return isInside && existsSync(file) && statSync(file).isFile() ? [pattern] : [];
  }
  return (await filesBelow(directory)).filter((name) => path.matchesGlob(name, pattern));
}

function tellUnknownKeys({ index, file, lineOf, notes }: Context): void {
  const leaveOut = (key: string, what: string, why: string): void => {
    notes.push({ kind: 'left_out', file, line: lineOf(key), what, why });
  };
  for (const key of Object.keys(index))
    if (!KNOWN_KEYS.has(key))
      leaveOut(
        key,
        key,
        key === 'interface' || key === 'environment'
          ? 'It chooses how another page looks.'
          : 'The lab format has nothing like it.',
      );
  for (const key of Object.keys(index.details))
    if (!KNOWN_DETAILS.has(key)) leaveOut(key, `details.${key}`, 'The lab format has nothing like it.');
  const image = index.backend?.imageid;
  if (image !== undefined)
    leaveOut(
      'imageid',
      `backend.imageid: ${image}`,
      'Every node runs the lab image; what this image has besides is not there, and no node reaches the Internet.',
    );
  const pages = [
    ['intro', index.details.intro],
    ['finish', index.details.finish],
    ...index.details.steps.map((step, at) => [`steps.${at}`, step] as const),
  ] as const;
  for (const [where, page] of pages)
    for (const key of Object.keys(page ?? {}))
      if (!KNOWN_PAGE.has(key))
        leaveOut(key, `details.${where}.${key}`, 'The lab format has nothing like it; hints are texts under `hints`.');
}

function minutesOf({ time }: ScenarioIndex, { file, notes }: Context): number {
  const minutes = Number(/\d+/.exec(String(time ?? ''))?.[0] ?? 0) * (/hour/i.test(String(time)) ? 60 : 1);
  if (minutes >= 1 && minutes <= 600) return minutes;
  notes.push({
    kind: 'to_do',
    file,
    line: null,
    what: 'minutes',
    why: `The scenario does not say how long it takes: ${DEFAULT_MINUTES} is a guess.`,
  });
  return DEFAULT_MINUTES;
}

function levelOf(difficulty: string | undefined): ImportedLab['level'] {
  if (/^adv|expert|hard/i.test(difficulty ?? '')) return 'advanced';
  return /^inter|medium/i.test(difficulty ?? '') ? 'intermediate' : 'beginner';
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
