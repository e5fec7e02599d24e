/** Frames of the channel that carries living pictures. Knows no logic. */
import { z } from 'zod';

/** As in the topology: `h1:eth0`. */
const EndpointName = z.string().max(60);
const NodeName = z.string().max(40);

/**
 * `/ws/attempts/:attempt/watch`, browser → server, JSON text frames: all that is on the screen. Each replaces the one before;
 * while nothing is, nothing is read. Names that the lab does not have are left out of the answers.
 */
export const WatchRequest = z.object({
  type: z.literal('look'),
  endpoints: z.array(EndpointName).max(256),
  /** Node → names of counters, as authors write them. The node `*` is the whole machine: `softirqs.NET_RX`, `interrupts.cards`. */
  counters: z.record(NodeName, z.array(z.string().max(80)).max(400)),
});
export type WatchRequest = z.infer<typeof WatchRequest>;

/** Totals since the interface was made, as its node counts them; what the platform's probes added is taken out. */
export const InterfaceTraffic = z.object({
  rxPackets: z.number(),
  rxBytes: z.number(),
  rxDropped: z.number(),
  rxErrors: z.number(),
  txPackets: z.number(),
  txBytes: z.number(),
  txDropped: z.number(),
  txErrors: z.number(),
});
export type InterfaceTraffic = z.infer<typeof InterfaceTraffic>;

/** `no carrier`: up, but the other end is not. `missing`: the node has no interface of this name. */
export const InterfaceCondition = z.enum(['up', 'down', 'no carrier', 'missing']);
export type InterfaceCondition = z.infer<typeof InterfaceCondition>;

export const InterfaceView = z.object({
  state: InterfaceCondition,
  /** Bytes; null for an interface that is missing. */
  mtu: z.number().nullable(),
  mac: z.string().nullable(),
  /** In CIDR notation, in the kernel's order; link-local ones too. */
  addresses: z.array(z.string()),
});
export type InterfaceView = z.infer<typeof InterfaceView>;

/** Server → browser. `off`: no sandbox runs; `state` follows by itself when one does. */
export const WatchFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('off') }),
  z.object({
    type: z.literal('state'),
    /** True for the first frame of a sandbox: whatever was known before belongs to another one. */
    isFirst: z.boolean(),
    /** Milliseconds in which the differences to the frame before came about. */
    spanMs: z.number(),
    /** What differs from the frame before, by endpoint. */
    traffic: z.record(z.string(), InterfaceTraffic),
    interfaces: z.record(z.string(), InterfaceView),
    /** Node → name → value; null for a counter that the node does not have. */
    counters: z.record(z.string(), z.record(z.string(), z.number().nullable())),
  }),
]);
export type WatchFrame = z.infer<typeof WatchFrame>;
