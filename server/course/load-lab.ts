/** Reads one lab folder: a Lab where it can be used, and everything that is wrong with it either way. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { DiagnosticList } from './diagnostic-list.ts';
import { parseWith, type Fault } from './explain-issue.ts';
import { EMPHASIS_FAULT, tasksWithStrayAsterisks } from './inspect-emphasis.ts';
import { inspectLesson, tasksNotShown } from './inspect-lesson.ts';
import { inspectRecord } from './inspect-record.ts';
import { inspectTasks } from './inspect-tasks.ts';
import { inspectTopology } from './inspect-topology.ts';
import { inspectTranslation } from './inspect-translation.ts';
import { inspectVariables, readVariables, type Variables } from './inspect-variables.ts';
import { interpret, type Interpretation } from './interpret.ts';
import type { LabMemory } from './lab-memory.ts';
import { idOfFolder } from './lab-address.ts';
import type { LabFilter, LoadedLabResult } from './lab-result.ts';
import { splitLabSource, type LabSource } from './lab-source.ts';
import { readLesson } from './lesson.ts';
import { LoadedLab, type LabTranslation } from './loaded-lab.ts';
import { anchorsOf } from './render.ts';
import { OpenedRecording, parseRecording, RECORDING_FILE, recordingStamp } from './recording.ts';
import { resolveTopology } from './resolve-topology.ts';
import { headerSchema } from './schema/lab-schema.ts';
import { SourceText, type Span } from './source-text.ts';
import { chooseValues, literalNetworks, substituteText, type Choices } from './variables.ts';

export interface LoadLabOptions {
  /** `<module>/<lab>`; a lab opened on its own goes by its folder. */
  readonly id?: string;
  /** The language of `index.md`. */
  readonly language?: string;
  /** Remembers labs that did not change since. */
  readonly memory?: LabMemory | undefined;
}

export async function loadLab(directory: string, options: LoadLabOptions = {}): Promise<LoadedLabResult> {
  const id = options.id ?? idOfFolder(path.basename(path.resolve(directory)));
  const read = (): Promise<LoadedLabResult> => readFolder(directory, id, options.language ?? 'en');
  return options.memory ? options.memory.recall(directory, `${id} ${options.language}`, read) : read();
}

async function readFolder(directory: string, id: string, language: string): Promise<LoadedLabResult> {
  const file = path.join(directory, 'index.md');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    const message = 'There is no index.md in this folder, or it cannot be read.';
    return {
      lab: null,
      diagnostics: [{ code: 'no_lesson', file, line: 1, column: 1, length: 1, message }],
      filters: [],
      sources: [],
    };
  }
  const translations = new Map<string, SourceText>();
  for (const name of await readdir(directory)) {
    const translated = /^index\.([A-Za-z][A-Za-z0-9-]*)\.md$/.exec(name)?.[1];
    if (translated)
      translations.set(
        translated,
        new SourceText(path.join(directory, name), await readFile(path.join(directory, name), 'utf8')),
      );
  }
  const recording = await readFile(path.join(directory, RECORDING_FILE), 'utf8').catch(() => null);
  const place = { id, directory, language, recording };
  return readLab(new SourceText(file, text), translations, place);
}

interface LabPlace {
  readonly id: string;
  readonly directory: string;
  readonly language: string;
  /** The text of the file with the recorded example, where there is one. */
  readonly recording?: string | null;
}

/** The same for texts that are at hand already. Looks at the disk only for the files that links lead to. */
export function readLab(
  source: SourceText,
  translations: ReadonlyMap<string, SourceText>,
  place: LabPlace,
): LoadedLabResult {
  const diagnostics = new DiagnosticList(source);
  const lab = splitLabSource(source, diagnostics);
  const report = (fault: Fault): void => {
    const span = fault.at === 'key' ? lab.front.keySpan(fault.path) : lab.front.valueSpan(fault.path);
    diagnostics.add(fault.code, span, fault.message, fault.hint);
  };
  const header = parseWith(headerSchema, lab.front.value);
  if (lab.front.isReadable && 'faults' in header)
    header.faults.filter(({ path: at }) => at[0] !== 'vars').forEach(report);
  const front = asMap(lab.front.value);
  const variables = readVariables(front['vars'], report);
  const variants = choicesToTry(variables, front, report);
  if (lab.front.isReadable) inspectVariables(lab, translations, variables, variants[0] ?? new Map(), diagnostics);

  let isUsable = lab.front.isReadable && 'value' in header && variables.faulty.size === 0;
  const filters: LabFilter[] = [];
  const addFilter = (language: LabFilter['language'], expression: string, span: Span): void => {
    const { offset, length } = source.underlinable(span);
    const position = source.positionAt(offset);
    // Other values of the variables give other texts of the same filter; one of them is compiled.
    if (filters.some((other) => other.line === position.line && other.column === position.column)) return;
    filters.push({ language, text: expression, file: source.file, ...position, length });
  };
  let first: Interpretation | undefined;
  if (lab.front.isReadable) {
    for (const choices of variants) {
      const read = interpret(front, choices);
      first ??= read;
      const faultCount = inspectInterpretation(read, choices, lab, diagnostics, report, addFilter);
      if (faultCount > 0) isUsable = false;
    }
  }
  const taskNames = first?.taskNames ?? [];
  const topology = first?.draft ? resolveTopology(first.draft.author) : null;
  const put = (words: string): string => substituteText(words, variants[0] ?? new Map());
  const lesson = readLesson(lab.body);
  const found = inspectLesson(lesson, {
    directory: place.directory,
    taskNames: lab.front.isReadable
      ? taskNames
      : lesson.tasks.flatMap(({ head }) => head.attributes.map(({ value }) => value)),
    topology,
    areLinksKnown: first?.draft?.areLinksKnown ?? false,
    diagnostics,
    place: (span) => ({ offset: span.offset + lab.bodyOffset, length: span.length }),
    substitute: put,
    anchors: () => anchorsOf(put(lab.body)),
  });
  for (const filter of found) addFilter(filter.language, filter.text, filter.span);
  for (const name of tasksNotShown(lesson, taskNames)) {
    diagnostics.add(
      'task_not_shown',
      lab.front.keySpan(['tasks', name]),
      `The lesson never shows the task \`${name}\`.`,
      `Write \`:::task{name=${name}}\`, its prose, and \`:::\`.`,
    );
  }

  for (const at of tasksWithStrayAsterisks(asMap(front['tasks'])))
    diagnostics.add('stray_emphasis', lab.front.valueSpan(at), EMPHASIS_FAULT.message, EMPHASIS_FAULT.hint);
  const recording = readRecording(place.recording ?? null, front, diagnostics);
  const texts = new Map<string, LabTranslation>();
  const all = diagnostics.toArray();
  for (const [language, translation] of translations) {
    const read = inspectTranslation(translation, lab, first?.tasks ?? [], taskNames, variables.usable);
    all.push(...read.diagnostics);
    if (read.texts) texts.set(language, { texts: read.texts, body: read.body, stale: read.stale });
  }
  return {
    lab:
      isUsable && 'value' in header
        ? new LoadedLab({ ...place, header: header.value, body: lab.body, translations: texts, taskNames, recording })
        : null,
    diagnostics: all,
    filters,
    sources: [source, ...translations.values()],
  };
}

/** A recording of another version of the lab is told of and shown all the same: it helps more than an empty picture. */
function readRecording(
  text: string | null,
  front: Readonly<Record<string, unknown>>,
  diagnostics: DiagnosticList,
): OpenedRecording | null {
  if (text === null) return null;
  const recording = parseRecording(text);
  const hint = 'Make it again: `npm run lab -- record` and the folder of the lab.';
  const tell = (code: string, message: string): void => diagnostics.add(code, { offset: 0, length: 3 }, message, hint);
  if (!recording) {
    tell('bad_recording', `\`${RECORDING_FILE}\` is no recording that can be read.`);
    return null;
  }
  if (recording.stamp !== recordingStamp(front)) {
    tell(
      'recording_stale',
      `\`${RECORDING_FILE}\` is older than the network, the variables or the lines that are played for it: \`record\`, or each \`solve\`.`,
    );
  }
  return new OpenedRecording(recording);
}

function inspectInterpretation(
  read: Interpretation,
  choices: Choices,
  lab: LabSource,
  diagnostics: DiagnosticList,
  report: (fault: Fault) => void,
  addFilter: (language: LabFilter['language'], text: string, span: Span) => void,
): number {
  const put = (text: string): string => substituteText(text, choices);
  read.faults.forEach(report);
  const topology = read.draft ? resolveTopology(read.draft.author) : null;
  const isLikely = ({ code }: { code: string }): boolean =>
    read.draft?.areLinksKnown !== false || !GUESSED_WITHOUT_LINKS.includes(code);
  const networkFaults = (topology && read.draft ? inspectTopology(topology, read.draft) : []).filter(isLikely);
  for (const fault of networkFaults) {
    const span =
      fault.text === undefined ? lab.front.valueSpan(fault.path) : lab.front.findText(fault.path, [fault.text], put);
    diagnostics.add(fault.code, span, fault.message, fault.hint);
  }
  const { faults, filters } = inspectTasks(read.taskDrafts, read.taskNames, topology);
  for (const fault of faults.filter(isLikely)) {
    if (fault.texts)
      diagnostics.add(fault.code, lab.front.findText(fault.path, fault.texts, put), fault.message, fault.hint);
    else report(fault);
  }
  const recordFaults = inspectRecord(read.record ?? [], topology);
  recordFaults.forEach(report);
  for (const filter of filters) addFilter(filter.language, filter.text, lab.front.valueSpan(filter.path));
  const count = read.faults.length + networkFaults.length + recordFaults.length;
  return count + faults.filter(({ code }) => code !== 'no_solve').length;
}

/** What is only the consequence of a link that could not be read. */
const GUESSED_WITHOUT_LINKS = ['unreachable_gateway', 'unknown_interface'];

const MAX_VARIANTS = 12;

/** Choices that between them take every entry of every `pick`, so that no value goes unread. */
function choicesToTry(variables: Variables, front: Record<string, unknown>, report: (fault: Fault) => void): Choices[] {
  const picks = Math.max(1, ...Object.values(variables.usable).map(({ pick }) => pick?.length ?? 2));
  const taken = literalNetworks([front['topology'], front['tasks'], front['record']]);
  return Array.from({ length: Math.min(picks, MAX_VARIANTS) }, (_, pickIndex) => {
    const { choices, faults } = chooseValues(variables.usable, { seed: `lint ${pickIndex}`, pickIndex, taken });
    for (const { name, key, message } of faults) {
      report({ code: 'bad_variable', path: ['vars', name, key], at: 'value', message });
      variables.faulty.add(name);
    }
    return choices;
  });
}

function asMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
