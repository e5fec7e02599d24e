/** Shows one page what it looks at: differences only, and for a browser that lags only the newest state. */
import type { RawData, WebSocket } from 'ws';
import type { AttemptChange, LiveAttempt } from '../attempt/live-attempt.ts';
import { CLOSE_NOT_FOUND } from '../contract/frames.ts';
import { WatchRequest, type WatchFrame } from '../contract/watch.ts';
import type { Looking, Sight, Watcher } from '../observe/watch.ts';

const MAX_REQUEST_BYTES = 64 * 1024;
/** RFC 6455, 7.4.1. */
const CLOSE_PROTOCOL_ERROR = 1002;
const CLOSE_TOO_LARGE = 1009;
/** A browser that has this much to read gets nothing more; what it missed is in the next frame after. */
const HIGH_WATER_BYTES = 64 * 1024;

/** Of labs whose pictures show what is written: the browser is told nothing that would be an answer. */
const NO_INTERFACES: Sight['interfaces'] = new Map();

type StateFrame = WatchFrame & { type: 'state' };

/** Serves until the socket closes. Who may look is decided by the caller. */
export function serveWatch(socket: WebSocket, attempt: LiveAttempt): void {
  let request: WatchRequest | null = null;
  let watcher: Watcher | null = null;
  let looking: Looking | null = null;
  let shown = new Shown();
  let wasOff = false;

  const send = (frame: WatchFrame): void => socket.send(JSON.stringify(frame));

  const show = (sight: Sight): void => {
    if (!request || socket.readyState !== socket.OPEN || socket.bufferedAmount > HIGH_WATER_BYTES) return;
    const frame = shown.differences(
      attempt.lab.picture === 'planned' ? { ...sight, interfaces: NO_INTERFACES } : sight,
      request,
    );
    if (frame) send(frame);
  };

  /** Turns to the sandbox that runs, which may be another than before, or none. */
  const turn = (): void => {
    const next = attempt.run?.live?.watcher ?? null;
    if (next !== watcher) {
      looking?.[Symbol.dispose]();
      looking = null;
      watcher = next;
      shown = new Shown();
    }
    if (!request) return;
    if (!watcher) {
      if (!wasOff) send({ type: 'off' });
      wasOff = true;
      return;
    }
    wasOff = false;
    looking ??= watcher.look(show);
    looking.change(request);
  };

  socket.on('message', (data: RawData) => {
    const text = textOf(data);
    if (text.length > MAX_REQUEST_BYTES) return socket.close(CLOSE_TOO_LARGE, 'The frame is too large.');
    request = parseRequest(text);
    if (!request) return socket.close(CLOSE_PROTOCOL_ERROR, 'The frame is not a request that this server knows.');
    shown.keepOnly(request);
    turn();
  });

  const subscription = attempt.watch((change: AttemptChange) => {
    if (change.type === 'closed') socket.close(CLOSE_NOT_FOUND, 'The lab was reset.');
    else if (change.type === 'sandbox' && (attempt.run?.live?.watcher ?? null) !== watcher) turn();
  });
  socket.on('close', () => {
    subscription[Symbol.dispose]();
    looking?.[Symbol.dispose]();
  });
}

/** What a browser has been told, and what it has not been yet. */
class Shown {
  readonly #traffic = new Map<string, string>();
  readonly #interfaces = new Map<string, string>();
  readonly #counters = new Map<string, number | null>();
  #isFirst = true;
  #comparedMs: number | null = null;

  /** Null when the browser knows all of it. */
  differences(sight: Sight, request: WatchRequest): StateFrame | null {
    const frame: StateFrame = {
      type: 'state',
      isFirst: this.#isFirst,
      spanMs: this.#comparedMs === null ? 0 : Math.round(sight.atMs - this.#comparedMs),
      traffic: {},
      interfaces: {},
      counters: {},
    };
    let isNew = this.#isFirst;
    for (const endpoint of request.endpoints) {
      const traffic = sight.traffic.get(endpoint);
      if (traffic && isNews(this.#traffic, endpoint, JSON.stringify(traffic))) {
        frame.traffic[endpoint] = traffic;
        isNew = true;
      }
      const state = sight.interfaces.get(endpoint);
      if (state && isNews(this.#interfaces, endpoint, JSON.stringify(state))) {
        frame.interfaces[endpoint] = state;
        isNew = true;
      }
    }
    for (const [node, names] of Object.entries(request.counters)) {
      const counters = sight.counters.get(node);
      if (!counters) continue;
      for (const name of names) {
        const value = counters.get(name) ?? null;
        if (!isNews(this.#counters, `${node} ${name}`, value)) continue;
        (frame.counters[node] ??= {})[name] = value;
        isNew = true;
      }
    }
    this.#isFirst = false;
    this.#comparedMs = sight.atMs;
    return isNew ? frame : null;
  }

  /** What went off the screen is told anew when it comes back. */
  keepOnly({ endpoints, counters }: WatchRequest): void {
    const kept = new Set(endpoints);
    for (const map of [this.#traffic, this.#interfaces]) {
      for (const endpoint of map.keys()) if (!kept.has(endpoint)) map.delete(endpoint);
    }
    const names = new Set(Object.entries(counters).flatMap(([node, list]) => list.map((name) => `${node} ${name}`)));
    for (const key of this.#counters.keys()) if (!names.has(key)) this.#counters.delete(key);
  }
}

function isNews<T>(known: Map<string, T>, key: string, value: T): boolean {
  if (known.has(key) && known.get(key) === value) return false;
  known.set(key, value);
  return true;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}

function parseRequest(text: string): WatchRequest | null {
  try {
    return WatchRequest.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
