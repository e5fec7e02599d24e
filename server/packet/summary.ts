/** One line about a frame in the manner of tshark's summary, for lists and evidence. */
import type { Decoded } from './decode.ts';

export interface Summary {
  readonly source: string;
  readonly destination: string;
  /** As tshark's Protocol column: `ICMP`, `TCP`, `HTTP`. */
  readonly protocol: string;
  readonly info: string;
}

export function summarize(decoded: Decoded): Summary {
  return { source: '', destination: '', protocol: decoded.layers.at(-1)?.protocol ?? '', info: '' };
}

/** `10.0.0.1 → 10.0.0.2 ICMP Echo (ping) request …`. */
export function summaryLine(summary: Summary): string {
  return `${summary.source} → ${summary.destination} ${summary.protocol} ${summary.info}`;
}
