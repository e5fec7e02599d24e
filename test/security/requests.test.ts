/** What a hostile page or client can send: other origins, forged forms, large bodies, strange paths, too many requests. */
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AttemptView } from '../../server/contract/api.ts';
import type { TestLearner } from '../support/learner.ts';
import { outcomeOf } from '../support/learner.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';

let server: TestServer;
let ada: TestLearner;
let attempt: AttemptView;

beforeAll(async () => {
  server = await startTestServer();
  ada = await server.learner('Ada');
  ({ attempt } = await ada.openLab('basics/two-hosts'));
});
afterAll(() => server[Symbol.asyncDispose]());

/** A request whose path and headers no client library has tidied up. */
function rawRequest(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (data: string) => {
        text += data;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('requests across sites', () => {
  const changing = [
    '/start',
    '/stop',
    '/reset',
    '/extend',
    '/tasks/which/check',
    '/tasks/which/answer',
    '/tasks/which/hint',
  ];

  test.each(changing)('POST %s from another origin is refused', async (path) => {
    for (const origin of ['http://evil.example', 'null', null]) {
      const answer = await ada.request(`/api/attempts/${attempt.id}${path}`, { method: 'POST', headers: { origin } });
      expect(answer.status).toBe(403);
    }
  });

  test.each(changing)('POST %s without our header is refused: a form cannot set it', async (path) => {
    const answer = await ada.request(`/api/attempts/${attempt.id}${path}`, {
      method: 'POST',
      headers: { 'x-vethlab': null, 'content-type': 'text/plain' },
    });
    expect(answer.status).toBe(403);
  });

  test.each(['/join', '/leave'])('the form %s of another site is refused', async (path) => {
    for (const origin of ['http://evil.example', 'null', null]) {
      const answer = await ada.request(path, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'name=Mallory',
      });
      expect(answer.status).toBe(403);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect((await ada.request(`/api/attempts/${attempt.id}`)).status).toBe(200);
  });

  test('no answer lets another origin read it', async () => {
    const answer = await ada.request(`/api/attempts/${attempt.id}`, { headers: { origin: 'http://evil.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await ada.request(`/api/attempts/${attempt.id}/start`, {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example' },
    });
    expect(preflight.status).toBe(400);
    expect(preflight.headers.get('access-control-allow-headers')).toBeNull();
  });

  test('a name that was pointed at this machine gets nothing', async () => {
    expect((await rawRequest('/', { host: 'rebound.example' })).status).toBe(403);
    expect(
      await outcomeOf(
        ada.socket(`/ws/attempts/${attempt.id}`, { host: 'rebound.example', origin: 'http://rebound.example' }),
      ),
    ).toEqual({ status: 403 });
  });

  test('joining leads to no other site', async () => {
    const { headers } = await (await server.learner('x')).join('Eve', '//evil.example/');
    expect(headers.get('location')).toBe('/');
  });
});

describe('headers', () => {
  test.each(['/', '/labs/basics/two-hosts', '/nowhere', '/api/attempts/x', '/healthz'])(
    '%s is strict',
    async (path) => {
      const { headers } = await ada.request(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  test('the session cookie is out of reach of scripts and other sites, and is not cached with pages', async () => {
    const fresh = await server.learner('first');
    fresh.cookie = '';
    const [cookie = ''] = (await fresh.join('Grace')).headers.getSetCookie();
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    expect(cookie).toMatch(/^vethlab-\d+=[\w-]{43};/);
    expect((await ada.request('/labs/basics/two-hosts')).headers.get('cache-control')).toBe('no-store');
    expect((await ada.request(`/api/attempts/${attempt.id}`)).headers.get('cache-control')).toBe('no-store');
  });

  test('a session is not fixed from outside: joining with a foreign token gives a new one', async () => {
    const fresh = await server.learner('second');
    fresh.cookie = fresh.cookie.replace(/=.*/, `=${'B'.repeat(43)}`);
    const [cookie = ''] = (await fresh.join('Grace')).headers.getSetCookie();
    expect(cookie).not.toContain('B'.repeat(43));
    expect(cookie).toMatch(/=[\w-]{43};/);
  });
});

describe('pages', () => {
  test('a name is text, wherever it is shown', async () => {
    const eve = await server.learner('<img src=x onerror=alert(1)>');
    for (const path of ['/', '/labs/basics/two-hosts', '/nowhere']) {
      const { text } = await eve.request(path);
      expect(text).not.toContain('<img src=x');
      expect(text).toContain('&lt;img src=x');
    }
  });

  test('no answer, solution or check reaches the browser', async () => {
    const everything = [
      (await ada.request('/labs/basics/two-hosts')).text,
      (await ada.request(`/api/attempts/${attempt.id}`)).text,
      (await ada.request('/')).text,
    ].join('\n');
    expect(everything).not.toMatch(
      /ip address add 192|ip link set eth0 mtu|InEchos|"answer":"Internet"|IP is the internet layer|solve|wrong/,
    );
  });

  test.each([
    '/labs/basics/two-hosts/assets/../index.md',
    '/labs/basics/two-hosts/assets/..%2findex.md',
    '/labs/basics/two-hosts/assets/%2e%2e/index.md',
    '/labs/basics/two-hosts/assets/..%5cindex.md',
    '/labs/basics/two-hosts/assets//etc/passwd',
    '/labs/basics/two-hosts/assets/%2fetc%2fpasswd',
    '/labs/basics/two-hosts/assets/picture.svg%00.txt',
    '/labs/basics/two-hosts/assets/',
    '/labs/../package.json',
    '/labs/%2e%2e/%2e%2e',
    '/.vite/manifest.json',
    '/assets/../../../package.json',
    '/../server/main.ts',
  ])('%s leads to no file', async (path) => {
    const answer = await rawRequest(path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.text).not.toMatch(/topology:|"name": "vethlab"|root:x/);
  });

  test('a picture of a lab is served, and may do nothing if it is opened by itself', async () => {
    const answer = await ada.request('/labs/basics/two-hosts/assets/picture.svg');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('image/svg+xml');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  });
});

describe('limits', () => {
  test('a body that is too large, no JSON or the wrong JSON is refused with words', async () => {
    const path = `/api/attempts/${attempt.id}/tasks/which/answer`;
    const statuses = [];
    for (const body of [
      JSON.stringify({ answer: 'x'.repeat(100_000) }),
      '{',
      '[]',
      '{"answer":5}',
      JSON.stringify({ answer: 'x'.repeat(501) }),
      '"x"',
    ]) {
      const answer = await ada.request(path, { method: 'POST', body });
      statuses.push(answer.status);
      expect(JSON.parse(answer.text)).toMatchObject({ error: { message: expect.stringMatching(/\.$/) as unknown } });
    }
    expect(statuses).toEqual([413, 400, 400, 400, 400, 400]);
  });

  test('a name that is empty or too long shows the form again', async () => {
    const fresh = await server.learner('third');
    fresh.cookie = '';
    for (const name of ['', '   ', 'x'.repeat(41)]) {
      const answer = await fresh.join(name);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('role="alert"');
      expect(fresh.cookie).toBe('');
    }
  });

  test('an error tells nothing of the inside', async () => {
    const answer = await ada.request('/labs/%E0%A4%A');
    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(/node_modules|\.ts:|URIError/);
  });

  test('answers cannot be tried out by the dozen', async () => {
    const eve = await server.learner('Eve');
    const page = await eve.openLab('basics/two-hosts');
    const statuses: number[] = [];
    for (let round = 0; round < 8; round++) {
      const body = JSON.stringify({ answer: 'Link' });
      statuses.push(
        (await eve.request(`/api/attempts/${page.attempt.id}/tasks/which/answer`, { method: 'POST', body })).status,
      );
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
  });

  test('a client that makes up a new session with each request is counted by its address', async () => {
    await using other = await startTestServer();
    const learner = await other.learner('Unharmed');
    const statuses = new Set<number>();
    for (let batch = 0; batch < 13; batch++) {
      const requests = Array.from({ length: 100 }, (_, index) =>
        fetch(`${other.url}/healthz-not`, {
          headers: { cookie: `vethlab-${new URL(other.url).port}=${String(batch * 100 + index).padStart(43, 'A')}` },
        }).then(async (answer) => {
          await answer.text();
          statuses.add(answer.status);
        }),
      );
      await Promise.all(requests);
    }
    expect(statuses).toEqual(new Set([404, 429]));
    // A learner behind the same address goes on.
    expect((await learner.request('/labs/basics/alone')).status).toBe(200);
  }, 30_000);

  test('answers that are sent all at once are counted one by one, though each asks the network', async () => {
    await using other = await startTestServer(['--labs', join(import.meta.dirname, '../../labs')]);
    const hasty = await other.learner('Hasty');
    const { id } = (await hasty.openLab('orientation/who-am-i')).attempt;
    await hasty.start(id);
    const guesses = Array.from({ length: 20 }, (_, index) => {
      const body = JSON.stringify({ answer: `02:00:00:00:00:${index + 16}` });
      return hasty.request(`/api/attempts/${id}/tasks/card_number/answer`, { method: 'POST', body });
    });
    const statuses = (await Promise.all(guesses)).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  test('starts are counted per learner, and others go on', async () => {
    const eve = await server.learner('Eve');
    const page = await eve.openLab('basics/two-hosts');
    let refused = 0;
    for (let round = 0; round < 25; round++) {
      const answer = await eve.request(`/api/attempts/${page.attempt.id}/stop`, { method: 'POST' });
      if (answer.status === 429) refused++;
    }
    expect(refused).toBe(5);
    expect((await ada.request(`/api/attempts/${attempt.id}/stop`, { method: 'POST' })).status).toBe(200);
  });

  test('a socket that sends too much, or what nobody understands, is closed; one learner has no hundreds of them', async () => {
    const huge = ada.socket(`/ws/attempts/${attempt.id}`);
    huge.on('open', () => huge.send(Buffer.alloc(200_000)));
    expect(await outcomeOf(huge)).toMatchObject({ code: 1009 });
    const eve = await server.learner('Eve');
    const page = await eve.openLab('basics/alone');
    const outcomes = Array.from({ length: 45 }, () => outcomeOf(eve.socket(`/ws/attempts/${page.attempt.id}`)));
    const closed = await Promise.all(outcomes.slice(40));
    for (const outcome of closed) expect(outcome).toMatchObject({ code: 4429 });
  });
});
