import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToolNetwork, type ToolNetwork } from '../../support/tool-network.ts';

let network: ToolNetwork;
beforeAll(async () => {
  network = await startToolNetwork();
  await network.run('h1', 'ping -c1 -W2 10.0.1.2');
});
afterAll(() => network[Symbol.asyncDispose]());

const counters = [
  'eth0.rx_packets',
  'eth0.rx_otherhost_dropped',
  'eth0.rx_dropped',
  'Ip.InReceives',
  'Ip.InHdrErrors',
  'Ip.InAddrErrors',
  'IpExt.InTruncatedPkts',
  'Ip.InUnknownProtos',
  'Ip.InDelivers',
  'Udp.NoPorts',
  'Udp.InCsumErrors',
] as const;

test.each<[flaw: string, place: (typeof counters)[number], isInIp: boolean]>([
  ['', 'Udp.NoPorts', true],
  ['--bad-udp-checksum', 'Udp.InCsumErrors', true],
  ['--to-mac 02:00:00:00:00:99', 'eth0.rx_otherhost_dropped', false],
  ['--ethertype 0x88b5', 'eth0.rx_dropped', false],
  ['--bad-ip-checksum', 'Ip.InHdrErrors', true],
  ['--to-ip 10.0.1.77', 'Ip.InAddrErrors', true],
  ['--cut 5', 'IpExt.InTruncatedPkts', true],
  ['--protocol 200', 'Ip.InUnknownProtos', true],
])('seven frames with the flaw “%s” end at %s', async (flaw, place, isInIp) => {
  // A datagram to a port with a checksum is only looked at when somebody could read it.
  await network.run(
    'h2',
    'pgrep socat || { socat -u UDP4-RECV:5000 OPEN:/dev/null & until ss -uln | grep -q :5000; do sleep 0.02; done; }',
  );
  const port = flaw === '--bad-udp-checksum' ? 5000 : 5001;
  const grown = await network.growth('h2', counters, () =>
    network.run('h1', `inject-frames 10.0.1.2 --port ${port} -n 7 ${flaw}`),
  );
  expect(grown).toMatchObject({ 'eth0.rx_packets': 7, 'Ip.InReceives': isInIp ? 7 : 0, [place]: 7 });
});

test('a frame in a file is sent as it is', async () => {
  await network.run('h1', 'inject-frames 10.0.1.2 --protocol 200 --write /root/frame');
  const grown = await network.growth('h2', ['Ip.InUnknownProtos'], () =>
    network.run('h1', 'inject-frames --read /root/frame -n 3'),
  );
  expect(grown).toEqual({ 'Ip.InUnknownProtos': 3 });
});

test('what it cannot do it says', async () => {
  expect(await network.run('h1', 'inject-frames', 2)).toContain('for whom?');
  expect(await network.run('h1', 'inject-frames 10.0.1.99', 1)).toContain('Ping it once, or give --to-mac');
  expect(await network.run('h1', 'inject-frames 10.0.1.2 -i eth7', 1)).toContain('eth7: No such device');
});
