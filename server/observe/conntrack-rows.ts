/** Rows of `conntrack -L` as values. Pure. */
import { canonicalAddress } from './ip-address.ts';
import type { ConntrackRow } from './observer.ts';

export function parseConntrack(text: string): ConntrackRow[] {
  return text.split('\n').flatMap((line) => {
    const head = /^(?:ipv[46]\s+\d+\s+)?([a-z0-9-]+)\s+\d+(?:\s+\d+)?(?:\s+([A-Z_0-9]+))?\s+src=/.exec(line);
    if (!head) return [];
    // Keys come twice: first as the packet that began the connection had them, then as a reply has them.
    const first = (key: string): string | null => new RegExp(String.raw`\b${key}=(\S+)`).exec(line)?.[1] ?? null;
    const dport = first('dport');
    return [
      {
        proto: head[1] ?? '',
        states: [
          ...(head[2] === undefined ? [] : [head[2].toLowerCase()]),
          ...[...line.matchAll(/\[([A-Z]+)\]/g)].map((flag) => (flag[1] ?? '').toLowerCase()),
        ],
        src: canonicalAddress(first('src') ?? ''),
        dst: canonicalAddress(first('dst') ?? ''),
        dport: dport === null ? null : Number(dport),
        text: line.trim().replaceAll(/\s+/g, ' '),
      },
    ];
  });
}
