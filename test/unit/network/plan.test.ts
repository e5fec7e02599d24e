import { describe, expect, test } from 'vitest';
import { planNetwork, sysctlPath } from '../../../server/network/plan.ts';
import type { Endpoint, Topology, TopologyNode } from '../../../server/network/topology.ts';

const node = (name: string, parts: Partial<TopologyNode> = {}): TopologyNode => ({
  name,
  kind: 'host',
  routes: [],
  sysctls: {},
  files: {},
  exec: [],
  services: [],
  ...parts,
});

const end = (place: string, ipv4: string[] = [], parts: Partial<Endpoint> = {}): Endpoint => {
  const [name = '', device = ''] = place.split(':');
  return { node: name, interface: device, mac: null, ipv4, ipv6: [], ...parts };
};

const topology: Topology = {
  nodes: [
    node('h1', {
      routes: ['default via 10.0.1.254'],
      sysctls: { 'net.ipv4.ip_default_ttl': '32', 'net.ipv4.conf.eth0.rp_filter': '1' },
    }),
    node('r1', { kind: 'router', files: { '/root/go': '#!/bin/sh\n', '/etc/motd': 'hi' } }),
    node('sw', { kind: 'switch' }),
  ],
  links: [
    {
      endpoints: [end('h1:eth0', ['10.0.1.1/24']), end('r1:eth0', ['10.0.1.254/24'], { mac: '02:aa:00:00:00:01' })],
      mtu: 1400,
      impairments: [null, null],
      offload: false,
      adjustable: false,
    },
    {
      endpoints: [end('r1:eth1', ['10.0.2.254/24'], { ipv6: ['fd00::1/64'] }), end('sw:eth0')],
      mtu: null,
      impairments: [null, null],
      offload: true,
      adjustable: false,
    },
  ],
  faults: [],
};

describe('planNetwork', () => {
  const plan = planNetwork(topology);

  test('makes links in place, each interface with an index of its own', () => {
    expect(plan.links).toMatchInlineSnapshot(`
      [
        "link add name eth0 index 2 address 02:00:00:00:01:01 mtu 1400 netns @h1 type veth peer name eth0 index 3 address 02:aa:00:00:00:01 mtu 1400 netns @r1",
        "link add name eth1 index 4 address 02:00:00:00:02:01 netns @r1 type veth peer name eth0 index 5 address 02:00:00:00:02:02 netns @sw",
        "link add name br0 index 6 netns @sw type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
      ]
    `);
  });

  test('gives each node its addresses and routes, in the order that works', () => {
    expect(plan.nodes.map(({ name, batch }) => [name, ...batch])).toMatchInlineSnapshot(`
      [
        [
          "h1",
          "link set dev lo up",
          "address add 10.0.1.1/24 broadcast + dev eth0",
          "link set dev eth0 up",
          "route add default via 10.0.1.254",
        ],
        [
          "r1",
          "link set dev lo up",
          "address add 10.0.1.254/24 broadcast + dev eth0",
          "link set dev eth0 up",
          "address add 10.0.2.254/24 broadcast + dev eth1",
          "address add fd00::1/64 dev eth1 nodad",
          "link set dev eth1 up",
        ],
        [
          "sw",
          "link set dev lo up",
          "link set dev eth0 master br0",
          "link set dev eth0 up",
          "link set dev br0 up",
        ],
      ]
    `);
  });

  test('keeps settings of interfaces until there are interfaces', () => {
    expect(plan.nodes.map(({ sysctls, interfaceSysctls }) => ({ sysctls, interfaceSysctls }))).toMatchInlineSnapshot(`
      [
        {
          "interfaceSysctls": [
            [
              "net/ipv4/conf/eth0/rp_filter",
              "1",
            ],
          ],
          "sysctls": [
            [
              "net/ipv4/ip_default_ttl",
              "32",
            ],
          ],
        },
        {
          "interfaceSysctls": [
            [
              "net/ipv6/conf/eth1/disable_ipv6",
              "0",
            ],
          ],
          "sysctls": [],
        },
        {
          "interfaceSysctls": [],
          "sysctls": [],
        },
      ]
    `);
  });

  test('a router forwards, a host does not, whatever the machine does', () => {
    const forwarding = plan.nodes.map(({ defaults }) => defaults.find(([path]) => path === 'net/ipv4/ip_forward')?.[1]);
    expect(forwarding).toEqual(['0', '1', '0']);
  });

  test('files: every node knows all names, the author’s come last, programs are executable', () => {
    expect(plan.nodes[1]?.files).toMatchInlineSnapshot(`
      [
        {
          "content": "r1
      ",
          "mode": "644",
          "path": "/etc/hostname",
        },
        {
          "content": "127.0.0.1 localhost
      10.0.1.1 h1
      10.0.1.254 r1
      127.0.1.1 sw
      ",
          "mode": "644",
          "path": "/etc/hosts",
        },
        {
          "content": "#!/bin/sh
      ",
          "mode": "755",
          "path": "/root/go",
        },
        {
          "content": "hi",
          "mode": "644",
          "path": "/etc/motd",
        },
      ]
    `);
  });

  test('turns offloads off where the link says so', () => {
    expect(plan.nodes.map(({ offloadsOff }) => offloadsOff)).toEqual([['eth0'], ['eth0'], []]);
  });

  test('refuses a link to a node that does not exist', () => {
    const broken = { ...topology, nodes: topology.nodes.slice(1) };
    expect(() => planNetwork(broken)).toThrow('The link end h1:eth0 names a node that does not exist.');
  });
});

test('sysctlPath reads keys as sysctl(8) does', () => {
  expect(sysctlPath('net.ipv4.ip_forward')).toBe('net/ipv4/ip_forward');
  expect(sysctlPath('net.ipv4.conf.eth0/1.rp_filter')).toBe('net/ipv4/conf/eth0.1/rp_filter');
  expect(sysctlPath('net/ipv4/conf/eth0.1/rp_filter')).toBe('net/ipv4/conf/eth0.1/rp_filter');
});
