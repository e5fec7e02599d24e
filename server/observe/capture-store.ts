/**
 * Captured frames of a sandbox and the questions asked about them. A frame is judged once per question, when it comes in;
 * so asking every second costs only what is new.
 */
import { decodeFrame } from '../packet/decode.ts';
import { summarize, summaryLine } from '../packet/summary.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { runBpf, type BpfProgram } from './bpf.ts';
import { compileBpf } from './compile-bpf.ts';
import { filterByTshark, openDisplayFilter, type Frame } from './display-filter.ts';
import { FrameBuffer } from './frame-buffer.ts';
import type { CaptureAnswer, CapturedFrame, CaptureQuery } from './observer.ts';

const EVIDENCE_FRAMES = 5;
const MAX_QUESTIONS = 40;
/** Frames that a question with both filters keeps for tshark. */
const MAX_KEPT_FRAMES = 4000;
/** Matches that a question remembers: a flood brings tens of thousands a second for as long as a learner likes. */
const MAX_MATCHES = 20_000;
/** tshark takes a third of a second to start: it may use up to this part of the time. */
const TSHARK_SHARE = 5;
const TSHARK_MAX_PAUSE_MS = 2000;

interface Match {
  readonly number: number;
  readonly timeMs: number;
}

interface Question {
  /** Frames that match, in the order they came; the newest of a flood. */
  matches: Match[];
  /** Number of the last frame that was looked at. */
  lastSeen: number;
  /** Number of the last frame that tshark was shown. */
  lastAsked: number;
  /** Frames captured up to this moment were dropped before the question could see them, or are forgotten. */
  blindUntilMs: number;
  /** Looks at frames that came since; null where all frames have to be looked at at once. */
  readonly matchesFrame: ((frame: Frame) => boolean) | null;
  readonly tsharkFilter: string | null;
  /** What tshark is to see of the endpoint, kept longer than the endpoint's own frames; null where it sees them all. */
  readonly kept: Frame[] | null;
  notBeforeMs: number;
}

interface EndpointCapture {
  readonly buffer: FrameBuffer;
  readonly questions: Map<string, Promise<Question>>;
  readonly open: Set<Question>;
  /** The end of the last tshark run: one at a time per endpoint. */
  turn: Promise<void>;
}

export class CaptureStore {
  readonly #sandbox: Sandbox;
  readonly #isOurs: (frame: Uint8Array, timeMs: number) => boolean;
  readonly #endpoints = new Map<string, Promise<EndpointCapture>>();
  readonly #programs = new Map<string, Promise<BpfProgram>>();

  constructor(sandbox: Sandbox, isOurs: (frame: Uint8Array, timeMs: number) => boolean) {
    this.#sandbox = sandbox;
    this.#isOurs = isOurs;
  }

  /** Throws a VethlabError: `lab_invalid` for a filter that does not compile, others when the capture cannot be read. */
  async answer(query: CaptureQuery): Promise<CaptureAnswer> {
    const endpoint = await this.#endpoint(query.node, query.interface);
    const question = await this.#question(endpoint, query);
    await endpoint.buffer.sync();
    if (question.tsharkFilter === null) look(question, endpoint.buffer.frames);
    else await this.#askTshark(endpoint, question, question.tsharkFilter);
    const matches = question.matches.filter(({ timeMs }) => timeMs >= query.sinceMs);
    const { frames, lostUntilMs } = endpoint.buffer;
    return {
      count: matches.length,
      frames: matches.slice(0, EVIDENCE_FRAMES).map((match) => describeFrame(match, frames)),
      total: frames.length - firstSince(frames, query.sinceMs),
      isIncomplete: Math.max(question.blindUntilMs, isLookedAtOnce(question) ? lostUntilMs : 0) > query.sinceMs,
    };
  }

  #endpoint(node: string, interfaceName: string): Promise<EndpointCapture> {
    return remember(this.#endpoints, `${node}:${interfaceName}`, async () => {
      const files = await this.#sandbox.startCapture({ node, interface: interfaceName });
      const buffer = new FrameBuffer(files, this.#isOurs);
      const endpoint: EndpointCapture = { buffer, questions: new Map(), open: new Set(), turn: Promise.resolve() };
      buffer.onFrames = () => {
        for (const question of endpoint.open) look(question, buffer.frames);
      };
      return endpoint;
    });
  }

  async #question(endpoint: EndpointCapture, query: CaptureQuery): Promise<Question> {
    const key = JSON.stringify([query.filter, query.bpf]);
    const isNew = !endpoint.questions.has(key);
    const question = await remember(endpoint.questions, key, async (): Promise<Question> => {
      const program = query.bpf === undefined ? null : await this.#program(query.bpf);
      const filter = query.filter === undefined ? null : openDisplayFilter(query.filter);
      return {
        matches: [],
        lastAsked: 0,
        lastSeen: (endpoint.buffer.frames[0]?.number ?? 1) - 1,
        blindUntilMs: endpoint.buffer.lostUntilMs,
        tsharkFilter: filter?.by === 'tshark' ? filter.text : null,
        kept: filter?.by === 'tshark' && program ? [] : null,
        matchesFrame:
          filter?.by === 'tshark'
            ? program && ((frame) => passes(program, frame))
            : (frame) => passes(program, frame) && (filter === null || filter.matches(frame)),
        notBeforeMs: 0,
      };
    });
    if (isNew) {
      endpoint.open.add(question);
      // A lab asks a handful of questions; whoever asks more loses the memory of the oldest, not the answer.
      if (endpoint.questions.size > MAX_QUESTIONS) {
        const [oldest] = endpoint.questions;
        if (oldest) {
          endpoint.questions.delete(oldest[0]);
          endpoint.open.delete(await oldest[1]);
        }
      }
    }
    return question;
  }

  #program(expression: string): Promise<BpfProgram> {
    return remember(this.#programs, expression, () => compileBpf(this.#sandbox, expression));
  }

  async #askTshark(endpoint: EndpointCapture, question: Question, filter: string): Promise<void> {
    const turn = endpoint.turn.then(async () => {
      look(question, endpoint.buffer.frames);
      const frames = [...(question.kept ?? endpoint.buffer.frames)];
      const lastNumber = frames.at(-1)?.number ?? 0;
      if (lastNumber <= question.lastAsked) return;
      const now = Date.now();
      if (now < question.notBeforeMs) await new Promise((resolve) => setTimeout(resolve, question.notBeforeMs - now));
      const startMs = Date.now();
      const found = await filterByTshark(this.#sandbox, filter, frames);
      const took = Date.now() - startMs;
      question.notBeforeMs = Date.now() + Math.min(took * TSHARK_SHARE, TSHARK_MAX_PAUSE_MS);
      question.lastAsked = lastNumber;
      const oldest = frames[0]?.number ?? 0;
      question.matches = [
        ...question.matches.filter((match) => match.number < oldest),
        ...found.flatMap((at) => frames[at] ?? []).map(matchOf),
      ];
      forgetOldest(question);
    });
    // The next one in line goes on whatever became of this one.
    endpoint.turn = turn.catch(() => undefined);
    await turn;
  }
}

/** Frames of buffers are numbered without holes, so the first unseen one is found by its number. */
function look(question: Question, frames: readonly Frame[]): void {
  const { matchesFrame } = question;
  const first = frames[0]?.number;
  if (matchesFrame === null || first === undefined) return;
  for (let at = Math.max(0, question.lastSeen + 1 - first); at < frames.length; at += 1) {
    const frame = frames[at];
    if (!frame) break;
    if (matchesFrame(frame)) note(question, frame);
    question.lastSeen = frame.number;
  }
}

function note(question: Question, frame: Frame): void {
  if (question.kept === null) {
    question.matches.push(matchOf(frame));
    forgetOldest(question);
    return;
  }
  // A copy: the frame is a view into a chunk of megabytes, of which this may be the only one that is kept.
  question.kept.push({ ...frame, bytes: Buffer.from(frame.bytes) });
  if (question.kept.length <= MAX_KEPT_FRAMES) return;
  question.blindUntilMs = question.kept.shift()?.timeMs ?? question.blindUntilMs;
}

/** Half of them at once: a list that is cut at every frame would take the time of all. */
function forgetOldest(question: Question): void {
  if (question.matches.length <= MAX_MATCHES) return;
  const forgotten = question.matches.splice(0, question.matches.length - MAX_MATCHES / 2);
  question.blindUntilMs = Math.max(question.blindUntilMs, forgotten.at(-1)?.timeMs ?? 0);
}

/** Without the bytes, which would be kept as long as the match. */
function matchOf({ number, timeMs }: Frame): Match {
  return { number, timeMs };
}

/** Whether tshark is shown the endpoint's own frames, all at once. */
function isLookedAtOnce({ tsharkFilter, kept }: Question): boolean {
  return tsharkFilter !== null && kept === null;
}

function passes(program: BpfProgram | null, frame: Frame): boolean {
  return program === null || runBpf(program, frame.bytes, frame.length);
}

function describeFrame(match: Match, frames: readonly Frame[]): CapturedFrame {
  const frame = frames[match.number - (frames[0]?.number ?? 0)];
  if (!frame) return { ...match, length: 0, summary: 'no longer kept' };
  const summary = summaryLine(summarize(decodeFrame(frame.bytes, { originalLength: frame.length })));
  return { number: frame.number, timeMs: frame.timeMs, length: frame.length, summary };
}

function firstSince(frames: readonly Frame[], sinceMs: number): number {
  const at = frames.findIndex((frame) => frame.timeMs >= sinceMs);
  return at < 0 ? frames.length : at;
}

/** The value of the key, made once; a failure is not remembered. */
function remember<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  made.catch(() => map.delete(key));
  return made;
}
