/** Links and pictures of a scenario's text: files of the scenario come along as assets, what leads nowhere becomes plain words. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { readLesson, type Lesson } from '../../course/lesson.ts';
import type { TextPlace } from './text-place.ts';

const MAX_REPAIRS = 500;

/** One repair at a time: what is read anew is at its place. */
export function linksRepaired(markdown: string, place: TextPlace): string {
  let repaired = markdown;
  for (let count = 0; count < MAX_REPAIRS; count++) {
    const link = readLesson(repaired).links.find(({ href, isPicture }) => !isRight(href, isPicture, place));
    if (!link) return repaired;
    repaired = repairLink(repaired, link, place);
  }
  // Text that is taken for a link in ever other ways is no link.
  return repaired.replaceAll(/(?<!\\)[[\]]/g, '\\$&');
}

function isRight(href: string, isPicture: boolean, { assets }: TextPlace): boolean {
  const isElsewhere = !isPicture && /^(?:https?:|mailto:)/i.test(href);
  return isElsewhere || assets.some(({ name }) => href === `assets/${name}`);
}

function repairLink(markdown: string, { href, isPicture, span }: Lesson['links'][number], place: TextPlace): string {
  const end = span.offset + span.length;
  const whole = wholeLink(markdown, span.offset, span.length);
  const asset = whole && assetOf(href, place);
  if (asset) return `${markdown.slice(0, span.offset)}${asset}${markdown.slice(end)}`;
  place.notes.push({
    kind: 'left_out',
    file: place.file,
    line: null,
    what: href,
    why: isPicture
      ? 'Pictures come from the folder of the lab; this one is not there.'
      : 'This link leads nowhere from here: its words stay.',
  });
  if (whole) return `${markdown.slice(0, whole.from)}${whole.words}${markdown.slice(whole.to)}`;
  // Links by reference and the like: their text is shown as it is written.
  const line = { from: markdown.lastIndexOf('\n', span.offset - 1) + 1, to: markdown.indexOf('\n', end) };
  const to = line.to === -1 ? markdown.length : line.to;
  const text = markdown.slice(line.from, to).replaceAll(/(?<!\\)[[\]<]/g, '\\$&');
  return `${markdown.slice(0, line.from)}${text}${markdown.slice(to)}`;
}

/** `[words](href "title")` around the place of its href; null for other ways to write a link. */
function wholeLink(text: string, offset: number, length: number): { from: number; to: number; words: string } | null {
  const before = /!?\[((?:[^[\]]|\[[^\]]*\])*)\]\(\s*<?$/.exec(text.slice(0, offset));
  const after = /^>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/.exec(text.slice(offset + length));
  if (!before || !after) return null;
  return { from: offset - before[0].length, to: offset + length + after[0].length, words: before[1] ?? '' };
}

/** The address in `assets/` when the file is one of the scenario; it is written down to be copied. */
function assetOf(href: string, { directory, file, assets }: TextPlace): string | null {
  if (/^[a-z][a-z0-9+.-]*:|^\/\/|^#|\{\{/i.test(href)) return null;
  const target = decode(href.replace(/[?#].*$/, ''));
  const folders = [path.dirname(file), directory, path.join(directory, 'assets')];
  const name = target.replace(/^\/?(?:[\w.-]+\/)*?scenarios\/[\w.-]+\//, '').replace(/^\//, '');
  for (const folder of folders) {
    const found = path.resolve(folder, name);
    const isInside = !path.relative(directory, found).startsWith('..');
    if (!isInside || !existsSync(found) || !statSync(found).isFile() || /\.md$/i.test(found)) continue;
    const assetName = uniqueName(
      path
        .basename(found)
        .replace(/[^\w.-]+/g, '-')
        .replace(/^[.-]+/, '') || 'file',
      found,
      assets,
    );
    return `assets/${assetName}`;
  }
  return null;
}

function uniqueName(name: string, from: string, assets: TextPlace['assets']): string {
  const known = assets.find((asset) => asset.from === from);
  if (known) return known.name;
  let unique = name;
  for (let number = 2; assets.some((asset) => asset.name === unique); number++) unique = `${number}-${name}`;
  assets.push({ from, name: unique });
  return unique;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
