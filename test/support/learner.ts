/** A learner without a browser: a cookie, the calls that the page makes, and its websockets. */
import { z } from 'zod';
import { WebSocket } from 'ws';
import { ApiError, AttemptView, LabPageData, TaskView } from '../../server/contract/api.ts';
import { LabFrame } from '../../server/contract/frames.ts';
import { LearnerTerminal } from './learner-terminal.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export class TestLearner implements Disposable {
  readonly #base: string;
  readonly #sockets: WebSocket[] = [];
  cookie = '';

  /** `url` of the server, with or without a slash at the end. */
  constructor(url: string) {
    this.#base = url.replace(/\/$/, '');
  }

  get origin(): string {
    return this.#base;
  }

  /** A request as the page would make it; `headers` replace its own, `null` leaves one out. */
  async request(
    path: string,
    init: { method?: string; body?: string; headers?: Record<string, string | null> } = {},
  ): Promise<Answer> {
    const own: Record<string, string | null> = { cookie: this.cookie || null };
    if (init.method === 'POST')
      Object.assign(own, { origin: this.#base, 'x-vethlab': '1', 'content-type': 'application/json' });
    const headers = Object.entries({ ...own, ...init.headers }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    );
    const response = await fetch(this.#base + path, {
      method: init.method ?? 'GET',
      redirect: 'manual',
      headers,
      ...(init.body === undefined ? {} : { body: init.body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  async join(name: string, next = '/'): Promise<Answer> {
    const answer = await this.request('/join', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-vethlab': null },
      body: new URLSearchParams({ name, next }).toString(),
    });
    this.cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? this.cookie;
    return answer;
  }

  leave(): Promise<Answer> {
    return this.request('/leave', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: '',
    });
  }

  /** Opens the lesson page and reads what the page's script would. */
  async openLab(id: string): Promise<LabPageData> {
    const { text, status } = await this.request(`/labs/${id}`);
    const json = /<script type="application\/json" id="lab-data">(.*?)<\/script>/s.exec(text)?.[1];
    if (json === undefined) throw new Error(`The lab page has no data (status ${status}).`);
    return LabPageData.parse(JSON.parse(json));
  }

  /** A call of the API; a failure is thrown with its status. */
  async call<T>(schema: z.ZodType<T>, attempt: string, path: string, body?: unknown): Promise<T> {
    const method = path === '' ? 'GET' : 'POST';
    const answer = await this.request(`/api/attempts/${attempt}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status >= 400) {
      const { error } = ApiError.parse(JSON.parse(answer.text));
      throw new Error(`${answer.status} ${error.code}: ${error.message}`);
    }
    return schema.parse(JSON.parse(answer.text));
  }

  view(attempt: string): Promise<AttemptView> {
    return this.call(AttemptView, attempt, '');
  }

  async start(attempt: string, deadlineMs = 20_000): Promise<AttemptView> {
    await this.call(AttemptView, attempt, '/start');
    return this.waitFor(attempt, (view) => view.sandbox.state !== 'starting', deadlineMs);
  }

  check(attempt: string, task: string): Promise<TaskView> {
    return this.call(TaskView, attempt, `/tasks/${task}/check`);
  }

  answer(attempt: string, task: string, answer: string | string[]): Promise<TaskView> {
    return this.call(TaskView, attempt, `/tasks/${task}/answer`, { answer });
  }

  /** Asks again and again until the view is as wanted. */
  async waitFor(
    attempt: string,
    isAsWanted: (view: AttemptView) => boolean,
    deadlineMs = 10_000,
  ): Promise<AttemptView> {
    const until = performance.now() + deadlineMs;
    for (;;) {
      const view = await this.view(attempt);
      if (isAsWanted(view)) return view;
      if (performance.now() > until)
        throw new Error(`The attempt did not become as wanted: ${JSON.stringify(view, null, 1)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  socket(path: string, headers: Record<string, string> = {}): WebSocket {
    const socket = new WebSocket(this.#base.replace('http', 'ws') + path, {
      perMessageDeflate: false,
      headers: { origin: this.#base, ...(this.cookie ? { cookie: this.cookie } : {}), ...headers },
    });
    socket.on('error', () => {});
    this.#sockets.push(socket);
    return socket;
  }

  /** Watches an attempt as an open page does. */
  watch(attempt: string): { frames: LabFrame[]; socket: WebSocket } {
    const socket = this.socket(`/ws/attempts/${attempt}`);
    const frames: LabFrame[] = [];
    socket.on('message', (data: Buffer) => frames.push(LabFrame.parse(JSON.parse(data.toString()))));
    return { frames, socket };
  }

  terminal(attempt: string, node: string, index = 0): LearnerTerminal {
    return new LearnerTerminal(this.socket(`/ws/attempts/${attempt}/terminals/${node}/${index}?columns=80&rows=24`));
  }

  [Symbol.dispose](): void {
    for (const socket of this.#sockets) socket.terminate();
  }
}

/** How the server ended or refused a websocket: the HTTP status of a refusal, or the code of the close frame. */
export function outcomeOf(
  socket: WebSocket,
): Promise<{ status: number } | { code: number; reason: string; messages: number }> {
  return new Promise((resolve) => {
    let messages = 0;
    socket.on('message', () => messages++);
    socket.on('unexpected-response', (_request, response) => resolve({ status: response.statusCode ?? 0 }));
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString(), messages }));
  });
}
