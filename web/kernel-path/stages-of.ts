/** Which stages a node has, and which counters tell of them. Pure. */
import { RECEIVE_STAGES } from './receive-stages.ts';
import type { Direction, NodeKind, Stage, StageNumber, StageTexts, TextsOfPaths } from './stage.ts';
import { TRANSMIT_STAGES } from './transmit-stages.ts';
import { words } from './words.ts';

/** The node whose kernel is drawn. */
export interface PathNode {
  readonly name: string;
  readonly kind: NodeKind;
  /** Those with a link, in the order of the lab. */
  readonly interfaces: readonly string[];
}

/** `texts` are those of another language; without them the stages are in English. */
export function stagesOf(kind: NodeKind, direction: Direction, texts: TextsOfPaths | null = null): readonly Stage[] {
  const stages = direction === 'rx' ? RECEIVE_STAGES : TRANSMIT_STAGES;
  const own = stages.filter(({ branch }) => {
    switch (branch) {
      case undefined:
        return true;
      case 'forward':
        return kind === 'router';
      case 'bridge':
        return kind === 'switch';
    }
  });
  return texts === null ? own : own.map((stage) => translated(stage, texts[direction][stage.id]));
}

function translated(stage: Stage, texts: StageTexts | undefined): Stage {
  if (!texts) return stage;
  const { numbers, commands, ...others } = texts;
  return {
    ...stage,
    ...others,
    numbers: stage.numbers.map((number, index) => ({ ...number, words: numbers[index] ?? number.words })),
    commands: stage.commands.map((command, index) => ({ ...command, shows: commands[index] ?? command.shows })),
  };
}

/** A number of the node: the sum of these counters, each by its name. */
export interface NodeNumber extends Omit<StageNumber, 'counter'> {
  readonly counters: readonly string[];
}

/** Numbers of all interfaces are one number, named after the first: the picture is the node's, not an interface's. */
export function numbersOf(stage: Stage, interfaces: readonly string[]): readonly NodeNumber[] {
  return stage.numbers.map(({ counter, kind, words }) => ({
    kind,
    words,
    counters: counter.includes('*') ? interfaces.map((name) => counter.replace('*', name)) : [counter],
  }));
}

/** All counters of a path, each once. */
export function countersOf(stages: readonly Stage[], interfaces: readonly string[]): string[] {
  return [...new Set(stages.flatMap((stage) => numbersOf(stage, interfaces).flatMap((number) => number.counters)))];
}

/** `eth0.rx_packets`; for several interfaces `eth0 + eth1 .rx_packets`, for many `*.rx_packets`. */
export function nameOf({ counters }: NodeNumber): string {
  const [first = ''] = counters;
  if (counters.length <= 1) return first;
  const field = first.slice(first.lastIndexOf('.'));
  const owners = counters.map((name) => name.slice(0, name.lastIndexOf('.')).replace('qdisc.', ''));
  const prefix = first.startsWith('qdisc.') ? 'qdisc ' : '';
  return counters.length <= 3 ? `${prefix}${owners.join(' + ')} ${field}` : `${prefix}${words.all} ${field}`;
}

export function lineFor(line: string, { interfaces }: PathNode): string {
  return line.replaceAll('%dev', interfaces[0] ?? 'lo');
}
