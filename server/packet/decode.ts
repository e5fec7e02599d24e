/**
 * packet/: bytes → layers → fields with offsets; captures read and written; display filters; summaries.
 * Pure: no process, no file, nothing of Node; web/ runs it too. Knows no sandbox, lab or learner.
 */
import { DISPATCH, dissectFrame, LINKTYPE_ETHERNET } from './dissect.ts';
import { FAULT_WORDS, sayFault, type FaultWords } from './faults.ts';
import { FIELDS } from './fields.ts';
import { fieldValue } from './values.ts';
import { Walk, wantAll } from './walk.ts';
import type { Conversations } from './walk.ts';

export interface DecodeOptions {
  /** Length of the frame on the wire, in bytes, when the capture kept less of it. Default: all bytes are there. */
  readonly originalLength?: number;
  /** LINKTYPE of the capture (pcap-linktype(7)); 1 is Ethernet, the default. */
  readonly linkType?: number;
  /** Compute IP, TCP, UDP, ICMP checksums (default true). False gives status 2, "unverified", as tshark does by default. */
  readonly verifyChecksums?: boolean;
  /** Milliseconds since the epoch: tells the time that ping puts into its data. */
  readonly timeMs?: number;
  /** A map for all frames of one capture, in order: later segments of a conversation are known by its first ones. */
  readonly conversations?: Conversations;
  /** The language of `error`; English by default. */
  readonly faultWords?: FaultWords;
}

export interface Field {
  /** Wireshark's name, for example `ip.flags.mf`. */
  readonly name: string;
  /** A number where tshark prints a decimal one (flags are 0 and 1), otherwise tshark's text: `0x0800`, `10.0.0.1`, `aa:bb:cc`. */
  readonly value: number | string;
  /** Bytes from the start of the frame; generated fields have length 0. */
  readonly offset: number;
  readonly length: number;
}

export interface Layer {
  /** Wireshark's protocol name: `eth`, `vlan`, `arp`, `ip`, `ipv6`, `icmp`, `tcp`, `http`, … */
  readonly protocol: string;
  readonly offset: number;
  readonly length: number;
  readonly fields: readonly Field[];
}

export interface Decoded {
  readonly layers: readonly Layer[];
  /** What is wrong with the frame, as one sentence; layers hold what could be read before. */
  readonly error?: string;
}

/** Opens a frame as far as it goes. Never throws, whatever the bytes are. */
export function decodeFrame(bytes: Uint8Array, options: DecodeOptions = {}): Decoded {
  const walk = new Walk({
    dispatch: DISPATCH,
    wants: ALL_FIELDS,
    verifyChecksums: options.verifyChecksums ?? true,
    ...(options.conversations && { conversations: options.conversations }),
  });
  walk.start(bytes, options.originalLength ?? bytes.length, options.timeMs);
  dissectFrame(walk, options.linkType ?? LINKTYPE_ETHERNET);
  return collect(walk, options.faultWords ?? FAULT_WORDS);
}

const ALL_FIELDS = wantAll();

interface OpenLayer extends Layer {
  readonly fields: Field[];
}

function collect(walk: Walk, words: FaultWords): Decoded {
  const layers: OpenLayer[] = [];
  for (let entry = 0; entry < walk.count; entry++) {
    const definition = FIELDS[walk.ids[entry] as number];
    if (!definition) continue;
    const offset = walk.offsets[entry] as number;
    // A header may claim more than there is.
    const length = Math.min(walk.lengths[entry] as number, walk.bytes.length - offset);
    if (definition.type === 'protocol') {
      layers.push({ protocol: definition.name, offset, length, fields: [] });
      continue;
    }
    const layer = ownerOf(definition.name, layers);
    layer?.fields.push({ name: definition.name, value: fieldValue(walk, entry, definition.type), offset, length });
  }
  return walk.problem === undefined ? { layers } : { layers, error: sayFault(walk.problem, words) };
}

/** A frame's padding comes after its content and still belongs to the frame. */
function ownerOf(name: string, layers: readonly OpenLayer[]): OpenLayer | undefined {
  if (name === 'eth.padding' || name === 'eth.trailer' || name === 'eth.fcs') {
    return layers.findLast((layer) => layer.protocol === 'eth');
  }
  return layers.at(-1);
}
