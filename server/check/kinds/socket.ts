/** `socket`: sockets of a node, counted or looked into. */
import { z } from 'zod';
import { canonicalAddress } from '../../observe/ip-address.ts';
import { socketState, splitSocketAddress } from '../../observe/socket-rows.ts';
import type { SocketRow } from '../../observe/observer.ts';
import { VethlabError } from '../../base/errors.ts';
import { counted, nounAfter, verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import {
  AT_LEAST_ONE,
  describeCondition,
  holds,
  numberCondition,
  type Condition,
  type Scalar,
  textCondition,
} from '../condition.ts';
import { asked, askedField, asksOne, nodeName, wordCondition } from '../fields.ts';
import { say, series, type Said } from '../../base/sentence.ts';
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
  ask: { schema: socketAskSchema, read },
  judge,
};

async function judge(spec: SocketSpec, context: CheckContext): Promise<Verdict> {
  const rows = (await context.observer.sockets(spec.node)).filter((row) => isMeant(row, spec));
  const evidence = rows.slice(0, EVIDENCE_ROWS).map((row) => ({ label: `ss on ${spec.node}`, text: row.text }));
  const asked = SOCKET_FIELDS.filter((field) => spec[field] !== undefined);
  const fitting = rows.filter((row) =>
    asked.every((field) => spec[field] === undefined || holds(spec[field], fieldOf(row, field))),
  );
  // Fields ask that one such socket fits; a count asks how many do.
  const count = spec.count ?? AT_LEAST_ONE;
  const fields = asked.map((label) =>
    say('{label} {condition}', { label, condition: describeCondition(spec[label] ?? AT_LEAST_ONE) }),
  );
  const valuesOf = (row: SocketRow): Said =>
    series(
      asked.map((label) => say('{label} {condition}', { label, condition: fieldOf(row, label) ?? say('none') })),
      'comma',
    );
  const shown = asked.length === 0 ? [] : rows.slice(0, EVIDENCE_ROWS).map(valuesOf);
  const { node } = spec;
  const condition = describeCondition(count);
  const noun = filtered(nounAfter(count, say('socket'), say('sockets')), spec);
  const found = counted(rows.length, filtered(say('socket'), spec), filtered(say('sockets'), spec));
  return verdict(
    holds(count, fitting.length),
    fields.length === 0
      ? say('{node} should have {condition} {noun}.', { node, condition, noun })
      : say('{node} should have {condition} {noun} with {fields}.', {
          node,
          condition,
          noun,
          fields: series(fields, 'comma'),
        }),
    shown.length === 0
      ? say('{node} has {count}.', { node, count: found })
      : say('{node} has {count}: {values}.', { node, count: found, values: series(shown, 'semicolon') }),
    evidence,
  );
}

const EVIDENCE_ROWS = 5;

async function read(ask: SocketAsk, context: CheckContext): Promise<number> {
  const rows = (await context.observer.sockets(ask.node)).filter((row) => isMeant(row, ask));
  const field = askedField(ask, SOCKET_FIELDS);
  if (field === undefined) return rows.length;
  const value = rows[0] && fieldOf(rows[0], field);
  if (value !== undefined && value !== null) return value;
  throw new VethlabError('not_found', `${ask.node} has no such socket at the moment.`, {
    hint: 'Open it, then answer again.',
  });
}

type SocketFilter = Pick<SocketSpec, 'proto' | 'state' | 'local' | 'remote' | 'process'>;

function isMeant(row: SocketRow, spec: SocketFilter): boolean {
  return (
    (spec.proto === undefined || row.proto === spec.proto) &&
    (spec.state === undefined ||
      holds(spec.state, row.state, (expected, value) => socketState(String(expected)) === value)) &&
    (spec.local === undefined || holds(spec.local, row.local, isSocketAddress)) &&
    (spec.remote === undefined || holds(spec.remote, row.remote, isSocketAddress)) &&
    (spec.process === undefined || holds(spec.process, row.process))
  );
}

/** `80`, `:80`, `*:80`, `10.0.0.1`, `10.0.0.1:80` and `[fd00::1]:80` against the address of a row. */
function isSocketAddress(expected: Scalar, value: Scalar): boolean {
  const text = String(expected);
  const row = splitSocketAddress(String(value));
  const isPort = /^:?\d+$/.test(text);
  if (isPort) return row.port === text.replace(':', '');
  const alone = canonicalAddress(text.replace(/^\[(.*)\]$/, '$1'));
  const wanted = alone === null ? splitSocketAddress(text) : { address: alone, port: null };
  const address = canonicalAddress(wanted.address) ?? wanted.address;
  return (
    (canonicalAddress(row.address) ?? row.address) === address &&
    (wanted.port === null || wanted.port === '*' || wanted.port === row.port)
  );
}

function fieldOf(row: SocketRow, field: (typeof SOCKET_FIELDS)[number]): number | null {
  switch (field) {
    case 'recv_q':
      return row.recvQ;
    case 'send_q':
      return row.sendQ;
    case 'backlog':
      return row.backlog;
    case 'rcvbuf':
      return row.rcvbuf;
    case 'sndbuf':
      return row.sndbuf;
  }
}

/** The noun with the filter behind it: `sockets (tcp, state listen, local 8080)`. */
function filtered(noun: Said, spec: SocketFilter): Said {
  const part = (
    template: 'state {condition}' | 'local {condition}' | 'remote {condition}' | 'program {condition}',
    condition: Condition | undefined,
  ): Said[] => (condition === undefined ? [] : [say(template, { condition: describeCondition(condition) })]);
  const words = [
    ...(spec.proto === undefined ? [] : [spec.proto]),
    ...part('state {condition}', spec.state),
    ...part('local {condition}', spec.local),
    ...part('remote {condition}', spec.remote),
    ...part('program {condition}', spec.process),
  ];
  return words.length === 0 ? noun : say('{noun} ({filter})', { noun, filter: series(words, 'comma') });
}
