/**
 * What can be read of a sandbox from outside: counters, interfaces, routes, sockets, captures, probes.
 * observe/ knows no task and no learner; nothing that runs inside a node takes part in an answer.
 */

/**
 * Counters of one node by name: `Ip.FragCreates`, `TcpExt.ListenOverflows`, `Icmp6.InMsgs` (from snmp6), `eth0.rx_packets`,
 * `conntrack.count`, `qdisc.eth0.drops`. Values are totals since the namespace began.
 */
export type Counters = ReadonlyMap<string, number>;

export interface InterfaceState {
  readonly name: string;
  readonly isUp: boolean;
  /** RFC 2863 operational state in lower case: up, down, lowerlayerdown, unknown, … */
  readonly state: string;
  readonly mtu: number;
  readonly mac: string;
  readonly isPromiscuous: boolean;
  readonly master: string | null;
  readonly addresses: readonly string[];
}

export interface RouteAnswer {
  /** False when the kernel has no route (unreachable, prohibit and blackhole too). */
  readonly exists: boolean;
  readonly via: string | null;
  readonly dev: string | null;
  readonly src: string | null;
  readonly mtu: number | null;
  /** What `ip route get` or `ip route show` said, for evidence. */
  readonly text: string;
}

export interface NeighborEntry {
  readonly ip: string;
  readonly mac: string | null;
  readonly state: string;
  readonly dev: string;
}

export interface SocketRow {
  readonly proto: string;
  readonly state: string;
  readonly local: string;
  readonly remote: string;
  readonly process: string | null;
  readonly recvQ: number;
  readonly sendQ: number;
  /** For LISTEN rows: the accept queue's limit; null otherwise. */
  readonly backlog: number | null;
  readonly rcvbuf: number | null;
  readonly sndbuf: number | null;
  /** The row as ss printed it. */
  readonly text: string;
}

export type PingOutcome = 'reply' | 'none' | 'frag_needed' | 'unreachable';

export interface PingAnswer {
  readonly outcome: PingOutcome;
  readonly sent: number;
  readonly received: number;
  /** The average round trip of those answered; null when none was. */
  readonly rttMs: number | null;
  readonly text: string;
}

export interface QdiscState {
  readonly kind: string;
  readonly dev: string;
  /** Null where the qdisc has no such setting. */
  readonly delayMs: number | null;
  readonly lossPercent: number | null;
  readonly rateBitsPerSecond: number | null;
  /** Packets, or bytes for tbf and bfifo. */
  readonly limit: number | null;
  /** drops, backlog, qlen, overlimits, requeues, packets, bytes. */
  readonly counters: Readonly<Record<string, number>>;
}

export interface ConntrackRow {
  readonly proto: string;
  /** In lower case: the protocol's state (`established`) and the flags (`assured`, `unreplied`). */
  readonly states: readonly string[];
  readonly src: string | null;
  readonly dst: string | null;
  readonly dport: number | null;
  /** The row as conntrack printed it. */
  readonly text: string;
}

/** `open`: a connection was accepted (udp: nothing refused it); `closed`: refused; `filtered`: silence or another error. */
export type PortAnswer = 'open' | 'closed' | 'filtered';

export interface CaptureQuery {
  readonly node: string;
  readonly interface: string;
  /** Wireshark display filter; answered by our decoder where it knows every field, by tshark otherwise. */
  readonly filter?: string;
  /** pcap filter expression. With both, the display filter sees only the frames that this lets through. */
  readonly bpf?: string;
  /** Frames captured before this moment do not count. Milliseconds since the epoch. */
  readonly sinceMs: number;
}

export interface CapturedFrame {
  /** 1 is the first frame captured at this endpoint. */
  readonly number: number;
  readonly timeMs: number;
  readonly length: number;
  /** One line in the manner of tshark's summary. */
  readonly summary: string;
}

export interface CaptureAnswer {
  readonly count: number;
  /** The first few that match, as evidence. */
  readonly frames: readonly CapturedFrame[];
  /** Frames looked at. */
  readonly total: number;
  /** True when older frames were dropped from the bounded capture since `sinceMs`. */
  readonly isIncomplete: boolean;
}

/** Everything a check may ask. One observer belongs to one sandbox. Every call ends within its own deadline. */
export interface Observer extends Disposable {
  /**
   * All that the plain files of /proc have. Counters that cost a process (`conntrack.…`, `qdisc.…`, rare fields of
   * interfaces) are in the answer when `names` asks for them.
   */
  counters(node: string, names?: readonly string[]): Promise<Counters>;
  /**
   * Counters of many nodes in one go, from plain files alone: all that they have, or those of interfaces. Starts no process;
   * nodes that cannot be read are left out.
   */
  totals(nodes: readonly string[], which: 'all' | 'interfaces'): Promise<ReadonlyMap<string, Counters>>;
  interfaces(node: string): Promise<readonly InterfaceState[]>;
  /** `to` is an address to look up, or `default`. */
  route(node: string, to: string): Promise<RouteAnswer>;
  neighbors(node: string): Promise<readonly NeighborEntry[]>;
  sysctl(node: string, key: string): Promise<string | null>;
  sockets(node: string): Promise<readonly SocketRow[]>;
  qdiscs(node: string, interfaceName: string): Promise<readonly QdiscState[]>;
  conntrack(node: string): Promise<readonly ConntrackRow[]>;
  /** How the network of the node is set up, a line a setting, sorted: what somebody did, without what changes by itself. */
  configuration(node: string): Promise<readonly string[]>;
  /** Tries a port from a node; what it adds to counters and captures is taken out. `to` as in `ping`. */
  connect(from: string, to: string, port: number, proto: 'tcp' | 'udp'): Promise<{ answer: PortAnswer; text: string }>;
  /**
   * Sends echo requests marked as the platform's; what they add to counters and captures is taken out of both.
   * `to` is an address or the name of a node, which stands for its first address.
   * Kernel state keeps traces all the same: neighbours that became reachable, a path MTU learned by `df`, rules' own counters.
   */
  ping(from: string, to: string, options: { size?: number; df?: boolean; count?: number }): Promise<PingAnswer>;
  capture(query: CaptureQuery): Promise<CaptureAnswer>;
  /** Tells the frames of the platform's own probes, those to come too. `timeMs` is since the epoch. */
  probeFrames(): Promise<(frame: Uint8Array, timeMs: number) => boolean>;
  /** Runs in the `judge` context of the node. */
  command(node: string, line: string): Promise<{ exitCode: number; stdout: string; stderr: string }>;
}
