/** Queueing disciplines as `tc -j -s -d qdisc show` and `… class show` print them. Pure. */
import { z } from 'zod';
import { parse } from './ip-output.ts';
import type { QdiscState } from './observer.ts';

const QdiscOutput = z.array(
  z.looseObject({
    kind: z.string(),
    dev: z.string().optional(),
    drops: z.number().default(0),
    backlog: z.number().default(0),
    qlen: z.number().default(0),
    overlimits: z.number().default(0),
    requeues: z.number().default(0),
    packets: z.number().default(0),
    bytes: z.number().default(0),
    options: z.record(z.string(), z.unknown()).default({}),
  }),
);

/** Bytes per second → bits per second: tc writes rates of JSON in bytes. */
const BITS_PER_BYTE = 8;

/** Shape of netem's options: delay and jitter in seconds, loss as a fraction (tc/q_netem.c). */
const NetemOptions = z.looseObject({
  limit: z.number().optional(),
  delay: z.looseObject({ delay: z.number() }).optional(),
  'loss-random': z.looseObject({ loss: z.number() }).optional(),
  rate: z.union([z.number(), z.looseObject({ rate: z.number() })]).optional(),
});

export function parseQdiscs(json: string): QdiscState[] {
  return parse(QdiscOutput, json).map((qdisc) => {
    const options = NetemOptions.safeParse(qdisc.options).data ?? {};
    const rate = typeof options.rate === 'object' ? options.rate.rate : options.rate;
    return {
      kind: qdisc.kind,
      dev: qdisc.dev ?? '',
      delayMs: options.delay === undefined ? null : options.delay.delay * 1000,
      lossPercent: options['loss-random'] === undefined ? null : options['loss-random'].loss * 100,
      rateBitsPerSecond: rate === undefined ? null : rate * BITS_PER_BYTE,
      limit: options.limit ?? null,
      counters: {
        drops: qdisc.drops,
        backlog: qdisc.backlog,
        qlen: qdisc.qlen,
        overlimits: qdisc.overlimits,
        requeues: qdisc.requeues,
        packets: qdisc.packets,
        bytes: qdisc.bytes,
      },
    };
  });
}

/** Counters of the root qdiscs of all interfaces: `qdisc.eth0.drops`. */
export function qdiscCounters(qdiscs: readonly QdiscState[]): Map<string, number> {
  const counters = new Map<string, number>();
  for (const qdisc of qdiscs) {
    for (const [field, value] of Object.entries(qdisc.counters)) {
      const name = `qdisc.${qdisc.dev}.${field}`;
      // tc lists the root first; a child's drops are counted in it too.
      if (!counters.has(name)) counters.set(name, value);
    }
  }
  return counters;
}
