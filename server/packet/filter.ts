/** Wireshark display filters on single frames (wireshark-filter(4), version 4.0 semantics), without reassembly. */
import { DISPATCH, dissectFrame, LINKTYPE_ETHERNET } from './dissect.ts';
import { FIELDS, fieldId } from './fields.ts';
import { compileTest } from './filter-compile.ts';
import { FilterError, lexFilter } from './filter-lex.ts';
import { parseFilter } from './filter-parse.ts';
import { Walk, wantFields } from './walk.ts';

export interface FrameMeta {
  /** `frame.len`: bytes on the wire. Default: the bytes given. */
  readonly length?: number;
  /** `frame.time_epoch`, milliseconds since the epoch. */
  readonly timeMs?: number;
  /** `frame.number`, 1 is the first. */
  readonly number?: number;
  /** LINKTYPE of the capture; 1 (Ethernet) is the default. */
  readonly linkType?: number;
}

export interface CompiledFilter {
  readonly ok: true;
  /**
   * Whether the frame is selected. Give the frames of a capture in their order: what a TCP conversation on an odd port
   * carries (`http`, `tls`) is known from its first segments.
   */
  matches(frame: Uint8Array, meta?: FrameMeta): boolean;
}

export interface FilterProblem {
  readonly ok: false;
  /**
   * `syntax`: tshark refuses it too. `unknown_field`: this decoder cannot answer it exactly (a field, function or
   * value it does not know, or one that needs more than one frame); tshark may.
   */
  readonly reason: 'syntax' | 'unknown_field';
  readonly message: string;
  /** Offset in the text, in characters. */
  readonly position: number;
}

const FRAME = fieldId('frame');
const FRAME_LEN = fieldId('frame.len');
const FRAME_CAP_LEN = fieldId('frame.cap_len');
const FRAME_NUMBER = fieldId('frame.number');
const FRAME_TIME_EPOCH = fieldId('frame.time_epoch');

/** Compiles a display filter once, for many frames. Never throws. */
export function compileFilter(text: string): CompiledFilter | FilterProblem {
  const wanted = new Uint8Array(FIELDS.length);
  try {
    const test = parseFilter(lexFilter(text));
    if (!test) return { ok: true, matches: () => true };
    const judge = compileTest(test, wanted);
    const walk = new Walk({ dispatch: DISPATCH, wants: wantFields(wanted), verifyChecksums: true });
    const needsPacket = FIELDS.some((field) => wanted[field.id] === 1 && !/^frame(\.|$)/.test(field.name));
    return {
      ok: true,
      matches: (frame, meta) => {
        walk.start(frame, meta?.length ?? frame.length, meta?.timeMs);
        addFrameFields(walk, meta);
        if (needsPacket) dissectFrame(walk, meta?.linkType ?? LINKTYPE_ETHERNET);
        return judge(walk);
      },
    };
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { ok: false, reason: error.reason, message: error.message, position: error.position };
  }
}

function addFrameFields(walk: Walk, meta: FrameMeta | undefined): void {
  walk.layer(FRAME, 0, walk.bytes.length);
  walk.number(FRAME_LEN, 0, 0, walk.reportedEnd);
  walk.number(FRAME_CAP_LEN, 0, 0, walk.bytes.length);
  if (meta?.number !== undefined) walk.number(FRAME_NUMBER, 0, 0, meta.number);
  if (meta?.timeMs !== undefined) walk.number(FRAME_TIME_EPOCH, 0, 0, meta.timeMs / 1000);
}
