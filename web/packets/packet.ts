/** One packet as the list holds it. */
export interface Packet {
  /** 1 is the first that came to this list. */
  readonly number: number;
  readonly timeMs: number;
  /** Bytes on the wire. */
  readonly length: number;
  readonly bytes: Uint8Array;
}

/** One of the places that a packet passed. */
export interface PassedEndpoint {
  readonly endpoint: string;
  readonly packets: readonly Omit<Packet, 'number'>[];
}

/** Where else a packet passed. */
export interface Trail {
  /** The packet that was asked about. */
  readonly of: Packet;
  readonly passed: readonly PassedEndpoint[];
  readonly absent: readonly string[];
  readonly late: readonly string[];
}
