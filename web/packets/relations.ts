/**
 * Which packets of a list belong together: questions and their answers, fragments of one packet, what was sent again, what an
 * error is about. Takes packets in the order in which they came, and forgets those that left the list. Pure.
 */
import type { Decoded } from '../../server/packet/decode.ts';
import { Conversations } from './conversations.ts';
import type { Packet } from './packet.ts';
import { PacketFacts } from './packet-facts.ts';

/** As said of the packet that has the relation: `answers` leads to the question, `answered` to the answer. */
export type RelationKind =
  'answers' | 'answered' | 'acknowledges' | 'acknowledged' | 'repeats' | 'repeated' | 'fragment' | 'about' | 'reported';

export interface Relation {
  readonly kind: RelationKind;
  readonly to: Packet;
}

const OPPOSITE: Readonly<Record<RelationKind, RelationKind>> = {
  answers: 'answered',
  answered: 'answers',
  acknowledges: 'acknowledged',
  acknowledged: 'acknowledges',
  repeats: 'repeated',
  repeated: 'repeats',
  fragment: 'fragment',
  about: 'reported',
  reported: 'about',
};
/** What left the list is swept out after so many packets. */
const SWEEP_EVERY = 500;
const MOST_OF_ONE_PACKET = 64;

export class Relations {
  readonly #of = new Map<Packet, Relation[]>();
  /** The packet that waits for an answer, by what its answer will say. */
  readonly #questions = new Map<string, Packet>();
  readonly #fragments = new Map<string, Packet[]>();
  /** The last packet with an IP identification: what an error is about. */
  readonly #sent = new Map<string, Packet>();
  readonly #conversations = new Conversations((kind, packet, to) => this.#tie(kind, packet, to));
  #added = 0;

  /** In the order in which they were found. */
  of(packet: Packet): readonly Relation[] {
    return this.#of.get(packet) ?? [];
  }

  /** `oldest` is the number of the first packet that the list still holds. */
  add(packet: Packet, decoded: Decoded, oldest: number): void {
    if (++this.#added % SWEEP_EVERY === 0) this.#sweep(oldest);
    const facts = new PacketFacts(decoded);
    this.#pair(packet, facts);
    this.#joinFragments(packet, facts);
    const quoted = facts.quoted;
    if (quoted !== null) {
      const about = this.#sent.get(quoted);
      if (about) this.#tie('about', packet, about);
    }
    const key = facts.ipKey;
    if (key !== null && facts.number('ip.frag_offset') === 0) this.#sent.set(key, packet);
    if (facts.has('tcp')) this.#conversations.add(packet, facts, facts.way, facts.wayBack);
  }

  clear(): void {
    this.#of.clear();
    this.#questions.clear();
    this.#fragments.clear();
    this.#sent.clear();
    this.#conversations.sweep(Number.POSITIVE_INFINITY);
  }

  #pair(packet: Packet, facts: PacketFacts): void {
    const { asks, answers } = questionOf(facts);
    if (answers !== null) {
      const question = this.#questions.get(answers);
      if (question) this.#tie('answers', packet, question);
    }
    if (asks !== null) this.#questions.set(asks, packet);
  }

  #joinFragments(packet: Packet, facts: PacketFacts): void {
    const key = fragmentKey(facts);
    if (key === null) return;
    const others = this.#fragments.get(key) ?? [];
    // The number comes round again after 65536 packets; a first piece begins a new whole.
    const isAnother = others.some(({ timeMs }) => packet.timeMs - timeMs > 30_000);
    if (isAnother) others.length = 0;
    for (const other of others) this.#tie('fragment', packet, other);
    others.push(packet);
    this.#fragments.set(key, others);
  }

  #tie(kind: RelationKind, packet: Packet, to: Packet): void {
    this.#note(packet, { kind, to });
    this.#note(to, { kind: OPPOSITE[kind], to: packet });
  }

  #note(packet: Packet, relation: Relation): void {
    const known = this.#of.get(packet) ?? [];
    if (known.length < MOST_OF_ONE_PACKET) known.push(relation);
    this.#of.set(packet, known);
  }

  #sweep(oldest: number): void {
    for (const packet of this.#of.keys()) if (packet.number < oldest) this.#of.delete(packet);
    for (const map of [this.#questions, this.#sent]) {
      for (const [key, { number }] of map) if (number < oldest) map.delete(key);
    }
    for (const [key, packets] of this.#fragments) {
      if ((packets.at(-1)?.number ?? 0) < oldest) this.#fragments.delete(key);
    }
    this.#conversations.sweep(oldest);
  }
}

/** What a packet asks, and what it answers, each as the words that both have in common; TCP has its own rules. */
function questionOf(facts: PacketFacts): { asks: string | null; answers: string | null } {
  const none = { asks: null, answers: null };
  if (facts.has('arp')) {
    const [sender, target] = [facts.text('arp.src.proto_ipv4'), facts.text('arp.dst.proto_ipv4')];
    if (sender === target) return none;
    return facts.number('arp.opcode') === 1
      ? { asks: `arp ${sender} ${target}`, answers: null }
      : { asks: null, answers: `arp ${target} ${sender}` };
  }
  if (facts.has('icmp')) {
    const echo = `echo ${facts.text('icmp.ident')} ${facts.text('icmp.seq')}`;
    if (facts.number('icmp.type') === 8) return { asks: `${echo} ${facts.way}`, answers: null };
    return facts.number('icmp.type') === 0 ? { asks: null, answers: `${echo} ${facts.wayBack}` } : none;
  }
  if (facts.has('icmpv6')) {
    const echo = `echo6 ${facts.text('icmpv6.echo.identifier')} ${facts.text('icmpv6.echo.sequence_number')}`;
    switch (facts.number('icmpv6.type')) {
      case 128:
        return { asks: `${echo} ${facts.way}`, answers: null };
      case 129:
        return { asks: null, answers: `${echo} ${facts.wayBack}` };
      case 135:
        return { asks: `nd ${facts.text('icmpv6.nd.ns.target_address')}`, answers: null };
      case 136:
        return { asks: null, answers: `nd ${facts.text('icmpv6.nd.na.target_address')}` };
      default:
        return none;
    }
  }
  if (facts.has('dns') || facts.has('dhcp')) {
    const isDns = facts.has('dns');
    const id = facts.text(isDns ? 'dns.id' : 'dhcp.id');
    const isAnswer = isDns ? facts.number('dns.flags.response') === 1 : facts.number('dhcp.type') === 2;
    const way = isDns ? (isAnswer ? facts.wayBack : facts.way) : '';
    const words = `${isDns ? 'dns' : 'dhcp'} ${id} ${way}`;
    return isAnswer ? { asks: null, answers: words } : { asks: words, answers: null };
  }
  return none;
}

function fragmentKey(facts: PacketFacts): string | null {
  if (facts.has('ipv6.fraghdr')) return `6 ${facts.way} ${facts.text('ipv6.fraghdr.ident')}`;
  const isFragment = facts.number('ip.flags.mf') === 1 || facts.number('ip.frag_offset') > 0;
  return isFragment ? `4 ${facts.ipKey}` : null;
}
