/** A captured frame on its way to whoever looks. */

export interface FeedFrame {
  /** Since the epoch, good to a microsecond. */
  readonly timeMs: number;
  /** Bytes on the wire. */
  readonly length: number;
  readonly bytes: Uint8Array;
}

/** Frames that came, oldest first; at once for those that are kept. `isGap`: the capture lost some before them. */
export type OnFrames = (frames: readonly FeedFrame[], isGap: boolean) => void;
