/** Files beside a foreign lab that go into nodes: small texts do, the rest is told. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { escapeVariables, type ImportedNode, type Note } from './imported-lab.ts';

const MAX_FILE_BYTES = 64 * 1024;
const MAX_NODE_BYTES = 512 * 1024;

/** Puts the text of `from` at `to` in the node. What cannot be carried over becomes a note about `from`. */
export async function putFile(node: ImportedNode, from: string, to: string, notes: Note[]): Promise<void> {
  const leaveOut = (why: string): void => {
    notes.push({ kind: 'left_out', file: from, line: null, what: `${node.name}:${to}`, why });
  };
  const target = path.posix.normalize(to);
  if (!target.startsWith('/') || target.endsWith('/')) return leaveOut('This is not the absolute path of a file.');
  if (/^\/(?:proc|sys|dev)\//.test(target)) return leaveOut('Nothing can be written there before the node runs.');
  let bytes: Buffer;
  try {
    bytes = await readFile(from);
  } catch {
    return leaveOut('The file is not there, or cannot be read.');
  }
  if (bytes.length > MAX_FILE_BYTES)
    return leaveOut(`It has ${bytes.length} bytes; the front matter takes texts up to ${MAX_FILE_BYTES}.`);
  if (bytes.includes(0) || !Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes))
    return leaveOut('It is not a text; the front matter takes texts only.');
  const total = Object.values(node.files).reduce((sum, text) => sum + text.length, 0);
  if (total + bytes.length > MAX_NODE_BYTES)
    return leaveOut(`The files of ${node.name} have more than ${MAX_NODE_BYTES} bytes already.`);
  node.files[target] = escapeVariables(bytes.toString('utf8').replaceAll('\r\n', '\n'));
}

/** All files below a folder, as paths relative to it; links are not followed. */
export async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

export async function readText(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
  } catch {
    return null;
  }
}
