/** The author's form of a topology: what may stand under `topology:`. */
import { z } from 'zod';
import { cidr, interfaceNameFault, mac, NODE_NAME, NODE_NAME_RULE, percent, quantity, text } from './quantity.ts';

const shellLines = (what: string) => z.array(text()).default([]).describe(what);

const fileName = z
  .string()
  .regex(
    /^\/(?!.*(?:^|\/)\.\.?(?:\/|$))[^\0]+$/,
    'Write an absolute path without `.` and `..` parts, such as /root/motd.',
  );

const sysctlKey = z
  .string()
  .regex(/^net[./][\w./-]+$/, 'Only `net.*` settings belong to a node; others are the whole machine’s.');

const place = () =>
  z
    .number({ error: () => 'Write a number.' })
    .min(0, 'Columns and rows begin at 0.')
    .max(40, 'Write 40 or less.');

export const nodeSchema = z.strictObject({
  kind: z
    .enum(['host', 'router', 'switch'])
    .default('host')
    .describe(
      '`host` (default), `router` (forwards IPv4 and IPv6) or `switch` (a Linux bridge with its links as ports).',
    ),
  routes: shellLines('Routes, as `ip route add` takes them: `default via 10.0.1.254`.'),
  sysctls: z
    .record(
      sysctlKey,
      z
        .union([z.string(), z.number(), z.boolean()], { error: () => 'Write a number or a text.' })
        .transform((value) => (typeof value === 'boolean' ? String(Number(value)) : String(value))),
    )
    .default({})
    .describe(
      'Kernel settings of this node’s network: `net.ipv4.ip_default_ttl: 32`. Only keys that begin with `net.`.',
    ),
  files: z
    .record(
      fileName,
      z
        .union([z.string(), z.number(), z.boolean()], { error: () => 'Write the content of the file.' })
        .transform(String),
    )
    .default({})
    .describe('Files put into the node: absolute path and content.'),
  exec: shellLines(
    'Shell lines, run once at start, in order, as root of the node. A failing line is an error that shows its output.',
  ),
  services: shellLines('Shell lines that are kept running, such as `iperf3 -s`.'),
  at: z
    .tuple([place(), place()], { error: () => 'Write a column and a row, such as [0, 1].' })
    .optional()
    .describe(
      'Where the picture shows it: column and row, from the upper left; fractions are possible. For all nodes or for none: without it they are laid out by themselves.',
    ),
});
export type AuthorNode = z.output<typeof nodeSchema>;

export const impairSchema = z
  .strictObject({
    delay: quantity('ms', { max: 60_000, words: '0 to 60s' })
      .optional()
      .describe('How long each frame is held back: `20ms`.'),
    jitter: quantity('ms', { max: 60_000, words: '0 to 60s' })
      .optional()
      .describe('How far the delay varies, up and down: `2ms`. Needs `delay`.'),
    loss: percent().optional().describe('Share of frames that vanish: `1%`.'),
    duplicate: percent().optional().describe('Share of frames that arrive twice: `0.1%`.'),
    corrupt: percent().optional().describe('Share of frames in which one bit is turned: `0.1%`.'),
    reorder: percent().optional().describe('Share of frames that overtake the delayed ones: `5%`. Needs `delay`.'),
    rate: quantity('bitsPerSecond', { min: 1000, max: 1e11, words: '1kbit to 100gbit' })
      .optional()
      .describe('Bits per second that pass at most: `10mbit`.'),
    limit: quantity('none', { min: 1, max: 1e6, words: '1 to 1000000 frames' })
      .optional()
      .describe('Frames that can wait in the link; more are dropped. Default 1000.'),
  })
  .superRefine((impair, context) => {
    for (const key of ['jitter', 'reorder'] as const) {
      if (impair[key] === undefined || impair.delay !== undefined) continue;
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `\`${key}\` does nothing without \`delay\`.`,
        params: { code: 'needs_delay' },
      });
    }
  });
export type AuthorImpair = z.output<typeof impairSchema>;

export interface AuthorEndpoint {
  readonly node: string;
  readonly interface: string;
  readonly mac?: string | undefined;
  readonly ipv4?: readonly string[] | undefined;
  readonly ipv6?: readonly string[] | undefined;
}

const interfaceName = z.string().superRefine((name, context) => {
  const fault =
    name === 'lo' ? '`lo` is the loopback of every node; a link cannot end at it.' : interfaceNameFault(name);
  if (fault) context.addIssue({ code: 'custom', message: fault, params: { code: 'bad_interface_name' } });
});

/** Splits `h1:eth0`; null where it is not of that form. */
export function splitEndpoint(written: string): { node: string; interface: string } | null {
  const at = written.indexOf(':');
  if (at < 1 || at === written.length - 1) return null;
  return { node: written.slice(0, at), interface: written.slice(at + 1) };
}

const briefEndpoint = z.string().transform((written, context): AuthorEndpoint => {
  const parts = splitEndpoint(written);
  if (!parts) {
    context.addIssue({
      code: 'custom',
      message: `\`${written}\` is not an endpoint. Write a node and its interface, such as h1:eth0.`,
      params: { code: 'bad_endpoint' },
    });
    return z.NEVER;
  }
  const fault = interfaceName.safeParse(parts.interface);
  if (!fault.success) {
    context.addIssue({
      code: 'custom',
      message: fault.error.issues[0]?.message ?? 'Bad interface name.',
      params: { code: 'bad_interface_name' },
    });
    return z.NEVER;
  }
  return parts;
});

/** One address, several, or null for none; always a list in the output. */
const addresses = (version: 4 | 6) =>
  z
    .union([cidr(version), z.array(cidr(version)), z.null()], {
      error: () =>
        `Write an address such as ${version === 4 ? '10.0.1.1/24' : 'fd00:1::1/64'}, a list of them, or null.`,
    })
    .transform((written): readonly string[] =>
      written === null ? [] : typeof written === 'string' ? [written] : written,
    );

const fullEndpoint = z.strictObject({
  node: z.string().regex(NODE_NAME, NODE_NAME_RULE).describe('The node.'),
  interface: interfaceName.describe('Its interface, at most 15 bytes.'),
  mac: mac.optional().describe('Its MAC address.'),
  ipv4: addresses(4).optional().describe('Its IPv4 address, or a list.'),
  ipv6: addresses(6).optional().describe('Its IPv6 address, or a list.'),
});

const perEndpoint = <T extends z.ZodType>(one: T, what: string) => z.tuple([one, one], { error: () => what });

export const linkSchema = z.strictObject({
  endpoints: perEndpoint(
    z.union([briefEndpoint, fullEndpoint]),
    'A link has two endpoints: ["h1:eth0", "r1:eth0"].',
  ).describe('The two ends: `["h1:eth0", "r1:eth0"]`, or maps with `node, interface, mac, ipv4, ipv6`.'),
  ipv4: perEndpoint(addresses(4), 'Write one IPv4 address per endpoint, null for none: [10.0.1.1/24, null].')
    .optional()
    .describe('One address per endpoint; null for none, a list for several.'),
  ipv6: perEndpoint(addresses(6), 'Write one IPv6 address per endpoint, null for none: ["fd00:1::1/64", null].')
    .optional()
    .describe('One address per endpoint; null for none, a list for several.'),
  mac: perEndpoint(z.union([mac, z.null()]), 'Write one MAC address per endpoint, null for none.')
    .optional()
    .describe('One MAC address per endpoint; null leaves it to the kernel.'),
  mtu: quantity('bytes', { min: 68, max: 65_535, words: '68 to 65535 bytes' })
    .optional()
    .describe('Largest packet of both ends, bytes. Default 1500.'),
  impair: z
    .union([impairSchema, z.tuple([impairSchema.nullable(), impairSchema.nullable()])], {
      error: () => 'Write impairments such as { delay: 20ms }, or a list of two, one per sending endpoint.',
    })
    .optional()
    .describe('What frames suffer on the way, in both directions; a list of two gives one per sending endpoint.'),
  offload: z
    .union([z.enum(['on', 'off']), z.boolean()], { error: () => 'Write `on` or `off`.' })
    .default('off')
    .transform((written) => written === 'on' || written === true)
    .describe(
      '`off` (default): captures show frames as on a wire, with right checksums. `on`: segmentation and checksum offload as the kernel has them.',
    ),
  adjustable: z
    .boolean({ error: () => 'Write `true` or `false`.' })
    .default(false)
    .describe(
      '`true`: learners may change the impairments of this link, and pull its cable, in the picture while the lab runs. `false` is the default: what the file says holds.',
    ),
});
export type AuthorLink = z.output<typeof linkSchema>;

export const faultSchema = z
  .strictObject({
    at: quantity('ms', { max: 86_400_000, words: '0s to 24h' }).describe(
      'When it begins, counted from the start of the lab: `60s`.',
    ),
    for: quantity('ms', { min: 1, max: 86_400_000, words: '1ms to 24h' })
      .optional()
      .describe('How long it lasts. Without it: to the end.'),
    link: briefEndpoint.describe('The endpoint it strikes: `"r1:eth1"`.'),
    impair: impairSchema.optional().describe('Impairments of what this endpoint sends, over the link’s own.'),
    down: z.boolean().optional().describe('`true` takes the link down.'),
  })
  .superRefine((fault, context) => {
    if (fault.impair === undefined && fault.down === undefined) {
      context.addIssue({
        code: 'custom',
        message: 'This fault does nothing. Write `impair: { … }` or `down: true`.',
        params: { code: 'empty_fault' },
      });
    }
  });
export type AuthorFault = z.output<typeof faultSchema>;

const emptyAsMap = (value: unknown): unknown => value ?? {};

export const topologySchema = z.strictObject({
  nodes: z
    .record(
      z
        .string()
        .regex(NODE_NAME, NODE_NAME_RULE)
        .refine((name) => name !== 'answer', {
          error: '`answer` is the word for answers in `solve`; give the node another name.',
        }),
      z.preprocess(emptyAsMap, nodeSchema),
    )
    .refine((nodes) => Object.keys(nodes).length > 0, { error: 'A topology has at least one node.' })
    .describe('The nodes by name.'),
  links: z.array(linkSchema).default([]).describe('The links between them.'),
  picture: z
    .enum(['live', 'planned'])
    .default('live')
    .describe(
      '`live` (default): the picture shows addresses, MTUs and the state of links as they are. `planned`: as they are written, for labs in which finding out is the exercise; traffic is live all the same.',
    ),
  faults: z.array(faultSchema).default([]).describe('Trouble that comes by the clock, or is there from the start.'),
});
export type AuthorTopology = z.output<typeof topologySchema>;
