/** Frames of the channel that shows packets. Knows no logic. */
import { z } from 'zod';

const EndpointName = z.string().max(60);

/**
 * `/ws/attempts/:attempt/packets`, browser → server, JSON text frames. One socket looks at one endpoint.
 * `look` replaces the one before. `rest` (it is off the screen): nothing is read until the next look, and the capture goes
 * on. `stop`: the capture ends too, some time after, where nobody else needs it. `find` asks where else a frame passed; those
 * places are captured until the stop.
 */
export const PacketRequest = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('look'),
    endpoint: EndpointName,
    /**
     * A display filter. The server leaves out what does not match where it can, and the browser applies all of it; one with
     * fields that only tshark knows is applied by the server alone.
     */
    filter: z.string().max(500),
    /** A pcap filter expression; empty for none. */
    bpf: z.string().max(500),
    /** Packets captured up to this moment are known. Milliseconds since the epoch, with a fraction; 0 for none. */
    afterMs: z.number(),
  }),
  z.object({ type: z.literal('rest') }),
  z.object({ type: z.literal('stop') }),
  z.object({
    type: z.literal('find'),
    id: z.number().int(),
    /** The frame from its first byte, base64. */
    frame: z.string().max(16_384),
    timeMs: z.number(),
  }),
]);
export type PacketRequest = z.infer<typeof PacketRequest>;

/**
 * Server → browser, binary: a little endian u32 with the length of this header, the header as JSON, then pcap records
 * (little endian, microseconds, Ethernet) without a file header.
 */
export type PacketHeader =
  | {
      readonly type: 'packets';
      readonly endpoint: string;
      /** Packets that match and are not sent, because more came than a page can show; before the first of these records. */
      readonly skipped: number;
      /** True when the capture itself lost packets nobody counted. */
      readonly isGap: boolean;
    }
  | {
      readonly type: 'found';
      readonly id: number;
      /** Endpoints that the packet passed, in the order of time, with the number of records each has. */
      readonly passed: readonly { readonly endpoint: string; readonly count: number }[];
      /** Endpoints that were captured when it passed and did not see it. */
      readonly absent: readonly string[];
      /** Endpoints that are captured only from now on. */
      readonly late: readonly string[];
    };

/** Server → browser, JSON text. `off`: no sandbox runs. `refused`: what was asked for cannot be shown. */
export type PacketNotice =
  | { readonly type: 'off' }
  | { readonly type: 'on' }
  | { readonly type: 'refused'; readonly message: string; readonly hint?: string };
