/** Pictures of a lesson: whether there are such, what their attributes say, and whether the lab has what they show. */
import type { Attribute } from './directive-syntax.ts';
import { parseWith } from './explain-issue.ts';
import { counterFault } from './kernel-counters.ts';
import { inspectGarbage, within, type LessonContext } from './lesson-context.ts';
import type { PlacedDirective } from './lesson.ts';
import { didYouMean } from './nearest.ts';
import { isPictureName, pictureSchemas, type PictureOptions } from './schema/picture-schema.ts';
import type { Span } from './source-text.ts';

/** A display or pcap filter in a picture, for the author's tool to compile. */
export interface LessonFilter {
  readonly language: 'display' | 'bpf';
  readonly text: string;
  readonly span: Span;
}

export function inspectPicture(leaf: PlacedDirective, context: LessonContext): LessonFilter[] {
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
