import { expect, test } from 'vitest';
import { z } from 'zod';
import { capturesOf, costOf, placesOf } from '../../../server/check/judge.ts';
import { checkKinds } from '../../../server/check/registry.ts';
import { checkTreeSchema, leavesOf } from '../../../server/check/tree.ts';

const schema = checkTreeSchema(checkKinds);
const faults = (written: unknown): string[] =>
  schema.safeParse(written).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];

test('a list is all; all, any and not nest', () => {
  const tree = schema.parse([
    { link: { node: 'h1', interface: 'eth0', state: 'UP' } },
    { any: [{ ping: { from: 'h1', to: 'h2' } }, { not: [{ capture: { at: 'r1:eth0', bpf: 'icmp' } }] }] },
  ]);
  expect(tree).toMatchObject({ kind: 'all', of: [{ kind: 'check', name: 'link' }, { kind: 'any' }] });
  expect(leavesOf(tree).map((leaf) => leaf.name)).toEqual(['link', 'ping', 'capture']);
  expect(costOf(tree)).toBe('dear');
  expect(capturesOf(tree)).toEqual(['r1:eth0']);
  expect(placesOf(tree)).toEqual(['h1', 'h1:eth0', 'r1:eth0']);
});

test('a single check needs no list', () => {
  expect(schema.parse({ route: { node: 'h1', to: 'default' } })).toMatchObject({ kind: 'check', name: 'route' });
});

test('faults of authors are said once, at their place', () => {
  const written = [
    [{ link: { node: 'h1', interface: 'eth0', mut: 1400 } }],
    [{ link: { node: 'h1', interface: 'eth0', mtu: 1 }, ping: { from: 'h1', to: 'h2' } }],
    [{ lnk: {} }],
    [{ not: [{ not: 'x' }] }],
    [],
    [{}],
    'x',
    { capture: { at: 'r1', filter: 'icmp' } },
    { capture: { at: 'r1:eth0' } },
    { counter: { node: 'h1', name: 'Ip.FragCreates' } },
    { counter: { node: 'h1', name: 'FragCreates', value: 1 } },
    { address: { node: 'h1', interface: 'eth0', has: ['10.0.0.1/24', 'x'] } },
    { sysctl: { node: 'h1', key: 'kernel.hostname', value: 'x' } },
    { sysctl: { node: 'h1', key: 'net.ipv4.$(reboot)', value: 'x' } },
    { route: { node: 'h1', to: 'nowhere' } },
    { tcp: { from: 'h1', to: 'h2', port: 0 } },
  ];
  expect(written.map(faults)).toMatchInlineSnapshot(`
    [
      [
        "0.link: Unrecognized key: "mut"",
      ],
      [
        "0: This item has link and ping; one item is one check. Begin the next one with a dash.",
      ],
      [
        "0: Unrecognized key: "lnk"",
      ],
      [
        "0.not.0.not: Write a check such as { link: { … } }.",
      ],
      [
        ": The list is empty. Write at least one check.",
      ],
      [
        "0: This item is empty. Write a check such as { link: { … } }.",
      ],
      [
        ": Write a check such as { link: { … } }.",
      ],
      [
        "capture.at: Write node:interface, for example "h1:eth0".",
      ],
      [
        "capture: Nothing is asked for. Write one of filter, bpf.",
      ],
      [
        "counter: Write either value or grows: what the counter stands at, or its growth.",
      ],
      [
        "counter.name: Write a counter such as Ip.FragCreates or eth0.rx_packets.",
      ],
      [
        "address.has.1: “x” is not an address such as 10.0.0.1/24.",
      ],
      [
        "sysctl.key: Write a key that begins with net., for example net.ipv4.ip_forward.",
      ],
      [
        "sysctl.key: Write a key that begins with net., for example net.ipv4.ip_forward.",
      ],
      [
        "route.to: “nowhere” is not an IPv4 or IPv6 address.",
      ],
      [
        "tcp.port: A port is 1 to 65535.",
      ],
    ]
  `);
});

test('every kind has a JSON schema in which each key says what it is', () => {
  for (const kind of checkKinds) {
    const json = z.toJSONSchema(kind.schema, { io: 'input' }) as {
      properties: Record<string, { description?: string }>;
    };
    expect(Object.keys(json.properties).length, kind.name).toBeGreaterThan(0);
    for (const [key, property] of Object.entries(json.properties))
      expect(property.description, `${kind.name}.${key}`).toBeTruthy();
  }
});
