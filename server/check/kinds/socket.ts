/** `socket`: sockets of a node, counted or looked into. */
import { z } from 'zod';
import type { CheckKind } from '../check.ts';
import { numberCondition, textCondition } from '../condition.ts';
import { asked, asksOne, nodeName, wordCondition } from '../fields.ts';
const SOCKET_FIELDS = ['recv_q', 'send_q', 'backlog', 'rcvbuf', 'sndbuf'] as const;

export const socketSchema = z.strictObject({
  node: nodeName,
  proto: z.enum(['tcp', 'udp', 'icmp', 'raw', 'unix']).optional().describe('tcp, udp, icmp, raw or unix.'),
  state: wordCondition.optional().describe('listen, established, time-wait, close-wait, syn-recv, unconn, …'),
  local: textCondition().optional().describe('The local end: a port, an address, or address:port.'),
  remote: textCondition().optional().describe('The remote end: a port, an address, or address:port.'),
  process: textCondition().optional().describe('The name of the program that holds it.'),
  count: numberCondition()
    .optional()
    .describe('How many such sockets there are; at least one where no other condition is written.'),
  recv_q: numberCondition('bytes')
    .optional()
    .describe('Bytes not yet read, or connections not yet accepted; one such socket must fit.'),
  send_q: numberCondition('bytes').optional().describe('Bytes not yet acknowledged by the other end.'),
  backlog: numberCondition().optional().describe('How many connections may wait to be accepted (listening sockets).'),
  rcvbuf: numberCondition('bytes').optional().describe('The size of the receive buffer.'),
  sndbuf: numberCondition('bytes').optional().describe('The size of the send buffer.'),
});

export const socketAskSchema = z
  .strictObject({
    ...socketSchema.shape,
    count: asked.optional().describe('The number of such sockets is asked for.'),
    recv_q: asked.optional().describe('The receive queue of the first such socket is asked for.'),
    send_q: asked.optional().describe('The send queue of the first such socket is asked for.'),
    backlog: asked.optional().describe('The backlog of the first such socket is asked for.'),
    rcvbuf: asked.optional().describe('The receive buffer of the first such socket is asked for.'),
    sndbuf: asked.optional().describe('The send buffer of the first such socket is asked for.'),
  })
  .superRefine(asksOne(['count', ...SOCKET_FIELDS]));

export type SocketSpec = z.output<typeof socketSchema>;
export type SocketAsk = z.output<typeof socketAskSchema>;

export const socketKind: CheckKind<SocketSpec, SocketAsk> = {
  name: 'socket',
  cost: 'cheap',
  schema: socketSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node],
  ask: { schema: socketAskSchema, read: () => Promise.reject(new Error('Reading this kind is not written.')) },
  judge: () => Promise.reject(new Error('Judging this kind is not written.')),
};
