import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseConntrack } from '../../../server/observe/conntrack-rows.ts';
import { counterInterface, counterSource } from '../../../server/observe/counter-name.ts';
import { canonicalAddress, canonicalPrefix } from '../../../server/observe/ip-address.ts';
import { parseInterfaces, parseLinkStatistics, parseNeighbors, parseRoute } from '../../../server/observe/ip-output.ts';
import { parsePing } from '../../../server/observe/ping-output.ts';
import { parseQdiscs, qdiscCounters } from '../../../server/observe/qdiscs.ts';
import { parseSockets, splitSocketAddress } from '../../../server/observe/socket-rows.ts';

const recorded = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

test('interfaces with their addresses', () => {
  const [lo, eth0] = parseInterfaces(recorded('addr.json'));
  expect(lo).toMatchObject({
    name: 'lo',
    isUp: true,
    state: 'unknown',
    mtu: 65536,
    addresses: ['127.0.0.1/8', '::1/128'],
  });
  expect(eth0).toMatchObject({ name: 'eth0', isUp: true, state: 'up', mtu: 1500, isPromiscuous: false, master: null });
  expect(eth0?.addresses).toContain('10.0.0.1/24');
  expect(eth0?.addresses).toContain('fd00::1/64');
});

test('statistics of links carry the names of the kernel, those left out while zero included', () => {
  const counters = parseLinkStatistics(recorded('link.json'));
  expect(counters.get('eth0.rx_packets')).toBeGreaterThan(0);
  expect(counters.get('eth0.multicast')).toBe(0);
  expect(counters.get('eth0.rx_otherhost_dropped')).toBe(0);
  expect(counters.get('eth0.tx_carrier_errors')).toBe(0);
  const other = parseLinkStatistics('[{"ifname":"eth0","stats64":{"rx":{"otherhost":5,"multicast":2},"tx":{}}}]');
  expect(other.get('eth0.rx_otherhost_dropped')).toBe(5);
  expect(other.get('eth0.multicast')).toBe(2);
});

test('routes, with a learned path MTU', () => {
  expect(parseRoute(recorded('route-get.json'))).toEqual({
    exists: true,
    via: null,
    dev: 'eth0',
    src: '10.0.0.1',
    mtu: null,
    text: '10.0.0.2 dev eth0 src 10.0.0.1',
  });
  const learned =
    '[{"dst":"10.0.2.1","gateway":"10.0.1.254","dev":"eth0","prefsrc":"10.0.1.1","flags":[],"uid":0,"cache":[],"expires":598,"metrics":[{"mtu":1400}]}]';
  expect(parseRoute(learned)).toMatchObject({ via: '10.0.1.254', mtu: 1400 });
  expect(parseRoute('').exists).toBe(false);
  expect(parseRoute('[]').exists).toBe(false);
  expect(parseRoute('[{"type":"blackhole","dst":"default"}]')).toMatchObject({
    exists: false,
    text: 'blackhole default',
  });
  expect(() => parseRoute('garbage')).toThrow('could not be read');
});

test('neighbours', () => {
  expect(parseNeighbors(recorded('neigh.json'))[0]).toMatchObject({ ip: '10.0.0.2', dev: 'eth0', state: 'delay' });
});

test('sockets, with the limit of the accept queue and the buffers', () => {
  const [listening, waiting] = parseSockets(recorded('ss.txt'));
  expect(listening).toMatchObject({
    proto: 'tcp',
    state: 'listen',
    local: '10.0.0.1:8000',
    process: 'python3',
    recvQ: 0,
    sendQ: 0,
    backlog: 5,
    rcvbuf: 131072,
    sndbuf: 16384,
  });
  expect(waiting).toMatchObject({ state: 'time-wait', process: null, rcvbuf: null, backlog: null });
});

test('a program cannot pass for another by its name, nor invent a buffer', () => {
  const [row] = parseSockets(
    'tcp LISTEN 0 5 *:80 *:* users:(("a\\"),skmem:(r",pid=1,fd=3)) skmem:(r0,rb7,t0,tb8,f0,w0,o0,bl0,d0)',
  );
  expect(row).toMatchObject({ rcvbuf: 7, sndbuf: 8 });
});

test.each([
  ['10.0.0.1:80', '10.0.0.1', '80'],
  ['[fd00::1]:80', 'fd00::1', '80'],
  ['*:80', '*', '80'],
  ['0.0.0.0:*', '*', '*'],
  ['127.0.0.53%lo:53', '127.0.0.53', '53'],
  ['[fe80::1%eth0]:546', 'fe80::1', '546'],
])('%s is %s and %s', (text, address, port) => {
  expect(splitSocketAddress(text)).toEqual({ address, port });
});

test('connections that are tracked', () => {
  const rows = parseConntrack(recorded('conntrack.txt'));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ proto: 'icmp', states: [], src: '10.0.0.1', dst: '10.0.0.2', dport: null });
  expect(rows[1]).toMatchObject({ proto: 'tcp', states: ['time_wait', 'assured'], dport: 8000 });
});

test('queueing disciplines', () => {
  const qdiscs = parseQdiscs(recorded('qdisc.json'));
  expect(qdiscs.find((qdisc) => qdisc.dev === 'eth0')).toMatchObject({ kind: 'tbf', rateBitsPerSecond: 10_000_000 });
  expect(qdiscCounters(qdiscs).get('qdisc.eth0.drops')).toBe(0);
  const netem =
    '[{"kind":"netem","handle":"1:","dev":"eth0","root":true,"options":{"limit":1000,"delay":{"delay":0.02,"jitter":0.002,"correlation":0},"loss-random":{"loss":0.01,"correlation":0},"rate":{"rate":1250000,"packetoverhead":0}}}]';
  expect(parseQdiscs(netem)[0]).toMatchObject({
    delayMs: 20,
    lossPercent: 1,
    rateBitsPerSecond: 10_000_000,
    limit: 1000,
  });
});

describe('outcomes of ping', () => {
  const sections = recorded('pings.txt')
    .split(/^--- (?=[a-z0-9]+$)/m)
    .slice(1);
  const outcomes = Object.fromEntries(sections.map((text) => [text.split('\n')[0], parsePing(text, '').outcome]));
  test('every way a ping can end on Linux 6.18', () => {
    expect(outcomes).toEqual({
      reply: 'reply',
      none: 'none',
      toolong: 'frag_needed',
      hostunreach: 'unreachable',
      noroute: 'unreachable',
      noroute6: 'unreachable',
      reply6: 'reply',
      toolong6: 'frag_needed',
      prohib: 'unreachable',
      peerdown: 'none',
      down: 'unreachable',
      lodown: 'none',
      pat: 'reply',
    });
  });
  test('the average round trip, where there is one', () => {
    const round = Object.fromEntries(sections.map((text) => [text.split('\n')[0], parsePing(text, '').rttMs]));
    expect(round).toMatchObject({ none: null, toolong: null, noroute: null });
    expect(round.reply).toBeGreaterThan(0);
    expect(
      parsePing('2 packets transmitted, 2 received\nrtt min/avg/max/mdev = 1.204/35.5/91.0/0.1 ms\n', '').rttMs,
    ).toBe(35.5);
  });
  test('a router that says fragmentation needed', () => {
    expect(parsePing('From 10.0.1.254 icmp_seq=1 Frag needed and DF set (mtu = 1400)\n', '').outcome).toBe(
      'frag_needed',
    );
  });
});

test.each([
  ['Ip.FragCreates', 'proto', null],
  ['eth0.rx_packets', 'proc', 'eth0'],
  ['eth0.100.rx_packets', 'proc', 'eth0.100'],
  ['eth0.rx_otherhost_dropped', 'link', 'eth0'],
  ['qdisc.eth0.drops', 'qdisc', 'eth0'],
  ['conntrack.count', 'conntrack', null],
])('%s is read from %s', (name, source, interfaceName) => {
  expect(counterSource(name)).toBe(source === 'proto' ? 'proc' : source);
  expect(counterInterface(name)).toBe(interfaceName);
});

test('addresses have one form', () => {
  expect(canonicalAddress('FD00:0:0::0001')).toBe('fd00::1');
  expect(canonicalAddress('fe80::1%eth0')).toBe('fe80::1');
  expect(canonicalAddress('10.0.0.1')).toBe('10.0.0.1');
  expect(canonicalAddress('10.0.0.256')).toBeNull();
  expect(canonicalPrefix('10.0.0.1/24')).toBe('10.0.0.1/24');
  expect(canonicalPrefix('10.0.0.1/33')).toBeNull();
  expect(canonicalPrefix('fd00::1/64/1')).toBeNull();
});
