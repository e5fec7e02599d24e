/**
 * A lab's network as resolved values: strings were parsed at the edge (course/), nothing is left to parse here.
 * network/ turns it into an ordered plan of commands. Pure: starts no process, reads no file, knows no lab or learner.
 */

export type NodeKind = 'host' | 'router' | 'switch';

export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly Link[];
  readonly faults: readonly Fault[];
}

export interface TopologyNode {
  readonly name: string;
  readonly kind: NodeKind;
  /** Arguments of `ip route add`, for example `default via 10.0.1.254`. */
  readonly routes: readonly string[];
  /** Keys start with `net.`. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** Absolute path in the node → content. */
  readonly files: Readonly<Record<string, string>>;
  /** Shell lines, run once in order when the network is up. */
  readonly exec: readonly string[];
  /** Shell lines kept running: started again when they end. */
  readonly services: readonly string[];
  /** Column and row of the author's picture; the network does not care. */
  readonly at?: readonly [number, number] | undefined;
}

export interface Endpoint {
  readonly node: string;
  /** Interface name inside the node, at most 15 bytes (IFNAMSIZ - 1). */
  readonly interface: string;
  readonly mac: string | null;
  /** Addresses in CIDR notation. */
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
}

export interface Link {
  readonly endpoints: readonly [Endpoint, Endpoint];
  /** Bytes; null leaves the kernel's 1500. */
  readonly mtu: number | null;
  /** What frames sent by endpoint 0 and by endpoint 1 suffer; null is a perfect wire. */
  readonly impairments: readonly [Impairment | null, Impairment | null];
  /** False turns segmentation, receive and checksum offloads off, so captures show wire-sized frames. */
  readonly offload: boolean;
  /** Learners may change what frames suffer, and pull the cable, while it runs. */
  readonly adjustable: boolean;
}

/** Names are those of tc-netem(8). */
export interface Impairment {
  readonly delayMs?: number;
  readonly jitterMs?: number;
  readonly lossPercent?: number;
  readonly duplicatePercent?: number;
  readonly corruptPercent?: number;
  readonly reorderPercent?: number;
  readonly rateBitsPerSecond?: number;
  /** Frames. */
  readonly limit?: number;
}

export interface Fault {
  readonly atMs: number;
  /** Undefined lasts until the sandbox ends. */
  readonly forMs?: number;
  readonly node: string;
  readonly interface: string;
  readonly impairment?: Impairment;
  readonly down?: boolean;
}

/** `h1:eth0`, the way people write an endpoint. */
export function endpointName(endpoint: { node: string; interface: string }): string {
  return `${endpoint.node}:${endpoint.interface}`;
}
