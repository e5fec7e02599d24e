/**
 * Labs as values. course/ turns `labs/**` on disk into Lab values and Diagnostics, and renders lessons.
 * It runs nothing and knows no learner; of check/ it takes the schemas only.
 */
import type { CheckTree } from '../check/check.ts';
import type { Topology } from '../network/topology.ts';
import type { OpenedRecording } from './recording.ts';

export type Level = 'beginner' | 'intermediate' | 'advanced';
export type Layer = 'application' | 'transport' | 'internet' | 'link';
/** `once`: passes the first time it holds, and stays passed. `held`: must hold when the lab is finished. */
export type TaskMode = 'once' | 'held';

/** What a list of courses, modules or labs shows of one. */
export interface Heading {
  readonly title: string;
  readonly summary: string;
}

/** A term of the glossary as a page shows it. */
export interface Term {
  /** The anchor: as GitHub makes it of the heading. */
  readonly slug: string;
  /** As the heading says it, in the language of the original. */
  readonly term: string;
  /** As readers of the language call it. */
  readonly name: string;
  /** HTML of the explanation. */
  readonly html: string;
  /** HTML of what follows it: where to see it, where to read more. */
  readonly more: string;
}

/** The terms that lessons link to. */
export interface Glossary {
  /** In the order of the file; in a language that it was not translated to: the original. */
  terms(language: string): readonly Term[];
}

export interface Course extends Heading {
  /** The first is the one in which labs are written; the others are translations. */
  readonly languages: readonly string[];
  readonly modules: readonly Module[];
  readonly glossary: Glossary;
  /** In a language that it was not translated to: the original. */
  heading(language: string): Heading;
}

export interface Module extends Heading {
  readonly id: string;
  readonly labs: readonly Lab[];
  /** In a language that it was not translated to: the original. */
  heading(language: string): Heading;
}

/** One lab as written; `resolve` makes the values of one attempt out of it. */
export interface Lab extends Heading {
  /** `<module>/<lab>` without the ordering numbers; a lab opened on its own is `<lab>`. */
  readonly id: string;
  readonly directory: string;
  readonly minutes: number;
  readonly level: Level;
  readonly layers: readonly Layer[];
  readonly objectives: readonly string[];
  readonly requires: readonly string[];
  /** What its facts were checked against. */
  readonly sources: readonly string[];
  /** The course is complete without it. */
  readonly isOptional: boolean;
  readonly languages: readonly string[];
  /** In a language that it was not translated to: the original. */
  heading(language: string): Heading;
  /** Task names in the order of the file. */
  readonly taskNames: readonly string[];
  /** The example that pictures show while no network runs; null where there is none that can be read. */
  readonly recording: OpenedRecording | null;
  /** What a recording of this lab has to bear. */
  readonly recordingStamp: string;
  /**
   * Chooses the variables from the seed; the same seed gives the same values. `pickIndex` takes the entry of this number
   * (modulo the list) of every `pick` instead: between them, `pickCount` numbers take every entry.
   */
  resolve(seed: string, language?: string, pickIndex?: number): ResolvedLab;
  /** Entries of the longest `pick`; 1 for a lab without one. */
  readonly pickCount: number;
}

/** A lab with the variables of one attempt put in. */
export interface ResolvedLab {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly objectives: readonly string[];
  readonly language: string;
  /** The original has changed since this was translated from it. */
  readonly isBehind: boolean;
  readonly vars: Readonly<Record<string, string>>;
  readonly topology: Topology;
  /** Whether pictures show how interfaces are set up, or how they were written. */
  readonly picture: 'live' | 'planned';
  readonly tasks: readonly Task[];
  /** What the recorded example plays; null for the solutions. */
  readonly record: readonly ShellStep[] | null;
  /**
   * Rendered for each page, and not kept: long, and another one for each learner. Tasks, run blocks and pictures are elements
   * with data attributes (course/render.ts says which).
   */
  readonly lesson: Prose;
}

/** A text of the author, rendered when somebody reads it: most who have the values of an attempt read little of it. */
export interface Prose {
  /** Sanitised HTML; empty where the author wrote nothing. */
  html(): string;
}

export interface Hint extends Prose {
  /** May be opened when the task has been open this long. */
  readonly afterMs: number;
}

export interface ShellStep {
  readonly node: string;
  readonly line: string;
}

interface TaskBase {
  readonly name: string;
  readonly title: string;
  readonly points: number;
  readonly needs: readonly string[];
  readonly hints: readonly Hint[];
  /** What the platform does when the task opens. */
  readonly setup: readonly ShellStep[];
  readonly pass: Prose;
  readonly fail: Prose;
}

export interface CheckTask extends TaskBase {
  readonly type: 'check';
  readonly mode: TaskMode;
  readonly check: CheckTree;
  readonly solve: readonly ShellStep[];
  readonly wrong: readonly (readonly ShellStep[])[];
}

export type Answer =
  | { readonly type: 'choice'; readonly choice: string }
  | { readonly type: 'choices'; readonly choices: readonly string[] }
  | { readonly type: 'number'; readonly value: number; readonly within: number }
  | {
      readonly type: 'computed';
      readonly kind: 'number' | 'text';
      readonly check: { readonly name: string; readonly spec: unknown };
      readonly within: number;
    }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'matches'; readonly pattern: RegExp };

export interface QuestionTask extends TaskBase {
  readonly type: 'question';
  readonly ask: Prose;
  readonly choices: readonly string[] | null;
  readonly answer: Answer;
  readonly why: Prose;
  /** What the author's tool does before it answers: shell steps, and the answer text with `{}` for the computed one. */
  readonly solve: readonly (ShellStep | { readonly answer: string })[];
  readonly wrong: readonly (readonly (ShellStep | { readonly answer: string })[])[];
}

export type Task = CheckTask | QuestionTask;

/** A fault of a file, as data; printed in one place (course/print-diagnostics.ts). */
export interface Diagnostic {
  /** Permanent name, for example `unknown_key`, `bad_value`, `address_outside_subnet`. */
  readonly code: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Length of the span the caret underlines, at least 1. */
  readonly length: number;
  readonly message: string;
  readonly hint?: string;
}
