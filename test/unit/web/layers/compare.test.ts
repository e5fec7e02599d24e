import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { realPackets } from '../../../../web/layers/compare/real-packets.ts';
import { sendLines } from '../../../../web/layers/compare/send-lines.ts';
import { wrap } from '../../../../web/layers/wrap.ts';
import { eth, icmp, ip4, tcp, udp } from '../../packet/build.ts';

const text = new TextEncoder().encode('The quick brown fox jumps over the lazy dog, again and again.');
const frame = (bytes: Uint8Array) => ({ bytes });

describe('the frames that carry a payload', () => {
  it('are found among others, and taken apart by size', () => {
    const frames = [
      frame(eth(0x0800, ip4(1, icmp(8, 0, [0, 1, 0, 1])))),
      frame(eth(0x0800, ip4(17, udp(40_000, 9, new TextEncoder().encode('something else'))))),
      frame(eth(0x0800, ip4(17, udp(40_000, 9, text), { id: 3 }))),
    ];
    expect(realPackets(frames, text, 'udp')).toEqual([{ ethernet: 14, ip: 20, transport: 8, data: text.length }]);
    expect(realPackets(frames, text, 'tcp')).toEqual([]);
  });

  it('are the fragments of the datagram, as wrapping foretells them', () => {
    const payload = new Uint8Array(100).fill(0x61);
    const datagram = udp(40_000, 9, payload);
    const mtu = 84;
    const step = Math.floor((mtu - 20) / 8) * 8;
    const pieces = [0, step].map((from) => {
      const more = from + step < datagram.length;
      const flags = (more ? 0x2000 : 0) | (from / 8);
      return frame(eth(0x0800, ip4(17, datagram.subarray(from, from + step), { id: 9, flagsAndOffset: flags })));
    });
    const { packets } = wrap({ payloadBytes: 100, applicationHeaderBytes: 0, transport: 'udp', mtu });
    expect(realPackets(pieces, payload, 'udp')).toEqual(
      packets.map(({ ethernet, ip, transport, payload: data }) => ({ ethernet, ip, transport, data })),
    );
  });

  it('are the segments of the stream, each once, with the options they have', () => {
    const timestamps = Uint8Array.from({ length: 12 }, () => 1);
    const segment = (seq: number, data: Uint8Array) =>
      frame(eth(0x0800, ip4(6, tcp(40_000, 7007, data, { seq, options: timestamps }))));
    const frames = [
      segment(500, text.subarray(0, 30)),
      segment(530, text.subarray(30)),
      segment(500, text.subarray(0, 30)),
    ];
    const [first, second, ...more] = realPackets(frames.slice(0, 2), text, 'tcp');
    expect(first).toEqual({ ethernet: 14, ip: 20, transport: 32, data: 30 });
    expect(second?.data).toBe(text.length - 30);
    expect(more).toEqual([]);
    // The newest sending is the one that is meant.
    expect(realPackets(frames, text, 'tcp').map(({ data }) => data)).toEqual([30]);
  });

  it('never trip over frames that are cut', () => {
    const whole = eth(0x0800, ip4(6, tcp(1, 2, text)));
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => realPackets([frame(whole.slice(0, length))], text, 'tcp')).not.toThrow();
    }
  });
});

describe('the line that sends it', () => {
  it.each([
    ['plain', 'Hello from h1!', 1],
    ['quotes and backslashes', `it's "a\\b" $HOME \`x\``, 2],
    ['lines and other alphabets', '中文\nüber', 3],
  ])('sends these very bytes: %s', async (_, content, times) => {
    const received: Buffer[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const server = createServer((socket) => socket.on('data', (data) => received.push(data)).on('end', resolve));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const line = sendLines('127.0.0.1', 'tcp', { head: 'POST / HTTP/1.1\r\n\r\n', text: content, times })?.send ?? '';
    execFileSync('bash', ['-c', line.replace('7007', String(port))]);
    await promise;
    server.close();
    expect(Buffer.concat(received).toString('utf8')).toBe(`POST / HTTP/1.1\r\n\r\n${content.repeat(times)}`);
  });

  it('is not written for what no line can hold', () => {
    expect(sendLines('10.0.0.1', 'udp', { head: '', text: 'x'.repeat(1000), times: 1 })).toBeNull();
  });
});
