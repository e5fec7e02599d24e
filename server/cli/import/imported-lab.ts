/** What an importer makes of foreign files before it becomes a lab: topology, lesson and tasks, and notes of what is lost. */

export type NoteKind = 'left_out' | 'changed' | 'to_do';

/** What of a foreign file was not carried over as it was; printed in one place (print-notes.ts). */
export interface Note {
  readonly kind: NoteKind;
  readonly file: string;
  /** From 1; null where it is about the whole file. */
  readonly line: number | null;
  /** The key or the line it is about. */
  readonly what: string;
  /** A full sentence. */
  readonly why: string;
}

export interface ImportedNode {
  readonly name: string;
  kind: 'host' | 'router' | 'switch';
  readonly routes: string[];
  readonly sysctls: Record<string, string>;
  readonly files: Record<string, string>;
  readonly exec: string[];
}

export interface ImportedEnd {
  readonly node: string;
  readonly interface: string;
  mac: string | null;
  ipv4: string[];
  ipv6: string[];
  /** What frames that this end sends suffer: `delay: 10ms`. */
  impair: Record<string, string> | null;
}

export interface ImportedLink {
  readonly ends: readonly [ImportedEnd, ImportedEnd];
  readonly mtu: number | null;
}

export interface ImportedTask {
  readonly name: string;
  readonly title: string;
  readonly node: string;
  /** A shell script whose exit status is the verdict. */
  readonly script: string;
  readonly solve: readonly { readonly node: string; readonly line: string }[];
}

export interface ImportedAsset {
  /** Where the file is. */
  readonly from: string;
  /** Its name in `assets/`. */
  readonly name: string;
}

export interface ImportedLab {
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly level: 'beginner' | 'intermediate' | 'advanced';
  readonly nodes: ImportedNode[];
  readonly links: ImportedLink[];
  readonly tasks: ImportedTask[];
  /** Markdown; a shell's own `${name}` is escaped already. */
  readonly lesson: string;
  readonly assets: ImportedAsset[];
  readonly notes: Note[];
}

export function newNode(name: string, kind: ImportedNode['kind'] = 'host'): ImportedNode {
  return { name, kind, routes: [], sysctls: {}, files: {}, exec: [] };
}

export function newEnd(node: string, name: string): ImportedEnd {
  return { node, interface: name, mac: null, ipv4: [], ipv6: [], impair: null };
}

/** A shell's `${name}` would be taken for a variable of the lab. */
export function escapeVariables(text: string): string {
  return text.replace(/\$(?=\{[a-z][a-z0-9_]*(?:\.[a-z0-9]+)?\})/g, '$$$$');
}
