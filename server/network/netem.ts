/**
 * The kernel's way to work a wire: netem on both ports, and whatever comes in by one redirected to the other, as lines of
 * `tc -batch`. Pure.
 */
import type { WireState } from './impairment.ts';
import type { Impairment } from './topology.ts';

type Ports = readonly [string, string];

/** As in tc-netem(8). */
const DEFAULT_LIMIT = 1000;
/** Frames that wait are memory of the kernel that no ceiling counts: of all directions together they are bounded to this. */
const WAITING_BYTES = 24 << 20;
const FRAME_BYTES = 2048;

/** What makes a wire of two ports. Netem comes first: where the kernel has none, nothing else has been done. */
export function netemSetUp([a, b]: Ports): string[] {
  return [
    ...[a, b].map((port) => `qdisc add dev ${port} root netem limit ${DEFAULT_LIMIT}`),
    ...[a, b].map((port) => `qdisc add dev ${port} clsact`),
    `filter add dev ${a} ingress matchall action mirred egress redirect dev ${b}`,
    `filter add dev ${b} ingress matchall action mirred egress redirect dev ${a}`,
  ];
}

/** What brings a wire into a state, lines of `ip -batch` included; frames that are on their way go on. `wires` is how many there are. */
export function netemLines([a, b]: Ports, { impairments, isDown }: WireState, wires: number): string[] {
  const most = Math.max(DEFAULT_LIMIT, Math.floor(WAITING_BYTES / FRAME_BYTES / (2 * wires)));
  return [
    ...[a, b].map((port) => `link set dev ${port} ${isDown ? 'down' : 'up'}`),
    // What one endpoint sends suffers where it leaves the wire, at the port of the other.
    `qdisc replace dev ${b} root netem ${netemWords(impairments[0], most)}`,
    `qdisc replace dev ${a} root netem ${netemWords(impairments[1], most)}`,
  ];
}

/** Every word, also those that say nothing: netem keeps what a change leaves out (netem_change, net/sched/sch_netem.c). */
function netemWords(impairment: Impairment | null, mostFrames: number): string {
  const {
    delayMs = 0,
    jitterMs = 0,
    lossPercent = 0,
    duplicatePercent = 0,
    corruptPercent = 0,
    reorderPercent = 0,
    rateBitsPerSecond = 0,
    limit = DEFAULT_LIMIT,
  } = impairment ?? {};
  return [
    `limit ${Math.min(limit, mostFrames)}`,
    `delay ${microseconds(delayMs)} ${microseconds(jitterMs)}`,
    `loss ${lossPercent}%`,
    `duplicate ${duplicatePercent}%`,
    `corrupt ${corruptPercent}%`,
    // Without a delay nothing can be overtaken, and tc refuses it.
    `reorder ${delayMs > 0 ? reorderPercent : 0}%`,
    `rate ${Math.round(rateBitsPerSecond)}bit`,
  ].join(' ');
}

function microseconds(milliseconds: number): string {
  return `${Math.round(milliseconds * 1000)}us`;
}
