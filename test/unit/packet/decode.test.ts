import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../../server/packet/decode.ts';
import { FAULT_WORDS_ZH } from '../../../server/packet/faults-zh.ts';
import { writePcap } from '../../../server/packet/pcap-write.ts';
import { eth, ip4Frame, tcp, udp } from './build.ts';
import { differences } from './compare.ts';
import * as crafted from './crafted.ts';

/** Recorded by fixtures/record.sh. */
const RECORDED = ['link', 'icmp', 'http', 'tcp', 'tls', 'vxlan', 'cut'];

/**
 * What one frame alone cannot say as tshark does: data that some other dissector of its hundreds takes, or that a retransmission
 * hides; numbers relative to a conversation; TLS records that go on in the next segment, or whose type the handshake decided.
 */
function isBeyondOneFrame(_frame: number, name: string): boolean {
  return /^(data|tcp\.options\.sack_[lr]e$|tls\.record|tls\.app_data|layers$)/.test(name);
}

function capture(frames: readonly Uint8Array[]): Uint8Array {
  return writePcap(frames.map((bytes, index) => ({ timeMs: 1.7e12 + index, bytes })));
}

describe('beside tshark, field by field', () => {
  it.each(RECORDED)('the recorded traffic of %s.pcap reads the same', (name) => {
    const recorded = readFileSync(new URL(`fixtures/${name}.pcap`, import.meta.url));
    const isStrict = !['tcp', 'tls'].includes(name);
    expect(differences(recorded, isStrict ? undefined : isBeyondOneFrame)).toEqual([]);
  });

  it.each([
    ['link', crafted.LINK_FRAMES],
    ['internet', crafted.INTERNET_FRAMES],
    ['transport', crafted.TRANSPORT_FRAMES],
    ['tunnel', crafted.TUNNEL_FRAMES],
    ['DNS', crafted.DNS_FRAMES],
    ['DHCP', crafted.DHCP_FRAMES],
  ])('crafted %s frames read the same', (_name, frames) => {
    expect(differences(capture(frames), isBeyondOneFrame)).toEqual([]);
  });

  it('crafted HTTP segments read the same', () => {
    // Of a second message in one segment tshark places the generated fields at twice their offset.
    const isMisplaced = (frame: number, name: string): boolean =>
      frame === 2 && /^http\.request(\.full_uri)?$/.test(name);
    const isIgnored = (frame: number, name: string): boolean =>
      isMisplaced(frame, name) || isBeyondOneFrame(frame, name);
    expect(differences(capture(crafted.HTTP_FRAMES), isIgnored)).toEqual([]);
  });
});

describe('what is wrong with a frame', () => {
  const errorOf = (frame: Uint8Array, originalLength?: number): string | undefined =>
    decodeFrame(frame, originalLength === undefined ? {} : { originalLength }).error;

  it('says that the capture kept only a part', () => {
    const frame = ip4Frame(6, tcp(1, 2)).subarray(0, 40);
    expect(errorOf(frame, 54)).toMatchInlineSnapshot(`"The capture kept only 40 bytes of this frame."`);
    expect(decodeFrame(frame, { originalLength: 54 }).layers.map((layer) => layer.protocol)).toEqual([
      'eth',
      'ip',
      'tcp',
    ]);
  });

  it('says which header contradicts itself, and keeps what came before', () => {
    expect(errorOf(ip4Frame(6, tcp(1, 2, [], { dataOffset: 3 })))).toMatchInlineSnapshot(
      `"The TCP header claims 12 bytes; it has at least 20."`,
    );
    expect(errorOf(ip4Frame(17, udp(1, 2, [], { length: 4 })))).toMatchInlineSnapshot(
      `"The UDP length (4) is less than the header's 8 bytes."`,
    );
    expect(errorOf(ip4Frame(1, [], { versionAndLength: 0x55 }))).toMatchInlineSnapshot(
      `"This is announced as IPv4, but its version field says 5."`,
    );
    expect(errorOf(ip4Frame(1, [8, 0, 0, 0, 0, 0, 0, 0], { totalLength: 1000 }))).toMatchInlineSnapshot(
      `"The IPv4 header claims 1000 bytes; the frame has 28."`,
    );
    expect(errorOf(eth(0x0806, [0, 1]))).toMatchInlineSnapshot(
      `"A header says that more bytes follow than there are."`,
    );
  });

  it('says it in the words of its reader', () => {
    const frame = ip4Frame(1, [8, 0, 0, 0, 0, 0, 0, 0], { totalLength: 1000 });
    expect(decodeFrame(frame, { faultWords: FAULT_WORDS_ZH }).error).toBe(
      'IPv4 首部说有 1000 字节，帧里却只有 28 字节。',
    );
  });

  it('tells wrong checksums from right ones, and leaves them alone when told to', () => {
    const frame = ip4Frame(6, tcp(1, 2, [1], { checksum: 0xbad }), { checksum: 0xbad });
    const status = (verifyChecksums: boolean): unknown[] =>
      decodeFrame(frame, { verifyChecksums })
        .layers.flatMap((layer) => layer.fields)
        .filter((field) => field.name.endsWith('checksum.status'))
        .map((field) => field.value);
    expect(status(true)).toEqual([0, 0]);
    expect(status(false)).toEqual([2, 2]);
  });

  it('names a link type it does not know', () => {
    expect(decodeFrame(Uint8Array.of(1, 2, 3), { linkType: 105 })).toMatchObject({
      layers: [{ protocol: 'data', length: 3 }],
      error: 'Frames of link type 105 are not known here.',
    });
  });

  it('reads raw IP of tun devices', () => {
    const packet = ip4Frame(1, [8, 0, 0, 0, 0, 0, 0, 0]).subarray(14);
    expect(decodeFrame(packet, { linkType: 101 }).layers.map((layer) => layer.protocol)).toEqual(['ip', 'icmp']);
  });
});
