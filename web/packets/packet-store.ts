/**
 * The packets of one figure: the last thousand that match, drawn at most once per frame of the screen. Asks the server only
 * while the figure is seen, the network runs and nobody pressed stop; out of sight it has the capture go on, and catches up
 * when it is seen again. Before a network has run, those of the lab's example.
 */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import { decodeFrame } from '../../server/packet/decode.ts';
import type { PacketHeader, PacketNotice } from '../../server/contract/packets.ts';
import { compileFilter, type CompiledFilter, type FilterProblem } from '../../server/packet/filter.ts';
import type { PacketRecord } from '../../server/packet/pcap.ts';
import type { RecordingPlayer } from '../recording/recording-player.ts';
import type { Packet, Trail } from './packet.ts';
import { PacketSocket } from './packet-socket.ts';
import { recordedTrail } from './recorded-trail.ts';
import { Relations, type Relation } from './relations.ts';

export const MOST_PACKETS = 1000;
/** Longer than reading all captures takes. */
const ANSWER_MS = 8000;

export interface PacketOptions {
  /** Null for a visitor: only the example is shown. */
  readonly attemptId: string | null;
  readonly recording: RecordingPlayer | null;
  /** As `r1:eth0`. */
  readonly endpoint: string;
  readonly filter: string;
  readonly bpf: string;
}

export class PacketStore {
  readonly packets = signal<readonly Packet[]>([]);
  readonly selected = signal<Packet | null>(null);
  /** Packets that came and went unseen: too many at once, or older than the last thousand. */
  readonly skipped = signal(0);
  readonly dropped = signal(0);
  readonly isGap = signal(false);
  /** The learner wants to see what comes. */
  readonly isRunning = signal(true);
  readonly endpoint = signal('');
  readonly filter = signal('');
  /** The filter has fields that only tshark knows: the server asks it, every other second. */
  readonly isByTshark = signal(false);
  readonly problem = signal<FilterProblem | null>(null);
  readonly refusal = signal<string | null>(null);
  readonly trail = signal<Trail | 'asked' | null>(null);
  /** The packets are those of the example. */
  readonly isRecorded = signal(false);
  readonly isOn: ReadonlySignal<boolean>;
  readonly #isReady = signal(false);
  readonly #isSeen = signal(false);
  readonly #options: PacketOptions;
  readonly #socket: PacketSocket | null;
  readonly #relations = new Relations();
  #hasBeenSeen = false;
  #matches: CompiledFilter | null = null;
  #pending: Packet[] = [];
  #pendingSkipped = 0;
  #frame = 0;
  #lastNumber = 0;
  #firstMs = 0;
  /** Capture time up to which packets are known, or were cleared. */
  #knownMs = 0;
  #question = 0;
  readonly #asked = new Map<number, { of: Packet; settle: (trail: Trail | null) => void }>();

  constructor(options: PacketOptions) {
    this.#options = options;
    this.endpoint.value = options.endpoint;
    this.isOn = computed(() => this.#isReady.value && this.isRunning.value);
    const { attemptId } = options;
    this.#socket =
      attemptId === null
        ? null
        : new PacketSocket(attemptId, {
            onOpen: () => this.#look(),
            onPackets: (header, records) => this.#receive(header, records),
            onNotice: (notice) => this.#hear(notice),
          });
    const compiled = compileFilter(options.filter);
    if (compiled.ok) {
      this.filter.value = options.filter;
      this.#matches = options.filter === '' ? null : compiled;
    }
  }

  /** `isReady`: the network runs. `isSeen`: the figure is on the screen. */
  setState(isReady: boolean, isSeen: boolean): void {
    // Another network counts its time on, so the packets of the one before stay in the list.
    this.#isReady.value = isReady;
    const isTurn = this.#isSeen.peek() !== isSeen;
    this.#isSeen.value = isSeen;
    this.#hasBeenSeen ||= isSeen;
    if (isReady && this.isRecorded.peek()) {
      this.isRecorded.value = false;
      this.#empty(0);
    }
    this.#socket?.setWanted(isReady && this.#hasBeenSeen);
    if (isTurn) this.#look();
    if (!isReady && isSeen) void this.#showExample();
  }

  /** When the first packet of this list was captured, which may have left it. */
  get firstMs(): number {
    return this.#firstMs;
  }

  /** The packets that belong to one of the list. */
  relationsOf(packet: Packet): readonly Relation[] {
    return this.#relations.of(packet);
  }

  async #showExample(): Promise<void> {
    const { recording } = this.#options;
    if (!recording) return;
    await recording.load();
    // What the learner's own network left behind is worth more.
    if (this.#isReady.peek() || (this.packets.peek().length > 0 && !this.isRecorded.peek())) return;
    if (this.isRecorded.peek() || recording.packets.size === 0) return;
    this.isRecorded.value = true;
    this.#refill();
  }

  #refill(): void {
    this.#empty(0);
    this.#take(this.#options.recording?.packets.get(this.endpoint.peek()) ?? []);
  }

  setRunning(isRunning: boolean): void {
    this.isRunning.value = isRunning;
    // What passed meanwhile is not what the learner asked to see.
    if (isRunning) this.#knownMs = Math.max(this.#knownMs, Date.now());
    this.#look();
  }

  /** True when the filter is in force; otherwise `problem` says what is wrong with it, and the one before stays. */
  setFilter(text: string): boolean {
    const compiled = compileFilter(text);
    const isForTshark = !compiled.ok && compiled.reason === 'unknown_field' && this.#canAskTshark;
    this.problem.value = compiled.ok || isForTshark ? null : compiled;
    if (!compiled.ok && !isForTshark) return false;
    if (text === this.filter.value) return true;
    this.filter.value = text;
    this.isByTshark.value = isForTshark;
    this.#matches = text.trim() === '' || !compiled.ok ? null : compiled;
    if (this.isRecorded.peek()) this.#refill();
    else this.#empty(0);
    this.#look();
    return true;
  }

  /** A recorded example has no tshark behind it. */
  get #canAskTshark(): boolean {
    return this.#socket !== null && !this.isRecorded.peek();
  }

  setEndpoint(endpoint: string): void {
    this.endpoint.value = endpoint;
    if (this.isRecorded.peek()) this.#refill();
    else this.#empty(0);
    this.#look();
  }

  clear(): void {
    const latestMs = this.packets.value.at(-1)?.timeMs ?? 0;
    this.#empty(Math.max(this.#knownMs, latestMs));
  }

  select(packet: Packet | null): void {
    if (packet !== this.selected.value) this.trail.value = null;
    this.selected.value = packet;
  }

  /** Asks where else the packet passed; the answer comes to `trail`. */
  follow(packet: Packet): void {
    this.trail.value = 'asked';
    void this.trailOf(packet).then((trail) => {
      if (packet === this.selected.peek()) this.trail.value = trail;
    });
  }

  /** Where else a packet passed; null where nobody can say now. */
  trailOf(packet: Packet): Promise<Trail | null> {
    const { recording } = this.#options;
    if (this.isRecorded.peek() && recording) return Promise.resolve(recordedTrail(packet, recording.packets));
    const { promise, resolve } = Promise.withResolvers<Trail | null>();
    const id = ++this.#question;
    const frame = btoa(String.fromCharCode(...packet.bytes));
    const isAsked = this.#socket?.ask({ type: 'find', id, frame, timeMs: packet.timeMs }) ?? false;
    if (!isAsked) return Promise.resolve(null);
    const settle = (trail: Trail | null): void => {
      clearTimeout(timer);
      this.#asked.delete(id);
      resolve(trail);
    };
    // The server answers one question at a time, and none while the network goes.
    const timer = setTimeout(() => settle(null), ANSWER_MS);
    this.#asked.set(id, { of: packet, settle });
    return promise;
  }

  #look(): void {
    this.refusal.value = null;
    if (!this.isRunning.value) {
      this.#socket?.ask({ type: 'stop' });
      return;
    }
    this.#socket?.ask({
      type: 'look',
      endpoint: this.endpoint.value,
      filter: this.filter.value,
      bpf: this.#options.bpf,
      afterMs: this.#knownMs,
    });
    if (!this.#isSeen.peek()) this.#socket?.ask({ type: 'rest' });
  }

  #receive(header: PacketHeader, records: readonly PacketRecord[]): void {
    if (header.type === 'found') return this.#found(header, records);
    if (header.endpoint !== this.endpoint.value) return;
    if (header.isGap) this.isGap.value = true;
    this.#pendingSkipped += header.skipped;
    this.#take(records);
  }

  #take(records: readonly Pick<PacketRecord, 'timeMs' | 'length' | 'bytes'>[]): void {
    for (const { timeMs, length, bytes } of records) {
      if (timeMs <= this.#knownMs) continue;
      this.#knownMs = timeMs;
      if (this.#matches && !this.#matches.matches(bytes, { length, timeMs })) continue;
      if (this.#lastNumber === 0) this.#firstMs = timeMs;
      this.#pending.push({ number: ++this.#lastNumber, timeMs, length, bytes });
    }
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = 0;
    const all = [...this.packets.value, ...this.#pending];
    const excess = Math.max(0, all.length - MOST_PACKETS);
    const oldest = all[excess]?.number ?? 0;
    for (const packet of this.#pending) {
      const { bytes, length, timeMs } = packet;
      if (packet.number >= oldest)
        this.#relations.add(
          packet,
          decodeFrame(bytes, { originalLength: length, timeMs, verifyChecksums: false }),
          oldest,
        );
    }
    batch(() => {
      if (this.#pending.length > 0) this.packets.value = excess > 0 ? all.slice(excess) : all;
      this.skipped.value += this.#pendingSkipped;
      this.dropped.value += excess;
    });
    this.#pending = [];
    this.#pendingSkipped = 0;
  }

  #found(header: PacketHeader & { type: 'found' }, records: readonly PacketRecord[]): void {
    const asked = this.#asked.get(header.id);
    if (!asked) return;
    let at = 0;
    const passed = header.passed.map(({ endpoint, count }) => {
      const packets = records.slice(at, at + count).map(({ timeMs, length, bytes }) => ({ timeMs, length, bytes }));
      at += count;
      return { endpoint, packets };
    });
    asked.settle({ of: asked.of, passed, absent: header.absent, late: header.late });
  }

  #hear(notice: PacketNotice): void {
    if (notice.type === 'refused') this.refusal.value = [notice.message, notice.hint].filter(Boolean).join(' ');
    if (notice.type === 'refused') for (const { settle } of this.#asked.values()) settle(null);
  }

  #empty(knownMs: number): void {
    this.#pending = [];
    this.#pendingSkipped = 0;
    this.#relations.clear();
    this.#lastNumber = 0;
    this.#knownMs = knownMs;
    batch(() => {
      this.packets.value = [];
      this.skipped.value = 0;
      this.dropped.value = 0;
      this.isGap.value = false;
      this.select(null);
    });
  }
}
