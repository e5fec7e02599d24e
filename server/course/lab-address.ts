/** Where a lab and its files are on the page, from where they are on disk. Pure. */
import path from 'node:path';
import { GLOSSARY_ADDRESS, GLOSSARY_FILE } from './glossary.ts';

/** A folder name without its ordering number: `10-orientation` is `orientation`. */
export function idOfFolder(folder: string): string {
  return folder.replace(/^\d+-/, '');
}

/** The number that orders a folder; after all numbered ones where there is none. */
export function orderOfFolder(folder: string): number {
  const number = /^(\d+)-/.exec(folder)?.[1];
  return number === undefined ? Number.POSITIVE_INFINITY : Number(number);
}

/**
 * The address of a relative link of a lesson: files of the lab under `/labs/<id>/…`, other labs under `/labs/<their id>`.
 * Purely by names, so that links to labs that come later already lead there.
 */
export function resolveLabAddress(labId: string, directory: string, href: string): string {
  const [, target = '', rest = ''] = /^([^?#]*)(.*)$/.exec(href) ?? [];
  const file = path.resolve(directory, decode(target));
  const inside = path.relative(directory, file);
  if (!inside.startsWith('..')) {
    if (inside === '' || inside === 'index.md') return `/labs/${labId}${withPrefix(rest)}`;
    return `/labs/${labId}/${encode(inside)}${rest}`;
  }
  if (GLOSSARY_FILE.test(path.basename(file))) return `${GLOSSARY_ADDRESS}${rest}`;
  const isInModule = labId.includes('/');
  const folder = path.basename(file) === 'index.md' ? path.dirname(file) : file;
  const lab = idOfFolder(path.basename(folder));
  const module = idOfFolder(path.basename(path.dirname(folder)));
  return `/labs/${encode(isInModule ? `${module}/${lab}` : lab)}${withPrefix(rest)}`;
}

/** Anchors of headings carry a prefix on the page (sanitise.ts). */
function withPrefix(rest: string): string {
  return rest.replace(/#(?!task-|footnote-)(.+)$/, '#h-$1');
}

function encode(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
