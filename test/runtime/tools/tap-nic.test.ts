import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToolNetwork, type ToolNetwork } from '../../support/tool-network.ts';

let network: ToolNetwork;
beforeAll(async () => {
  network = await startToolNetwork();
  await network.run(
    'h1',
    'ip tuntap add dev nic0 mode tap && ip addr add 10.0.9.1/24 dev nic0 && ip link set nic0 txqueuelen 10 up',
  );
});
afterAll(() => network[Symbol.asyncDispose]());

const plug = (options: string): string =>
  `tap-nic nic0 ${options} >/root/card & until grep -q 1 /sys/class/net/nic0/carrier; do sleep 0.02; done`;

test('it is the carrier of the interface, and answers ARP and ping for those on the cable', async () => {
  expect(await network.run('h1', 'cat /sys/class/net/nic0/carrier')).toBe('0\n');
  const grown = await network.growth('h1', ['nic0.tx_packets', 'nic0.rx_packets', 'Icmp.InEchoReps'], () =>
    network.run('h1', `${plug('--seconds 2')}; ping -c3 -i 0.1 -W2 10.0.9.7; wait`),
  );
  expect(grown).toEqual({ 'nic0.tx_packets': 4, 'nic0.rx_packets': 4, 'Icmp.InEchoReps': 3 });
  expect(await network.run('h1', 'cat /root/card')).toContain('4 frames taken out of the ring, 4 answers came in');
});

test('asleep, it leaves its transmit ring to overflow', async () => {
  const grown = await network.growth('h1', ['nic0.tx_dropped'], () =>
    network.run(
      'h1',
      `ip neigh replace 10.0.9.7 lladdr 02:00:00:00:ca:fe dev nic0; ${plug('--asleep 60')}
       for i in $(seq 30); do echo x >/dev/udp/10.0.9.7/9; done; pkill tap-nic; wait`,
    ),
  );
  expect(grown).toEqual({ 'nic0.tx_dropped': 20 });
});

test('datagrams of several flows come in from the cable', async () => {
  await network.run(
    'h1',
    `nft add table ip t; nft 'add chain ip t c { type filter hook prerouting priority 0; }'
     for port in 20000 20001 20002; do nft add rule ip t c udp sport $port counter; done`,
  );
  const grown = await network.growth('h1', ['nic0.rx_packets', 'Udp.InCsumErrors', 'Ip.InHdrErrors'], () =>
    network.run('h1', 'tap-nic nic0 --receive 300 --flows 3 --cpu 0'),
  );
  expect(grown).toEqual({ 'nic0.rx_packets': 300, 'Udp.InCsumErrors': 0, 'Ip.InHdrErrors': 0 });
  const counts = [...(await network.run('h1', 'nft list chain ip t c')).matchAll(/packets (\d+)/g)];
  expect(counts.map((count) => count[1])).toEqual(['100', '100', '100']);
});

test('what it cannot do it says', async () => {
  expect(await network.run('h1', 'tap-nic nic7', 1)).toContain('ip tuntap add dev nic7 mode tap');
  expect(await network.run('h1', 'tap-nic eth0', 1)).toContain('Is it a tap interface');
  expect(await network.run('h1', 'tap-nic nic0 --cpu 4000', 1)).toContain('no CPU 4000');
});
