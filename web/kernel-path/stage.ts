/**
 * The stages of a packet's way through the kernel, as data: what happens, in which function, and which numbers tell of it.
 * Knows no page and no sandbox. Functions and files are those of Linux 6.x.
 */

export type Direction = 'rx' | 'tx';
export type NodeKind = 'host' | 'router' | 'switch';

/** Where in a computer a stage is; drawn as a band beside the stages. */
export type Place = 'card' | 'driver' | 'link' | 'internet' | 'transport' | 'program';

/** Whose number a file or command shows. */
export type Scope = 'node' | 'machine' | 'socket';

export interface StageNumber {
  /** A counter as authors write it; `*.rx_packets` and `qdisc.*.drops` stand for each interface of the node. */
  readonly counter: string;
  /** `flow`: packets that pass. `loss`: packets that end here. `sign`: nothing is lost here, but it tells of loss elsewhere. `level`: goes up and down. */
  readonly kind: 'flow' | 'loss' | 'sign' | 'level';
  /** For a flow or a level what is counted; for a loss why. */
  readonly words: string;
}

/** Of the whole machine, as observe/machine-counters.ts names them. */
export type MachineCounter = 'interrupts.cards' | 'interrupts.devices' | 'softirqs.NET_RX' | 'softirqs.NET_TX';

export interface StageCommand {
  /** `%dev` stands for the node's first interface. */
  readonly line: string;
  readonly shows: string;
  readonly scope: Scope;
}

export interface Stage {
  readonly id: string;
  readonly place: Place;
  readonly title: string;
  /** One line. */
  readonly what: string;
  /** The function to look for in the kernel's source, and its file. */
  readonly kernel: { readonly name: string; readonly file: string };
  /** File or command that shows the number. */
  readonly where: string;
  /** Says what takes its place where there is no hardware; present on stages that a veth does not have. */
  readonly notHere?: string;
  readonly more: string;
  readonly numbers: readonly StageNumber[];
  /** Shown beside, where the runtime lets the machine be read. */
  readonly machine?: readonly MachineCounter[];
  readonly commands: readonly StageCommand[];
  /** Drawn as a branch off the stage before: the packet goes either here or on. */
  readonly branch?: 'forward' | 'bridge';
}

/** A stage in the words of another language; numbers and commands in the order of the stage. */
export interface StageTexts extends Pick<Stage, 'title' | 'what' | 'more' | 'notHere'> {
  /** Where it is more than a command. */
  readonly where?: string;
  readonly numbers: readonly string[];
  readonly commands: readonly string[];
}

/** By direction and id. */
export type TextsOfPaths = Readonly<Record<Direction, Readonly<Record<string, StageTexts>>>>;
