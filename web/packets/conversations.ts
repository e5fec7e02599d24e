/** Segments of TCP connections: who opens and who accepts, what acknowledges what, what was sent again, requests and responses. Pure. */
import type { Packet } from './packet.ts';
import type { PacketFacts } from './packet-facts.ts';

type Tie = (kind: 'answers' | 'acknowledges' | 'repeats', packet: Packet, to: Packet) => void;

interface Segment {
  readonly packet: Packet;
  readonly seq: number;
  /** The number that acknowledges all of it. */
  readonly end: number;
}

/** One direction of a connection. */
interface Side {
  /** Sent and not acknowledged yet. */
  readonly waiting: Segment[];
  /** Sent lately, to know what is sent again. */
  readonly sent: Map<number, Packet>;
  /** The last request of an application that has no response yet. */
  request: Packet | null;
  lastNumber: number;
}

/** More are acknowledged unseen. */
const MOST_WAITING = 200;
const MOST_SENT = 1000;

export class Conversations {
  readonly #tie: Tie;
  readonly #sides = new Map<string, Side>();

  constructor(tie: Tie) {
    this.#tie = tie;
  }

  add(packet: Packet, facts: PacketFacts, way: string, wayBack: string): void {
    const [from, to] = [facts.number('tcp.srcport'), facts.number('tcp.dstport')];
    const here = this.#side(`${way} ${from} ${to}`, packet);
    const there = this.#side(`${wayBack} ${to} ${from}`, packet);
    const seq = facts.number('tcp.seq_raw');
    const isSyn = facts.number('tcp.flags.syn') === 1;
    const isFin = facts.number('tcp.flags.fin') === 1;
    const length = (facts.number('tcp.len') || 0) + (isSyn || isFin ? 1 : 0);
    if (length > 0) {
      const before = here.sent.get(seq);
      if (before) this.#tie('repeats', packet, before);
      else here.sent.set(seq, packet);
      if (here.sent.size > MOST_SENT)
        for (const key of here.sent.keys()) if (here.sent.size > MOST_SENT / 2) here.sent.delete(key);
    }
    if (facts.number('tcp.flags.ack') === 1) {
      this.#acknowledge(packet, there, facts.number('tcp.ack_raw'), isSyn);
    }
    if (length > 0) {
      here.waiting.push({ packet, seq, end: (seq + length) >>> 0 });
      if (here.waiting.length > MOST_WAITING) here.waiting.shift();
    }
    if (facts.has('http')) {
      if (facts.text('http.request.method') !== '') here.request = packet;
      else if (facts.text('http.response.code') !== '' && there.request) {
        this.#tie('answers', packet, there.request);
        there.request = null;
      }
    }
  }

  sweep(oldest: number): void {
    for (const [key, side] of this.#sides) if (side.lastNumber < oldest) this.#sides.delete(key);
  }

  /** The SYN is answered by the SYN with ACK; the rest is acknowledged. */
  #acknowledge(packet: Packet, there: Side, ack: number, isSyn: boolean): void {
    let done = 0;
    for (const { packet: sent, end } of there.waiting) {
      // Sequence numbers come round: nearer than half the circle is before.
      if (((ack - end) | 0) < 0) break;
      this.#tie(isSyn ? 'answers' : 'acknowledges', packet, sent);
      done += 1;
    }
    there.waiting.splice(0, done);
  }

  #side(key: string, packet: Packet): Side {
    const known = this.#sides.get(key);
    if (known) {
      known.lastNumber = packet.number;
      return known;
    }
    const side: Side = { waiting: [], sent: new Map(), request: null, lastNumber: packet.number };
    this.#sides.set(key, side);
    return side;
  }
}
