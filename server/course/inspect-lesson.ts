/** What a lesson promises and the lab does not keep: tasks, nodes, links and pictures that are not there. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Attribute } from './directive-syntax.ts';
import { EMPHASIS_FAULT, strayAsterisks } from './inspect-emphasis.ts';
import { inspectPicture, type LessonFilter } from './inspect-pictures.ts';
import { inspectGarbage, within, type LessonContext } from './lesson-context.ts';
import type { Lesson } from './lesson.ts';
import { didYouMean } from './nearest.ts';
import type { Span } from './source-text.ts';
import { inspectTermLinks } from './inspect-terms.ts';

export function inspectLesson(lesson: Lesson, context: LessonContext): LessonFilter[] {
  inspectTasksShown(lesson, context);
  inspectRunBlocks(lesson, context);
  for (const link of lesson.links) inspectLink(link, context);
  for (const { span, message, hint } of inspectTermLinks(lesson, context.directory))
    context.diagnostics.add('unknown_term', context.place(span), message, hint);
  for (const span of strayAsterisks(lesson))
    context.diagnostics.add('stray_emphasis', context.place(span), EMPHASIS_FAULT.message, EMPHASIS_FAULT.hint);
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
