/**
 * The pages with made-up attempts in any state, for looking at them and for tests of the page alone: real lessons, real
 * scripts, no sandbox. `?state=` chooses one of `SAMPLE_STATES`. What the server really does is tested end to end elsewhere.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import type { AttemptView } from '../../server/contract/api.ts';
import type { LabFrame } from '../../server/contract/frames.ts';
import { loadCourse } from '../../server/course/load-course.ts';
import { loadAssets } from '../../server/http/pages/assets.ts';
import { errorPage } from '../../server/http/pages/error-page.ts';
import { homePage } from '../../server/http/pages/home-page.ts';
import { labPage } from '../../server/http/pages/lab-page.ts';
import type { LabSummaryModel, ShellModel } from '../../server/http/pages/models.ts';
import { sampleAttempt, type SampleState } from './sample-attempts.ts';

export interface PageHarness extends AsyncDisposable {
  readonly url: string;
  readonly labIds: readonly string[];
  /** Sends a frame to every page that listens. */
  send(frame: LabFrame): void;
  /** Ends the sockets and refuses new ones until `online` is true again. */
  setOnline(online: boolean): void;
}

const ROOT = join(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist/web');
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', map: 'application/json' };
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

/** `dist/web` has to be built. */
export async function startPageHarness(port = 0): Promise<PageHarness> {
  const { course } = await loadCourse(join(ROOT, 'labs'));
  const assets = loadAssets(join(DIST, '.vite/manifest.json'));
  const labs = course.modules.flatMap((module) => module.labs.map((lab) => ({ module, lab })));
  let isOnline = true;

  const shell = (path: string, hasJoined: boolean): ShellModel => ({
    courseTitle: course.title,
    language: 'en',
    languages: ['en'],
    learner: hasJoined ? { name: 'Ada' } : null,
    progress: hasJoined ? { earned: 7, possible: 22 } : null,
    path,
    assets,
    nowMs: Date.now(),
  });

  const home = (state: string): string => {
    const summaries = labs.map(({ lab }, index): LabSummaryModel => {
      const progress =
        state === 'progress'
          ? (
              [
                ['done', 9],
                ['started', 3],
                ['new', 0],
              ] as const
            )[index]
          : undefined;
      const possible = lab.resolve('sample').tasks.reduce((sum, task) => sum + task.points, 0);
      return {
        ...lab,
        state: progress?.[0] ?? 'new',
        points: { earned: progress?.[0] === 'done' ? possible : (progress?.[1] ?? 0), possible },
      };
    });
    return homePage({
      shell: shell('/', state === 'progress' || state === 'fresh'),
      summary: course.summary,
      modules: course.modules.map(({ id, title, summary, labs: own }) => {
        const ids = new Set(own.map((lab) => lab.id));
        return { id, title, summary, labs: summaries.filter((lab) => ids.has(lab.id)) };
      }),
      ...(state === 'refused' ? { join: { name: '', message: 'Write a name.' } } : {}),
    });
  };

  const labOf = (id: string, state: string): string | null => {
    const index = labs.findIndex(({ lab }) => lab.id === id);
    const found = labs[index];
    if (!found) return null;
    const resolved = found.lab.resolve('sample');
    const attempt: AttemptView | null = state === 'visitor' ? null : sampleAttempt(resolved, state as SampleState);
    return labPage({
      shell: shell(`/labs/${id}`, attempt !== null),
      module: found.module,
      lab: { ...found.lab, ...resolved, html: resolved.lesson.html() },
      recording: null,
      topology: {
        nodes: resolved.topology.nodes.map(({ name, kind }) => ({ name, kind })),
        links: resolved.topology.links.map(({ endpoints: [a, b], mtu }) => ({
          endpoints: [
            { node: a.node, interface: a.interface, addresses: [...a.ipv4, ...a.ipv6] },
            { node: b.node, interface: b.interface, addresses: [...b.ipv4, ...b.ipv6] },
          ],
          mtu,
        })),
      },
      attempt,
      isLastForCertificate: false,
      previous: labs[index - 1]?.lab ?? null,
      next: labs[index + 1]?.lab ?? null,
    });
  };

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://harness');
    const state = url.searchParams.get('state') ?? 'new';
    if (url.pathname.startsWith('/assets/')) {
      const body = await readFile(join(DIST, url.pathname.replaceAll('..', '')));
      response
        .writeHead(200, { 'content-type': TYPES[url.pathname.split('.').at(-1) ?? ''] ?? 'text/plain' })
        .end(body);
      return;
    }
    if (url.pathname.startsWith('/api/')) {
      const [, labId, sample, task] =
        /^\/api\/attempts\/(.*)~(\w+)\/tasks\/([^/]+)\/check$/.exec(decodeURIComponent(url.pathname)) ?? [];
      const checked = labs.find(({ lab }) => lab.id === labId)?.lab.resolve('sample');
      if (checked) {
        const view = sampleAttempt(checked, sample as SampleState).tasks.find(({ name }) => name === task);
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(view));
        return;
      }
      const body = { error: { code: 'capacity', message: 'This is only a sample.', hint: 'Nothing is behind it.' } };
      response.writeHead(503, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    const page = url.pathname === '/' ? home(state) : labOf(url.pathname.replace('/labs/', ''), state);
    const missing = {
      status: 404,
      message: `There is nothing at ${url.pathname}.`,
      hint: 'Perhaps the lab was renamed.',
    };
    response
      .writeHead(page === null ? 404 : 200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': CSP,
      })
      .end(page ?? errorPage({ shell: shell(url.pathname, true), ...missing }));
  };

  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (!isOnline) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      const [, labId = '', state = ''] = /attempts\/([^?]*)~([^?]*)/.exec(decodeURIComponent(request.url ?? '')) ?? [];
      const found = labs.find(({ lab }) => lab.id === labId);
      if (!found || request.url?.includes('/terminals/')) return;
      const attempt = sampleAttempt(found.lab.resolve('sample'), state as SampleState);
      client.send(JSON.stringify({ type: 'attempt', attempt, nowMs: Date.now() } satisfies LabFrame));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    labIds: labs.map(({ lab }) => lab.id),
    send: (frame) => sockets.clients.forEach((client) => client.send(JSON.stringify(frame))),
    setOnline: (online) => {
      isOnline = online;
      if (!online) sockets.clients.forEach((client) => client.terminate());
    },
    [Symbol.asyncDispose]: async () => {
      sockets.clients.forEach((client) => client.terminate());
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const harness = await startPageHarness(Number(process.argv[2] ?? 8099));
  console.log(harness.url);
}
