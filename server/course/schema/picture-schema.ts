/** The author's form of pictures: which attributes `::topology`, `::counters` and the others take. */
import { z } from 'zod';

const node = z.string({ error: 'missing' }).describe('The node: `h1`.');

const names = z
  .string({ error: 'missing' })
  .transform((written) =>
    written
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  )
  .refine((list) => list.length > 0, { error: 'Write at least one counter, such as Ip.OutRequests.' })
  .describe('Counters, with commas between them: `"Ip.OutRequests,eth0.tx_packets"`.');

export const pictureSchemas = {
  topology: z
    .strictObject({})
    .describe('The live picture of the topology: nodes, links, addresses, traffic, impairments.'),
  counters: z.strictObject({ node, names }).describe('Counters of a node, moving.'),
  packets: z
    .strictObject({
      at: z.string({ error: 'missing' }).describe('The endpoint: `"r1:eth0"`.'),
      filter: z.string().optional().describe('A Wireshark display filter.'),
      bpf: z.string().optional().describe('A pcap filter.'),
    })
    .describe('The learner’s packets at an endpoint, opened layer by layer.'),
  'kernel-path': z
    .strictObject({ node, direction: z.enum(['rx', 'tx']).default('rx').describe('`rx` (default) or `tx`.') })
    .describe('The receive or transmit path of the kernel with that node’s numbers.'),
  journey: z
    .strictObject({
      from: z.string({ error: 'missing' }).describe('The node that sends.'),
      command: z.string({ error: 'missing' }).describe('The command that sends it.'),
    })
    .describe('One packet followed through the kernel, event by event.'),
  layers: z.strictObject({}).describe('OSI and TCP/IP side by side.'),
} as const;

export type PictureName = keyof typeof pictureSchemas;
export type PictureOptions = {
  [Name in PictureName]: { readonly name: Name } & z.output<(typeof pictureSchemas)[Name]>;
}[PictureName];

export function isPictureName(name: string): name is PictureName {
  return Object.hasOwn(pictureSchemas, name);
}
