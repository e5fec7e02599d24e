/** A lab read from disk without faults; makes the values of one attempt out of itself. */
import { VethlabError } from '../base/errors.ts';
import { interpret } from './interpret.ts';
import { resolveLabAddress } from './lab-address.ts';
import type { Heading, Lab, ResolvedLab } from './lab.ts';
import { renderLesson } from './render.ts';
import { recordingStamp, type OpenedRecording } from './recording.ts';
import { resolveTask, shellStep, taskText } from './resolve-tasks.ts';
import { resolveTopology } from './resolve-topology.ts';
import type { AuthorHeader, AuthorTranslation } from './schema/lab-schema.ts';
import type { StalePart } from './translation-marks.ts';
import { chooseValues, literalNetworks, namedValues, substituteText, translateChoices } from './variables.ts';
import { lessonWords } from './lesson-words.ts';

export interface LabTranslation {
  readonly texts: AuthorTranslation;
  readonly body: string;
  readonly stale: readonly StalePart[];
}

export interface LabParts {
  readonly id: string;
  readonly directory: string;
  readonly header: AuthorHeader;
  /** The language of `index.md`. */
  readonly language: string;
  readonly body: string;
  readonly translations: ReadonlyMap<string, LabTranslation>;
  readonly taskNames: readonly string[];
  readonly recording: OpenedRecording | null;
}

export class LoadedLab implements Lab {
  readonly #parts: LabParts;
  readonly id: string;
  readonly directory: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly level: Lab['level'];
  readonly layers: Lab['layers'];
  readonly objectives: readonly string[];
  readonly requires: readonly string[];
  readonly sources: readonly string[];
  readonly isOptional: boolean;
  readonly languages: readonly string[];
  readonly taskNames: readonly string[];
  readonly pickCount: number;
  readonly recording: OpenedRecording | null;

  constructor(parts: LabParts) {
    const { id, directory, header, taskNames } = parts;
    this.#parts = parts;
    this.id = id;
    this.directory = directory;
    this.title = header.title;
    this.summary = header.summary;
    this.minutes = header.minutes;
    this.level = header.level;
    this.layers = header.layers;
    this.objectives = header.objectives;
    this.requires = header.requires;
    this.sources = header.sources;
    this.isOptional = header.optional;
    this.languages = [parts.language, ...parts.translations.keys()];
    this.taskNames = taskNames;
    this.pickCount = Math.max(1, ...Object.values(header.vars).map(({ pick }) => pick?.length ?? 1));
    this.recording = parts.recording;
  }

  get recordingStamp(): string {
    return recordingStamp(this.#parts.header);
  }

  heading(language: string): Heading {
    const texts = this.#parts.translations.get(language)?.texts;
    return { title: texts?.title ?? this.title, summary: texts?.summary ?? this.summary };
  }

  /** A language the lab does not have gives the original. Throws `lab_invalid` for a seed whose values do not fit. */
  resolve(seed: string, language = this.#parts.language, pickIndex?: number): ResolvedLab {
    const { header, translations, directory } = this.#parts;
    const { choices, faults } = chooseValues(header.vars, {
      seed,
      ...(pickIndex === undefined ? {} : { pickIndex }),
      taken: literalNetworks([header.topology, header.tasks, header.record]),
    });
    const {
      topology: author,
      tasks,
      record,
      faults: others,
    } = interpret({ topology: header.topology, tasks: header.tasks, record: header.record }, choices);
    const fault = faults[0] ?? others[0];
    if (fault || !author) {
      throw new VethlabError(
        'lab_invalid',
        `The lab ${this.id} cannot be used with the values of this attempt: ${fault?.message ?? 'it has no topology.'}`,
        {
          hint: `Try again, or run \`npm run lab -- lint ${this.directory}\`.`,
        },
      );
    }
    const translation = translations.get(language);
    const topology = resolveTopology(author);
    const resolve = (href: string): string => resolveLabAddress(this.id, directory, href);
    const shown = translation ? translateChoices(choices, translation.texts.vars) : choices;
    const put = (text: string): string => substituteText(text, shown);
    const textsOf = (name: string) => {
      const texts = translation?.texts.tasks[name];
      return texts && substituteTexts(texts, put);
    };
    const taskTexts = tasks.map((task) => taskText(task, textsOf(task.name)));
    return {
      id: this.id,
      ...this.heading(language),
      objectives: translation?.texts.objectives ?? header.objectives,
      language: translation ? language : this.#parts.language,
      isBehind: translation !== undefined && translation.stale.length > 0,
      vars: namedValues(choices),
      topology,
      picture: author.picture,
      tasks: tasks.map((task) => resolveTask(task, textsOf(task.name), resolve)),
      record: record?.map(shellStep) ?? null,
      lesson: {
        html: () =>
          renderLesson(put(translation?.body ?? this.#parts.body), {
            topology,
            tasks: taskTexts,
            resolve,
            recording: this.recording,
            behind: translation && { parts: translation.stale, original: this.#parts.language },
            words: lessonWords(translation ? language : this.#parts.language),
          }),
      },
    };
  }
}

type TaskTexts = AuthorTranslation['tasks'][string];

function substituteTexts(texts: TaskTexts, put: (text: string) => string): TaskTexts {
  const one = (text: string | undefined): string | undefined => (text === undefined ? undefined : put(text));
  return {
    title: one(texts.title),
    ask: one(texts.ask),
    why: one(texts.why),
    pass: one(texts.pass),
    fail: one(texts.fail),
    choices: texts.choices?.map(put),
    hints: texts.hints?.map(put),
  };
}
