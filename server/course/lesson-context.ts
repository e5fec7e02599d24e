/** What the inspections of a lesson share: the lab around it, and how they tell of a fault. */
import type { Topology } from '../network/topology.ts';
import type { DiagnosticList } from './diagnostic-list.ts';
import type { PlacedDirective } from './lesson.ts';
import type { Span } from './source-text.ts';

export interface LessonContext {
  readonly directory: string;
  readonly taskNames: readonly string[];
  /** Null where it could not be read: then nothing that depends on it is said. */
  readonly topology: Topology | null;
  /** False where some links could not be read: an endpoint that is missing may be at one of them. */
  readonly areLinksKnown: boolean;
  readonly diagnostics: DiagnosticList;
  /** Turns a span of the lesson into one of the file. */
  place(span: Span): Span;
  substitute(text: string): string;
  /** Anchors of the rendered lesson, made only when a link asks for one. */
  anchors(): ReadonlySet<string>;
}

export function inspectGarbage({ head, span }: PlacedDirective, { diagnostics, place }: LessonContext): void {
  for (const part of head.garbage)
    diagnostics.add(
      'bad_directive',
      place(within(span, part)),
      'This is not an attribute.',
      'Write `key=value`, with quotes around values that hold spaces, between `{` and `}`.',
    );
}

/** A part of a span, by its place within. */
export function within(span: Span, part: { offset: number; length: number }): Span {
  return { offset: span.offset + part.offset, length: part.length };
}
