/** What a packet can be asked about among the others: its answer, its fragments, and what a router does to it. Pure. */
import { decodeFrame } from '../../../server/packet/decode.ts';
import type { Packet, PassedEndpoint } from '../packet.ts';
import type { Relation } from '../relations.ts';
import { shuffled, type ByteRange, type Question } from './question.ts';
import { words } from './words.ts';

const OTHERS = 3;

export function questionsAmong(
  packet: Packet,
  relations: readonly Relation[],
  packets: readonly Packet[],
  random: () => number,
): Question[] {
  const questions: Question[] = [];
  const answers = relations.filter(({ kind }) => kind === 'answered');
  const [answer] = answers;
  if (answer && answers.length === 1 && packets.includes(answer.to)) {
    const later = packets.filter((one) => one !== packet && one !== answer.to && one.number > packet.number - 6);
    const near = shuffled(later.slice(0, 12), random).slice(0, OTHERS);
    if (near.length > 1) {
      const right = words.packet(answer.to.number);
      questions.push({
        key: `answer ${packet.number} ${packet.timeMs}`,
        packet,
        text: words.whichAnswers(packet.number),
        form: {
          type: 'choice',
          choices: [answer.to, ...near].toSorted((a, b) => a.number - b.number).map((one) => words.packet(one.number)),
          right,
        },
        why: words.answersWhy(answer.to.number, packet.number),
        bytes: [],
      });
    }
  }
  const fragments = relations.filter(({ kind }) => kind === 'fragment');
  if (fragments.length > 0) {
    const right = fragments.length + 1;
    questions.push({
      key: `fragments ${right}`,
      packet,
      text: words.howManyFragments,
      form: { type: 'number', right },
      why: words.howManyWhy(right),
      bytes: rangesOf(packet, ['ip.id']),
    });
  }
  return questions;
}

/** What can change on the way, by the words of the field and of people. */
const CHANGEABLE = [
  'eth.dst',
  'eth.src',
  'ip.ttl',
  'ip.checksum',
  'ip.src',
  'ip.dst',
  'ip.id',
  'ip.len',
  'ip.frag_offset',
  'ip.proto',
  'ipv6.hlim',
  'ipv6.src',
  'ipv6.dst',
  'tcp.srcport',
  'tcp.dstport',
  'udp.srcport',
  'udp.dstport',
  'icmp.type',
];
const MOST_CHOICES = 8;

/** About each node that the packet came to by one interface and left by another. */
export function questionsOnTheWay(of: Packet, passed: readonly PassedEndpoint[]): Question[] {
  const questions: Question[] = [];
  for (const [index, after] of passed.entries()) {
    const before = passed[index - 1];
    const [came, left] = [before?.packets[0], after.packets[0]];
    const node = nodeOf(after.endpoint);
    if (!before || !came || !left || nodeOf(before.endpoint) !== node || before.packets.length > 1) continue;
    const [then, now] = [valuesOf(came), valuesOf(left)];
    const choices = CHANGEABLE.filter((name) => then.has(name) && now.has(name)).slice(0, MOST_CHOICES);
    const right = choices.filter((name) => then.get(name) !== now.get(name));
    const changes = right.map((name) => `${name} ${words.to(then.get(name) ?? '', now.get(name) ?? '')}`);
    const packet: Packet = { ...left, number: of.number };
    if (choices.length > 3) {
      questions.push({
        key: `changes ${node} ${choices.join(' ')} ${right.join(' ')}`,
        packet,
        text: words.changes(node),
        form: { type: 'choices', choices, right },
        why: words.changesWhy(node, changes.length > 0 ? changes.join(', ') : words.changesNothing),
        bytes: rangesOf(packet, right),
      });
    }
    const [ttlThen, ttlNow] = [Number(then.get('ip.ttl')), Number(now.get('ip.ttl'))];
    if (Number.isFinite(ttlThen) && Number.isFinite(ttlNow)) {
      questions.push({
        key: `ttl ${ttlThen} ${ttlNow}`,
        packet,
        text: words.ttlAfter(node, ttlThen),
        form: { type: 'number', right: ttlNow },
        why: words.ttlWhy(ttlThen, ttlNow),
        bytes: rangesOf(packet, ['ip.ttl']),
      });
    }
    if (after.packets.length > 1) {
      questions.push({
        key: `pieces ${node} ${came.length}`,
        packet: { ...came, number: of.number },
        text: words.piecesAfter(node),
        form: { type: 'number', right: after.packets.length },
        why: words.piecesWhy(after.packets.length),
        bytes: rangesOf(came, ['ip.len']),
      });
    }
  }
  return questions;
}

type Frame = Pick<Packet, 'bytes' | 'length'>;

function valuesOf({ bytes, length }: Frame): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { fields } of decodeFrame(bytes, { originalLength: length }).layers) {
    for (const { name, value } of fields) if (!values.has(name)) values.set(name, String(value));
  }
  return values;
}

function rangesOf({ bytes, length }: Frame, names: readonly string[]): ByteRange[] {
  const fields = decodeFrame(bytes, { originalLength: length }).layers.flatMap((layer) => layer.fields);
  return names.flatMap((name) => {
    const field = fields.find((one) => one.name === name);
    return field && field.length > 0 ? [{ offset: field.offset, length: field.length }] : [];
  });
}

function nodeOf(endpoint: string): string {
  return endpoint.slice(0, Math.max(0, endpoint.indexOf(':')));
}
