/**
 * Interrupts of the whole machine, beside which a sandbox has none of its own: soft ones of networking, hard ones of its
 * devices and of its network cards. Read from this process's own /proc; where a runtime hides the files there are no numbers.
 */
import { readFile } from 'node:fs/promises';
import type { Counters } from './observer.ts';

/** In place of a node's name, which cannot be this: counters of the machine. */
export const MACHINE = '*';

/** Rows of /proc/interrupts that are queues of network cards, by the names that drivers give them. */
const CARDS =
  /virtio\d+-(?:input|output)\.\d+|\b(?:eth|en[opsx]|wl|ib)\w*\d|\b(?:e1000e?|igb|igc|ixgbe|i40e|ice|mlx[45]|bnxt|bnx2x?|r8169|tg3|ena|gve|hns3|iwlwifi|vmxnet3)\b/;

/** `softirqs.NET_RX`, `softirqs.NET_TX`, `interrupts.devices`, `interrupts.cards`: sums over all CPUs, and each CPU's behind a slash. */
export async function machineCounters(): Promise<Counters> {
  const [softirqs, interrupts] = await Promise.all(
    ['/proc/softirqs', '/proc/interrupts'].map((path) => readFile(path, 'latin1').catch(() => null)),
  );
  return new Map([
    ...(softirqs ? softirqCounters(softirqs) : []),
    ...(interrupts ? interruptCounters(interrupts) : []),
  ]);
}

export function softirqCounters(text: string): Map<string, number> {
  const counters = new Map<string, number>();
  const [head = '', ...rows] = text.split('\n');
  const cpus = head.trim().split(/\s+/).length;
  for (const row of rows) {
    const match = /^\s*(NET_RX|NET_TX):\s*(.*)$/.exec(row);
    if (match) add(counters, `softirqs.${match[1]}`, numbersOf(match[2] ?? '', cpus));
  }
  return counters;
}

/** Rows with a number in front are devices; the others are the CPU's own business. Without a card there is no `interrupts.cards`. */
export function interruptCounters(text: string): Map<string, number> {
  const counters = new Map<string, number>();
  const [head = '', ...rows] = text.split('\n');
  const cpus = head.trim().split(/\s+/).length;
  for (const row of rows) {
    const match = /^\s*\d+:\s*(.*)$/.exec(row);
    if (!match) continue;
    const counts = numbersOf(match[1] ?? '', cpus);
    add(counters, 'interrupts.devices', counts);
    if (CARDS.test(row)) add(counters, 'interrupts.cards', counts);
  }
  return counters;
}

function numbersOf(text: string, cpus: number): number[] {
  return text
    .trim()
    .split(/\s+/, cpus)
    .map(Number)
    .filter((count) => Number.isFinite(count));
}

function add(counters: Map<string, number>, name: string, counts: readonly number[]): void {
  const sum = (key: string, count: number): void => void counters.set(key, (counters.get(key) ?? 0) + count);
  for (const [cpu, count] of counts.entries()) {
    sum(name, count);
    sum(`${name}/${cpu}`, count);
  }
}
