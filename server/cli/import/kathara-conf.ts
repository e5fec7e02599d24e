/** Reads Kathará's `lab.conf`: `machine[0]="A"`, `machine[image]=…`, `LAB_NAME=…`. Pure. */

export interface KatharaEntry {
  readonly machine: string;
  /** The number of an interface, or the name of an option. */
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

export interface KatharaConf {
  readonly entries: readonly KatharaEntry[];
  /** `LAB_NAME` and its like, by key in lower case without `LAB_`. */
  readonly about: ReadonlyMap<string, string>;
  /** Lines that are none of these. */
  readonly strange: readonly { readonly text: string; readonly line: number }[];
}

export function readKatharaConf(text: string): KatharaConf {
  const entries: KatharaEntry[] = [];
  const about = new Map<string, string>();
  const strange: { text: string; line: number }[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const written = raw.trim();
    if (written === '' || written.startsWith('#')) continue;
    const entry = /^([\w.-]+)\[([\w-]+)\]\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))\s*(?:#.*)?$/.exec(written);
    const fact = /^LAB_(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(.*))$/.exec(written);
    if (entry)
      entries.push({
        machine: entry[1] ?? '',
        key: entry[2] ?? '',
        value: entry[3] ?? entry[4] ?? entry[5] ?? '',
        line,
      });
    else if (fact) about.set((fact[1] ?? '').toLowerCase(), fact[2] ?? fact[3] ?? fact[4] ?? '');
    else strange.push({ text: written, line });
  }
  return { entries, about, strange };
}
