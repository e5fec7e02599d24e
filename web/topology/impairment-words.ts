/** Impairments in netem's words and units: as `tc qdisc … netem` takes them, and shorter for the picture. Pure. */
import type { ImpairmentView } from '../../server/contract/api.ts';

/** `delay 20ms 2ms loss 1% rate 10mbit`; empty for a perfect wire. */
export function netemWords(written: ImpairmentView | null): string {
  if (!written) return '';
  const impairment = withoutZeros(written);
  const { delayMs, jitterMs, lossPercent, duplicatePercent, corruptPercent, reorderPercent } = impairment;
  const { rateBitsPerSecond, limit } = impairment;
  return [
    delayMs === undefined ? '' : `delay ${time(delayMs)}${jitterMs === undefined ? '' : ` ${time(jitterMs)}`}`,
    lossPercent === undefined ? '' : `loss ${share(lossPercent)}`,
    duplicatePercent === undefined ? '' : `duplicate ${share(duplicatePercent)}`,
    corruptPercent === undefined ? '' : `corrupt ${share(corruptPercent)}`,
    reorderPercent === undefined ? '' : `reorder ${share(reorderPercent)}`,
    rateBitsPerSecond === undefined ? '' : `rate ${rateWords(rateBitsPerSecond)}`,
    limit === undefined ? '' : `limit ${limit}`,
  ]
    .filter((word) => word !== '')
    .join(' ');
}

/** What a label has room for: `20ms±2 1% 10mbit`. */
export function shortImpairment(written: ImpairmentView | null): string {
  if (!written) return '';
  const impairment = withoutZeros(written);
  const { delayMs, jitterMs, lossPercent, duplicatePercent, corruptPercent, reorderPercent } = impairment;
  const { rateBitsPerSecond } = impairment;
  const others = [duplicatePercent, corruptPercent, reorderPercent].some((value) => value !== undefined);
  return [
    delayMs === undefined ? '' : `${time(delayMs)}${jitterMs === undefined ? '' : `±${number(jitterMs)}`}`,
    lossPercent === undefined ? '' : `loss ${share(lossPercent)}`,
    rateBitsPerSecond === undefined ? '' : rateWords(rateBitsPerSecond),
    others ? '…' : '',
  ]
    .filter((word) => word !== '')
    .join(' ');
}

const UNITS: readonly [name: string, bits: number][] = [
  ['gbit', 1e9],
  ['mbit', 1e6],
  ['kbit', 1e3],
];

/** As tc writes rates: `10mbit`. */
export function rateWords(bitsPerSecond: number): string {
  const [name, bits] = UNITS.find(([, size]) => bitsPerSecond >= size) ?? ['bit', 1];
  return `${number(bitsPerSecond / bits)}${name}`;
}

/** Bits per second of `10mbit`, `2.5gbit`, `64k`; null for what is no rate. */
export function readRate(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(g|m|k)?(?:bit)?(?:\/s|ps)?$/i.exec(text.trim());
  if (!match) return null;
  const factor = { g: 1e9, m: 1e6, k: 1e3 }[(match[2] ?? '').toLowerCase()] ?? 1;
  return Math.round(Number(match[1]) * factor);
}

/** A loss of 0 % is none. */
function withoutZeros(impairment: ImpairmentView): ImpairmentView {
  return Object.fromEntries(Object.entries(impairment).filter(([, value]) => value !== 0));
}

function time(ms: number): string {
  return `${number(ms)}ms`;
}

function share(percent: number): string {
  return `${number(percent)}%`;
}

function number(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
