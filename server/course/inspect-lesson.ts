/** What a lesson promises and the lab does not keep: tasks, nodes, counters, links and pictures that are not there. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Topology } from '../network/topology.ts';
import type { DiagnosticList } from './diagnostic-list.ts';
import type { Attribute } from './directive-syntax.ts';
import { parseWith } from './explain-issue.ts';
import { counterFault } from './kernel-counters.ts';
import type { Lesson, PlacedDirective } from './lesson.ts';
import { didYouMean } from './nearest.ts';
import { isPictureName, pictureSchemas, type PictureOptions } from './schema/picture-schema.ts';
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

/** A display or pcap filter in a picture, for the author's tool to compile. */
export interface LessonFilter {
  readonly language: 'display' | 'bpf';
  readonly text: string;
  readonly span: Span;
}

export function inspectLesson(lesson: Lesson, context: LessonContext): LessonFilter[] {
  inspectTasksShown(lesson, context);
  inspectRunBlocks(lesson, context);
  for (const link of lesson.links) inspectLink(link, context);
  return lesson.leaves.flatMap((leaf) => inspectPicture(leaf, context));
}

function inspectTasksShown(lesson: Lesson, context: LessonContext): void {
  const { diagnostics, place, taskNames } = context;
  const shown = new Set<string>();
  for (const { head, span, isClosed } of lesson.tasks) {
    const attribute = head.attributes.find(({ name }) => name === 'name');
    const name = attribute?.value;
    inspectAttributes(head.attributes, ['name'], span, context);
    inspectGarbage({ head, span }, context);
    if (!isClosed)
      diagnostics.add(
        'task_not_closed',
        place(span),
        'This task is never closed.',
        'Write a line `:::` after its prose.',
      );
    if (name === undefined || !attribute) {
      diagnostics.add(
        'missing_key',
        place(span),
        'The task to show is missing.',
        'Write its name: `:::task{name=cut_it}`.',
      );
    } else if (!taskNames.includes(name)) {
      diagnostics.add(
        'unknown_task',
        place(within(span, attribute)),
        `There is no task \`${name}\`.`,
        didYouMean(name, taskNames),
      );
    } else if (shown.has(name)) {
      diagnostics.add(
        'task_shown_twice',
        place(within(span, attribute)),
        `The task \`${name}\` is shown a second time.`,
      );
    } else shown.add(name);
  }
}

/** Names of tasks that the lesson never shows. */
export function tasksNotShown(lesson: Lesson, taskNames: readonly string[]): string[] {
  const shown = new Set(
    lesson.tasks.flatMap(({ head }) => head.attributes.filter(({ name }) => name === 'name').map(({ value }) => value)),
  );
  return taskNames.filter((name) => !shown.has(name));
}

function inspectRunBlocks(lesson: Lesson, { diagnostics, place, topology, substitute }: LessonContext): void {
  const nodes = topology?.nodes.map((node) => node.name) ?? [];
  for (const { info, span } of lesson.runBlocks) {
    const node = info.node === null ? null : substitute(info.node);
    if (node === null)
      diagnostics.add(
        'missing_key',
        place(span),
        'A run block needs the node to run in.',
        'Write ```bash run node=h1.',
      );
    else if (topology && !nodes.includes(node))
      diagnostics.add(
        'unknown_node',
        place(span),
        `There is no node \`${node}\`.`,
        didYouMean(node, nodes) ?? `Nodes: ${nodes.join(', ')}.`,
      );
    for (const word of info.unknown)
      diagnostics.add(
        'unknown_key',
        place(span),
        `\`${word}\` means nothing in a run block.`,
        'Write ```bash run node=h1.',
      );
  }
}

function inspectPicture(leaf: PlacedDirective, context: LessonContext): LessonFilter[] {
  const { head, span } = leaf;
  const { diagnostics, place } = context;
  if (!isPictureName(head.name)) {
    const known = Object.keys(pictureSchemas);
    const hint =
      head.name === 'task'
        ? 'A task has three colons, and `:::` after its prose.'
        : (didYouMean(head.name, known) ?? `Pictures: ${known.join(', ')}.`);
    diagnostics.add(
      'unknown_directive',
      place({ offset: span.offset, length: head.name.length + 2 }),
      `There is no picture \`${head.name}\`.`,
      hint,
    );
    return [];
  }
  inspectGarbage(leaf, context);
  const read = readPicture(head.name, head.attributes, context.substitute);
  if ('faults' in read) {
    for (const fault of read.faults) {
      const attribute = head.attributes.find(({ name }) => name === fault.path[0]);
      diagnostics.add(
        fault.code,
        place(attribute ? within(span, attribute) : { offset: span.offset, length: head.name.length + 2 }),
        fault.message,
        fault.hint,
      );
    }
    return [];
  }
  inspectPlaces(read.picture, leaf, context);
  return filtersOf(read.picture, leaf, place);
}

/** Attributes → options of a picture, with the variables put in. */
export function readPicture(
  name: keyof typeof pictureSchemas,
  attributes: readonly Attribute[],
  substitute: (text: string) => string,
):
  | { picture: PictureOptions }
  | { faults: readonly { code: string; path: readonly PropertyKey[]; message: string; hint?: string | undefined }[] } {
  const written = Object.fromEntries(attributes.map((attribute) => [attribute.name, substitute(attribute.value)]));
  const read = parseWith<object>(pictureSchemas[name], written);
  return 'faults' in read ? read : { picture: { name, ...read.value } as PictureOptions };
}

function inspectPlaces(picture: PictureOptions, leaf: PlacedDirective, context: LessonContext): void {
  const { diagnostics, place, topology } = context;
  const spanOf = (name: string): Span => {
    const attribute = leaf.head.attributes.find((one) => one.name === name);
    return place(attribute ? within(leaf.span, attribute) : leaf.span);
  };
  if (picture.name === 'counters') {
    for (const name of picture.names) {
      const fault = counterFault(name);
      if (fault) diagnostics.add('unknown_counter', spanOf('names'), fault.message, fault.hint);
    }
  }
  if (!topology) return;
  const nodes = topology.nodes.map((node) => node.name);
  const endpoints = topology.links.flatMap((link) =>
    link.endpoints.map((endpoint) => `${endpoint.node}:${endpoint.interface}`),
  );
  const node =
    picture.name === 'counters' || picture.name === 'kernel-path'
      ? picture.node
      : picture.name === 'journey'
        ? picture.from
        : null;
  if (node !== null && !nodes.includes(node)) {
    diagnostics.add(
      'unknown_node',
      spanOf(picture.name === 'journey' ? 'from' : 'node'),
      `There is no node \`${node}\`.`,
      didYouMean(node, nodes) ?? `Nodes: ${nodes.join(', ')}.`,
    );
  }
  if (
    context.areLinksKnown &&
    picture.name === 'packets' &&
    !endpoints.includes(picture.at) &&
    !nodes.some((one) => picture.at === `${one}:lo`)
  ) {
    diagnostics.add(
      'unknown_interface',
      spanOf('at'),
      `No link ends at \`${picture.at}\`.`,
      didYouMean(picture.at, endpoints) ?? `Endpoints: ${endpoints.slice(0, 8).join(', ')}.`,
    );
  }
}

function filtersOf(picture: PictureOptions, leaf: PlacedDirective, place: (span: Span) => Span): LessonFilter[] {
  if (picture.name !== 'packets') return [];
  return (
    [
      ['filter', 'display'],
      ['bpf', 'bpf'],
    ] as const
  ).flatMap(([key, language]) => {
    const attribute = leaf.head.attributes.find((one) => one.name === key);
    const text = picture[key];
    return attribute && text !== undefined ? [{ language, text, span: place(within(leaf.span, attribute)) }] : [];
  });
}

function inspectAttributes(
  attributes: readonly Attribute[],
  known: readonly string[],
  span: Span,
  { diagnostics, place }: LessonContext,
): void {
  for (const attribute of attributes) {
    if (known.includes(attribute.name)) continue;
    diagnostics.add(
      'unknown_key',
      place(within(span, attribute)),
      `\`${attribute.name}\` is not a key here.`,
      didYouMean(attribute.name, known) ?? `Known keys: ${known.join(', ')}.`,
    );
  }
}

function inspectGarbage({ head, span }: PlacedDirective, { diagnostics, place }: LessonContext): void {
  for (const part of head.garbage)
    diagnostics.add(
      'bad_directive',
      place(within(span, part)),
      'This is not an attribute.',
      'Write `key=value`, with quotes around values that hold spaces, between `{` and `}`.',
    );
}

function inspectLink(
  link: Lesson['links'][number],
  { directory, diagnostics, place, anchors, substitute }: LessonContext,
): void {
  const href = substitute(link.href);
  const where = place(link.span);
  if (/^(?:https?:|mailto:)/i.test(href) && !link.isPicture) return;
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(href)) {
    const message = link.isPicture
      ? 'Pictures come from the folder of the lab; the page loads nothing from elsewhere.'
      : 'Links lead to https, http and mailto addresses, or to files beside the lesson.';
    diagnostics.add('bad_link', where, message, link.isPicture ? 'Put the file into assets/.' : undefined);
    return;
  }
  if (href.startsWith('#')) {
    if (!anchors().has(href.slice(1)))
      diagnostics.add(
        'dead_link',
        where,
        `No heading of this lesson has the anchor \`${href}\`.`,
        didYouMean(
          href,
          [...anchors()].map((anchor) => `#${anchor}`),
        ),
      );
    return;
  }
  if (href.startsWith('/')) {
    diagnostics.add(
      'bad_link',
      where,
      'This link depends on where the course is served.',
      'Write it relative to this file: assets/picture.svg, ../20-other-lab/index.md.',
    );
    return;
  }
  const target = decode(href.replace(/[?#].*$/, ''));
  if (!existsSync(path.join(directory, target)))
    diagnostics.add('dead_link', where, `There is no file \`${target}\` beside this lesson.`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function within(span: Span, part: { offset: number; length: number }): Span {
  return { offset: span.offset + part.offset, length: part.length };
}
