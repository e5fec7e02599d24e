/** Shows one page the packets of one interface: never more than it can take, and what it misses is counted. */
import type { RawData, WebSocket } from 'ws';
import type { AttemptChange, LiveAttempt } from '../attempt/live-attempt.ts';
import { toVethlabError } from '../base/errors.ts';
import { inWords, say, type Said } from '../base/sentence.ts';
import { CLOSE_NOT_FOUND } from '../contract/frames.ts';
import { PacketRequest, type PacketHeader, type PacketNotice } from '../contract/packets.ts';
import { HeldCaptures } from '../observe/held-captures.ts';
import type { PacketFeed, PacketLooking } from '../observe/packet-feed.ts';
import type { FeedFrame } from '../observe/feed-frame.ts';
import { followPacket } from '../observe/packet-trail.ts';
import { pcapRecord } from '../packet/pcap-write.ts';
import { Allowance } from './allowance.ts';
import type { Language } from '../contract/language.ts';

const MAX_REQUEST_BYTES = 64 * 1024;
/** RFC 6455, 7.4.1. */
const CLOSE_PROTOCOL_ERROR = 1002;
const CLOSE_TOO_LARGE = 1009;
/** A browser that has this much to read gets nothing more. */
const HIGH_WATER_BYTES = 1024 * 1024;
/** Looks that are being opened: each may start programs in the sandbox. Of those asked for meanwhile only the last is opened. */
const MAX_OPENING = 3;

type LookRequest = PacketRequest & { type: 'look' };
type FindRequest = PacketRequest & { type: 'find' };

/** Serves until the socket closes. Who may look is decided by the caller. */
export function servePackets(socket: WebSocket, attempt: LiveAttempt, language: Language): void {
  const channel = new PacketChannel(socket, attempt, language);
  socket.on('message', (data: RawData) => channel.receive(data));
  const subscription = attempt.watch((change: AttemptChange) => {
    if (change.type === 'closed') socket.close(CLOSE_NOT_FOUND, 'The lab was reset.');
    else if (change.type === 'sandbox') channel.turn();
  });
  socket.on('close', () => {
    subscription[Symbol.dispose]();
    channel.stop();
  });
}

class PacketChannel {
  readonly #socket: WebSocket;
  readonly #attempt: LiveAttempt;
  readonly #language: Language;
  #request: LookRequest | null = null;
  #feed: PacketFeed | null = null;
  #looking: PacketLooking | null = null;
  #isResting = false;
  /** Of the places where packets were looked for. */
  #held: HeldCaptures | null = null;
  /** Grows with each look: an answer to an old one is not shown. */
  #turn = 0;
  #opening = 0;
  #isWaiting = false;
  #skipped = 0;
  #allowance = new Allowance();
  #isFinding = false;

  constructor(socket: WebSocket, attempt: LiveAttempt, language: Language) {
    this.#socket = socket;
    this.#language = language;
    this.#attempt = attempt;
  }

  receive(data: RawData): void {
    const text = textOf(data);
    if (text.length > MAX_REQUEST_BYTES) return this.#socket.close(CLOSE_TOO_LARGE, 'The frame is too large.');
    const request = parseRequest(text);
    if (!request) {
      return this.#socket.close(CLOSE_PROTOCOL_ERROR, 'The frame is not a request that this server knows.');
    }
    switch (request.type) {
      case 'look':
        this.#request = request;
        this.#isResting = false;
        void this.#look();
        return;
      case 'rest':
        this.#isResting = true;
        this.#looking?.rest();
        return;
      case 'stop':
        this.stop();
        return;
      case 'find':
        void this.#find(request);
    }
  }

  /** The sandbox may be another than before, or none. */
  turn(): void {
    if (this.#request && (this.#attempt.run?.live?.packets ?? null) !== this.#feed) void this.#look();
  }

  stop(): void {
    this.#request = null;
    this.#letGo();
  }

  #letGo(): void {
    this.#end();
    this.#held?.[Symbol.dispose]();
    this.#held = null;
  }

  #end(): void {
    this.#turn += 1;
    this.#looking?.[Symbol.dispose]();
    this.#looking = null;
    this.#feed = null;
  }

  async #look(): Promise<void> {
    const feed = this.#attempt.run?.live?.packets ?? null;
    if (feed === this.#feed) this.#end();
    // Another sandbox, or none: what was held went with the one before.
    else this.#letGo();
    const turn = this.#turn;
    const request = this.#request;
    if (!request) return;
    if (!feed) return this.#tell({ type: 'off' });
    this.#isWaiting = this.#opening >= MAX_OPENING;
    if (this.#isWaiting) return;
    this.#feed = feed;
    this.#skipped = 0;
    this.#tell({ type: 'on' });
    this.#opening += 1;
    try {
      const looking = await feed.look(
        request,
        (frames, isGap) => {
          if (turn === this.#turn) this.#show(request.endpoint, frames, isGap);
        },
        (error) => {
          if (turn === this.#turn) this.#refuse(error);
        },
      );
      if (turn !== this.#turn) return looking[Symbol.dispose]();
      this.#looking = looking;
      if (this.#isResting) looking.rest();
    } catch (thrown) {
      if (turn === this.#turn) this.#refuse(thrown);
    } finally {
      this.#opening -= 1;
      if (this.#isWaiting) void this.#look();
    }
  }

  #show(endpoint: string, frames: readonly FeedFrame[], isGap: boolean): void {
    const isLagging = this.#socket.bufferedAmount > HIGH_WATER_BYTES;
    // The newest are the ones to see.
    const shown = isLagging ? [] : this.#allowance.take(frames);
    this.#skipped += frames.length - shown.length;
    if (this.#socket.readyState !== this.#socket.OPEN || isLagging || (frames.length === 0 && !isGap)) return;
    // Told without a packet, too: these may have been the last of a flood.
    this.#send({ type: 'packets', endpoint, skipped: this.#skipped, isGap }, shown);
    this.#skipped = 0;
  }

  async #find({ id, frame, timeMs }: FindRequest): Promise<void> {
    const sandbox = this.#attempt.run?.live?.sandbox;
    // It reads all captures: one question at a time.
    if (!sandbox || this.#isFinding) return;
    this.#isFinding = true;
    this.#held ??= new HeldCaptures(sandbox);
    try {
      const trail = await followPacket(sandbox, this.#held, Buffer.from(frame, 'base64'), timeMs);
      if (this.#socket.readyState !== this.#socket.OPEN) return;
      const passed = trail.passed.map(({ endpoint, frames }) => ({ endpoint, count: frames.length }));
      const frames = trail.passed.flatMap((each) => each.frames);
      this.#send({ type: 'found', id, passed, absent: trail.absent, late: trail.late }, frames);
    } catch (thrown) {
      this.#refuse(thrown);
    } finally {
      this.#isFinding = false;
    }
  }

  #send(header: PacketHeader, frames: readonly FeedFrame[]): void {
    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    this.#socket.send(Buffer.concat([length, text, ...frames.map((frame) => pcapRecord(frame))]));
  }

  #tell(notice: PacketNotice): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(notice));
  }

  #refuse(thrown: unknown): void {
    const { code, said, saidHint } = toVethlabError(thrown);
    const words = (one: Said): string => inWords(one, this.#language);
    if (code === 'unexpected')
      return this.#tell({ type: 'refused', message: words(say('The packets could not be read.')) });
    this.#tell({
      type: 'refused',
      message: words(said),
      ...(saidHint === undefined ? {} : { hint: words(saidHint) }),
    });
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}

function parseRequest(text: string): PacketRequest | null {
  try {
    return PacketRequest.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
