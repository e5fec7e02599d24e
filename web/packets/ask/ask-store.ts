/** Asks about the packets of one list, one question after another and none twice, and keeps count. */
import { signal } from '@preact/signals';
import { decodeFrame } from '../../../server/packet/decode.ts';
import type { Packet } from '../packet.ts';
import type { PacketStore } from '../packet-store.ts';
import { questionsAmong, questionsOnTheWay } from './list-questions.ts';
import { questionsAbout } from './packet-questions.ts';
import { isRight, shuffled, type Question } from './question.ts';

/** Packets that are looked at for one question. */
const TRIES = 40;
/** Of so many questions one is about the way of the packet, where it can be. */
const WAY_EVERY = 3;

export type AskState =
  | { readonly type: 'looking' }
  | { readonly type: 'asking'; readonly question: Question }
  | { readonly type: 'answered'; readonly question: Question; readonly isRight: boolean }
  /** `isFirst`: there are no packets yet. */
  | { readonly type: 'none'; readonly isFirst: boolean };

export class AskStore {
  readonly state = signal<AskState>({ type: 'looking' });
  readonly asked = signal(0);
  readonly right = signal(0);
  readonly #packets: PacketStore;
  readonly #random: () => number;
  readonly #known = new Set<string>();
  /** The kind of the last one: two of a kind in a row bore. */
  #lastKind = '';

  constructor(packets: PacketStore, random: () => number = Math.random) {
    this.#packets = packets;
    this.#random = random;
  }

  async next(): Promise<void> {
    this.state.value = { type: 'looking' };
    const packets = this.#packets.packets.peek();
    const tried = shuffled(packets, this.#random).slice(0, TRIES);
    const isAboutWay = this.asked.peek() % WAY_EVERY === 0;
    const question =
      (isAboutWay ? await this.#aboutWay(tried) : null) ?? this.#aboutPacket(tried) ?? (await this.#aboutWay(tried));
    if (!question) {
      this.state.value = { type: 'none', isFirst: packets.length === 0 };
      return;
    }
    this.#known.add(question.key);
    this.#lastKind = kindOf(question);
    this.state.value = { type: 'asking', question };
  }

  answer(given: readonly string[]): void {
    const { state } = this;
    if (state.value.type !== 'asking') return;
    const { question } = state.value;
    const right = isRight(question, given);
    this.asked.value += 1;
    if (right) this.right.value += 1;
    state.value = { type: 'answered', question, isRight: right };
  }

  #aboutPacket(tried: readonly Packet[]): Question | null {
    let second: Question | null = null;
    for (const packet of tried) {
      const decoded = decodeFrame(packet.bytes, { originalLength: packet.length, timeMs: packet.timeMs });
      const all = this.#packets.packets.peek();
      const fresh = [
        ...questionsAbout(packet, decoded, this.#random),
        ...questionsAmong(packet, this.#packets.relationsOf(packet), all, this.#random),
      ].filter(({ key }) => !this.#known.has(key));
      const kinds = shuffled([...new Set(fresh.map(kindOf))], this.#random);
      const kind = kinds.find((one) => one !== this.#lastKind);
      const chosen = shuffled(
        fresh.filter((one) => kindOf(one) === kind),
        this.#random,
      )[0];
      if (chosen) return chosen;
      second ??= fresh[0] ?? null;
    }
    return second;
  }

  /** Only the newest few are sure to be in every capture still. */
  async #aboutWay(tried: readonly Packet[]): Promise<Question | null> {
    for (const packet of tried.slice(0, 3)) {
      const trail = await this.#packets.trailOf(packet);
      if (!trail) return null;
      const fresh = questionsOnTheWay(packet, trail.passed).filter(({ key }) => !this.#known.has(key));
      const chosen = shuffled(fresh, this.#random)[0];
      if (chosen) return chosen;
    }
    return null;
  }
}

function kindOf({ key }: Question): string {
  return key.slice(0, key.indexOf(' '));
}
