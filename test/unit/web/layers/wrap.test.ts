import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameLength, httpHeader, ipLength, wrap, type WrapRequest } from '../../../../web/layers/wrap.ts';

const plain: WrapRequest = { payloadBytes: 14, applicationHeaderBytes: 0, transport: 'udp', mtu: 1500 };

describe('wrapping a payload', () => {
  it('puts 8, 20 and 14 bytes in front of a datagram', () => {
    const { packets, outcome } = wrap(plain);
    expect(outcome).toBe('fits');
    expect(packets).toEqual([
      { ethernet: 14, ip: 20, transport: 8, applicationHeader: 0, payload: 14, offset: 0, moreFragments: false },
    ]);
    expect(packets.map(frameLength)).toEqual([56]);
  });

  it('fills an MTU of 1500 with 1472 bytes over UDP, and cuts at one more', () => {
    expect(wrap({ ...plain, payloadBytes: 1472 }).outcome).toBe('fits');
    const { packets, outcome } = wrap({ ...plain, payloadBytes: 1473 });
    expect(outcome).toBe('fragments');
    expect(packets.map((packet) => [ipLength(packet), packet.offset, packet.moreFragments])).toEqual([
      [1500, 0, true],
      [21, 1480, false],
    ]);
    expect(packets.map(({ transport }) => transport)).toEqual([8, 0]);
  });

  it('cuts to multiples of eight bytes', () => {
    const { packets } = wrap({ ...plain, payloadBytes: 3000, mtu: 1499 });
    expect(packets.map(ipLength)).toEqual([1492, 1492, 84]);
    expect(packets.map(({ offset }) => offset / 8)).toEqual([0, 184, 368]);
  });

  it('lets TCP cut, with 1448 bytes in a segment and an MSS of 1460', () => {
    const wrapped = wrap({ ...plain, transport: 'tcp', payloadBytes: 3000 });
    expect(wrapped.outcome).toBe('segments');
    expect([wrapped.announcedMss, wrapped.mostCarried]).toEqual([1460, 1448]);
    expect(wrapped.packets.map(ipLength)).toEqual([1500, 1500, 156]);
  });

  it('puts the header of the application first, across segments if need be', () => {
    const wrapped = wrap({ ...plain, transport: 'tcp', payloadBytes: 100, applicationHeaderBytes: 50, mtu: 92 });
    expect(wrapped.packets.map(({ applicationHeader, payload }) => [applicationHeader, payload])).toEqual([
      [40, 0],
      [10, 30],
      [0, 40],
      [0, 30],
    ]);
  });

  it('refuses what no length field can say', () => {
    expect(wrap({ ...plain, payloadBytes: 65_507 }).outcome).toBe('fragments');
    expect(wrap({ ...plain, payloadBytes: 65_508 })).toMatchObject({ outcome: 'refused', packets: [] });
  });

  it('loses no byte and never makes a packet larger than the MTU', () => {
    const requests = fc.record({
      payloadBytes: fc.integer({ min: 0, max: 65_000 }),
      applicationHeaderBytes: fc.integer({ min: 0, max: 200 }),
      transport: fc.constantFrom('tcp' as const, 'udp' as const),
      mtu: fc.integer({ min: 68, max: 9000 }),
    });
    fc.assert(
      fc.property(requests, (request) => {
        const { packets } = wrap(request);
        const sum = (key: 'payload' | 'applicationHeader'): number =>
          packets.reduce((bytes, packet) => bytes + packet[key], 0);
        expect(sum('payload')).toBe(request.payloadBytes);
        expect(sum('applicationHeader')).toBe(request.applicationHeaderBytes);
        expect(Math.max(...packets.map(ipLength))).toBeLessThanOrEqual(request.mtu);
        expect(packets.filter(({ moreFragments }) => !moreFragments).length).toBeGreaterThan(0);
      }),
    );
  });

  it('counts the bytes of the HTTP header that it shows', () => {
    expect(httpHeader(14)).toMatchInlineSnapshot(`
      "POST /note HTTP/1.1
      Host: h2
      Content-Length: 14

      "
    `);
  });
});
