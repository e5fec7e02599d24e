/**
 * packet/: bytes → layers → fields with offsets; captures read and written; display filters; summaries.
 * Pure: no process, no file, nothing of Node; web/ runs it too. Knows no sandbox, lab or learner.
 */

export interface DecodeOptions {
  /** Length of the frame on the wire, in bytes, when the capture kept less of it. Default: all bytes are there. */
  readonly originalLength?: number;
  /** LINKTYPE of the capture (pcap-linktype(7)); 1 is Ethernet, the default. */
  readonly linkType?: number;
  /** Compute IP, TCP, UDP, ICMP checksums (default true). False gives status 2, "unverified", as tshark does by default. */
  readonly verifyChecksums?: boolean;
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
export function decodeFrame(_bytes: Uint8Array, _options: DecodeOptions = {}): Decoded {
  return { layers: [] };
}
