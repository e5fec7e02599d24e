/** What reading one lab folder brings. Reads nothing. */
import type { Diagnostic, Lab } from './lab.ts';
import type { SourceText } from './source-text.ts';

/** A filter expression of a lab and its place. course/ runs nothing: the author's tool compiles it. */
export interface LabFilter extends Pick<Diagnostic, 'file' | 'line' | 'column' | 'length'> {
  readonly language: 'display' | 'bpf';
  readonly text: string;
}

export interface LoadedLabResult {
  /** Null where the lab cannot be used. Faults of the lesson alone (a dead link, a task not shown) leave it usable. */
  readonly lab: Lab | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly filters: readonly LabFilter[];
  /** Files read, with their text, for whoever prints diagnostics. */
  readonly sources: readonly SourceText[];
}
