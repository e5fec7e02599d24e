/** A recorded example of a lab, `assets/recording.json`: what pictures show while no network runs. Knows no logic. */
import { z } from 'zod';
import type { InterfaceTraffic } from './watch.ts';

/** Raised when files of before cannot be read any more. */
export const RECORDING_FORMAT = 1;

export const Recording = z.strictObject({
  format: z.literal(RECORDING_FORMAT),
  /** Of what was recorded: a lab whose network, variables or played lines have changed since has another one. */
  stamp: z.string().max(64),
  /** As `2026-11-25`. */
  recordedOn: z.string().max(10),
  /** Of the kernel that counted, as `6.18`. */
  kernel: z.string().max(64),
  /** RecordedTimeline as JSON, gzip, base64. */
  timeline: z.base64(),
  /** Endpoint and the number of its packets, in the order in which they stand in `packets`. */
  captured: z.array(z.tuple([z.string().max(60), z.number().int().nonnegative()])),
  /** pcap records (little endian, microseconds, Ethernet) of all endpoints, one after another; gzip, base64. */
  packets: z.base64(),
});
export type Recording = z.infer<typeof Recording>;

/** What changed since the sample before; the first holds all there is. */
export interface RecordedSample {
  /** Milliseconds since the beginning; stretches in which nothing happened are cut short. */
  readonly atMs: number;
  readonly traffic: Readonly<Record<string, InterfaceTraffic>>;
  /** Node → counter → total. */
  readonly counters: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export type RecordedTimeline = readonly RecordedSample[];
