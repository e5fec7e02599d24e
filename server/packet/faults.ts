/** What can be wrong with a frame, as data, and its sentence in English; faults-zh.ts has the Chinese ones. */

/** Each kind of fault with the values that its sentence holds; numbers are bytes where nothing else is said. */
export interface FaultValues {
  unknownLinkType: [linkType: number];
  /** The capture kept less than the frame. */
  cut: [kept: number];
  /** The capture is whole, but a header counts on more. */
  missing: [];
  tooDeep: [];
  otherVersion: [announced: 'IPv4' | 'IPv6', version: number];
  headerLength: [protocol: 'IPv4' | 'TCP', claimed: number, least: number];
  optionLength: [protocol: 'IPv4' | 'TCP', at: number];
  ipv4LengthBelowHeader: [total: number, header: number];
  ipv4Length: [claimed: number, there: number];
  ipv6PayloadLength: [claimed: number, there: number];
  ipv6OptionLength: [at: number];
  neighborOptionLength: [at: number];
  udpLengthBelowHeader: [length: number, header: number];
  udpLength: [claimed: number, there: number];
  dnsPointer: [];
  dnsLabel: [];
  dnsNameLength: [];
  ednsOptionLength: [];
  dhcpOptionLength: [code: number, length: number];
}

export type FaultKind = keyof FaultValues;

/** One sentence for each kind; a language that lacks one does not compile. */
export type FaultWords = { readonly [Kind in FaultKind]: (...values: FaultValues[Kind]) => string };

type FaultOf<Kind extends FaultKind> = readonly [kind: Kind, ...values: FaultValues[Kind]];

export type Fault = { [Kind in FaultKind]: FaultOf<Kind> }[FaultKind];

export function sayFault<Kind extends FaultKind>([kind, ...values]: FaultOf<Kind>, words: FaultWords): string {
  return words[kind](...values);
}

export const FAULT_WORDS: FaultWords = {
  unknownLinkType: (linkType) => `Frames of link type ${linkType} are not known here.`,
  cut: (kept) => `The capture kept only ${kept} bytes of this frame.`,
  missing: () => 'A header says that more bytes follow than there are.',
  tooDeep: () => 'The headers are nested too deeply.',
  otherVersion: (announced, version) => `This is announced as ${announced}, but its version field says ${version}.`,
  headerLength: (protocol, claimed, least) =>
    `The ${protocol} header claims ${claimed} bytes; it has at least ${least}.`,
  optionLength: (protocol, at) => `The ${protocol} option at byte ${at} has a length that does not fit its header.`,
  ipv4LengthBelowHeader: (total, header) => `The IPv4 total length (${total}) is less than the header's (${header}).`,
  ipv4Length: (claimed, there) => `The IPv4 header claims ${claimed} bytes; the frame has ${there}.`,
  ipv6PayloadLength: (claimed, there) => `The IPv6 header claims ${claimed} bytes of payload; the frame has ${there}.`,
  ipv6OptionLength: (at) => `The IPv6 option at byte ${at} is longer than its header.`,
  neighborOptionLength: (at) => `The option at byte ${at} has length zero (RFC 4861 section 4.6 forbids it).`,
  udpLengthBelowHeader: (length, header) => `The UDP length (${length}) is less than the header's ${header} bytes.`,
  udpLength: (claimed, there) => `The UDP header claims ${claimed} bytes; the packet has ${there}.`,
  dnsPointer: () => 'A compressed DNS name points at itself or forward.',
  dnsLabel: () => 'A DNS label is of a kind that RFC 1035 does not define.',
  dnsNameLength: () => 'A DNS name is longer than 255 bytes.',
  ednsOptionLength: () => 'An EDNS option is longer than its record.',
  dhcpOptionLength: (code, length) => `DHCP option ${code} has a length (${length}) that RFC 2132 does not allow.`,
};
