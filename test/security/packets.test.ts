/** Packets of a real sandbox as pages get them: live, bounded, owned, found again elsewhere, and as a file. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AttemptView } from '../../server/contract/api.ts';
import { compileFilter } from '../../server/packet/filter.ts';
import { readFormat, readRecords } from '../../server/packet/pcap.ts';
import type { TestLearner } from '../support/learner.ts';
import { outcomeOf } from '../support/learner.ts';
import { PacketWatcher } from '../support/packet-watcher.ts';
import type { TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { until } from '../support/until.ts';

const LABS = join(import.meta.dirname, '../../labs');

let server: TestServer;
let ada: TestLearner;
let attempt: AttemptView;

beforeAll(async () => {
  server = await startTestServer(['--labs', LABS]);
  ada = await server.learner('Ada');
  ({ attempt } = await ada.openLab('size-matters/fragments-on-the-wire'));
  attempt = await ada.start(attempt.id);
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

const watcher = (): PacketWatcher => new PacketWatcher(ada.socket(`/ws/attempts/${attempt.id}/packets`));

function look(endpoint: string, filter = '', afterMs = 0) {
  return { type: 'look', endpoint, filter, bpf: '', afterMs } as const;
}

async function type(node: string, line: string): Promise<void> {
  const terminal = ada.terminal(attempt.id, node);
  await terminal.see(/root@/);
  terminal.type(`${line}; echo do''ne\n`);
  await terminal.see(/done/, 20_000);
}

describe('the packet channel', () => {
  test('shows what passes, and only what the filter lets through', async () => {
    const all = watcher();
    const requests = watcher();
    await all.ask(look('h1:eth0'));
    await requests.ask(look('h1:eth0', 'icmp.type == 8'));
    await type('h1', 'ping -c 3 -i 0.05 r1');
    await until(() => requests.records.length >= 3, 'three requests');
    await until(() => all.records.length >= 6, 'requests and replies');
    const isRequest = compileFilter('icmp.type == 8');
    expect(requests.records.every(({ bytes }) => isRequest.ok && isRequest.matches(bytes))).toBe(true);
    expect(requests.skipped).toBe(0);
  });

  test('asks tshark where a filter has fields that only it knows, and tells what it refuses', async () => {
    const text = 'icmp.type == 8 && frame.protocols contains "icmp"';
    expect(compileFilter(text)).toMatchObject({ ok: false, reason: 'unknown_field' });
    const page = watcher();
    await page.ask(look('h1:eth0', text, Date.now()));
    await until(() => page.notices.some((notice) => notice.type === 'on'), 'it is looking');
    await type('h1', 'ping -c 2 -i 0.05 r1');
    await until(() => page.records.length >= 2, 'two requests', 20_000);
    const isRequest = compileFilter('icmp.type == 8');
    expect(page.records.every(({ bytes }) => isRequest.ok && isRequest.matches(bytes))).toBe(true);
    await page.ask(look('h1:eth0', 'nosuch.field == 1'));
    await until(() => page.notices.some((notice) => notice.type === 'refused'), 'tshark refuses it', 20_000);
    const refusal = page.notices.find((notice) => notice.type === 'refused');
    expect(refusal?.message).toContain('nosuch.field');
  });

  test('goes on where a page left off', async () => {
    const first = watcher();
    await first.ask(look('h1:eth0', 'icmp', Date.now()));
    await type('h1', 'ping -c 1 r1');
    await until(() => first.records.length >= 2, 'a request and a reply');
    const lastMs = first.records.at(-1)?.timeMs ?? 0;
    first.socket.terminate();
    await type('h1', 'ping -c 1 r1');
    const second = watcher();
    await second.ask(look('h1:eth0', 'icmp', lastMs));
    await until(() => second.records.length >= 2, 'only what came since');
    expect(second.records).toHaveLength(2);
    expect(second.records[0]?.timeMs).toBeGreaterThan(lastMs);
  });

  test('reads nothing while it rests, and catches up with the next look', async () => {
    const page = watcher();
    await page.ask(look('h2:eth0', 'icmp', Date.now()));
    await until(() => page.notices.some((notice) => notice.type === 'on'), 'it is looking');
    await type('h1', 'ping -c 1 h2');
    await until(() => page.records.length >= 2, 'a request and a reply');
    const lastMs = page.records.at(-1)?.timeMs ?? 0;
    await page.ask({ type: 'rest' });
    await type('h1', 'ping -c 1 h2');
    // Another page sees it: what rests would have been told with it.
    const other = watcher();
    await other.ask(look('h2:eth0', 'icmp', lastMs));
    await until(() => other.records.length >= 2, 'the same at another page');
    expect(page.records).toHaveLength(2);
    await page.ask(look('h2:eth0', 'icmp', lastMs));
    await until(() => page.records.length >= 4, 'what came meanwhile');
  });

  test('counts what it does not show of a flood', async () => {
    const page = watcher();
    await page.ask(look('h1:eth0', 'icmp', Date.now()));
    await type('h1', 'ping -q -f -c 6000 r1');
    await until(() => page.records.length + page.skipped >= 11_900, 'all packets, shown or counted', 20_000);
    expect(page.skipped).toBeGreaterThan(0);
    expect(page.records.length).toBeGreaterThan(900);
  });

  test('refuses an interface that the lab lacks, and a capture filter that tcpdump refuses', async () => {
    const page = watcher();
    await page.ask(look('h1:eth9'));
    await until(() => page.notices.find(({ type }) => type === 'refused'), 'a refusal');
    await page.ask({ ...look('h1:eth0'), bpf: 'no such; touch /tmp/no' });
    await until(() => page.notices.filter(({ type }) => type === 'refused').length === 2, 'another refusal');
    expect(JSON.stringify(page.notices)).toContain('tcpdump');
  });

  test('opens only a few looks at once, however many are asked for, and the last one in the end', async () => {
    const page = watcher();
    const opened = (): number => readdirSync('/proc/self/fd').length;
    await page.ask(look('h1:eth0'));
    await until(() => page.notices.some((notice) => notice.type === 'on'), 'it is looking');
    const before = opened();
    const startMs = Date.now();
    for (let port = 1; port <= 1000; port++) void page.ask({ ...look('h1:eth0'), bpf: `udp port ${port}` });
    await page.ask({ ...look('h1:eth0', '', startMs), bpf: 'icmp' });
    let most = 0;
    await type('h1', 'ping -c 2 -i 0.05 r1');
    await until(() => {
      most = Math.max(most, opened());
      return page.records.some(({ timeMs }) => timeMs > startMs);
    }, 'what the last look asks for');
    expect(most - before).toBeLessThan(40);
  });

  test('belongs to its learner', async () => {
    const eve = await server.learner('Eve');
    const path = `/ws/attempts/${attempt.id}/packets`;
    expect(await outcomeOf(eve.socket(path))).toMatchObject({ code: expect.any(Number), messages: 0 });
    expect(await outcomeOf(ada.socket(path, { origin: 'http://evil.example' }))).toEqual({ status: 403 });
    const file = await eve.request(`/api/attempts/${attempt.id}/captures/h1/eth0.pcapng`);
    expect([403, 404]).toContain(file.status);
  });

  test('closes on what is no request', async () => {
    const page = ada.socket(`/ws/attempts/${attempt.id}/packets`);
    page.once('open', () => page.send('{"type":"look"}'));
    expect(await outcomeOf(page)).toMatchObject({ code: 1002 });
  });
});

describe('a packet on its way', () => {
  test('is found at every interface, in pieces where it was cut', async () => {
    const page = watcher();
    await page.ask({ type: 'find', id: 1, frame: btoa('0'.repeat(60)), timeMs: Date.now() });
    await until(() => page.messages.find(({ header }) => header.type === 'found'), 'captures everywhere');
    await type('r1', 'ip link set eth1 mtu 700');
    await page.ask(look('h1:eth0', 'icmp.type == 8', Date.now()));
    const startMs = Date.now();
    await type('h1', 'ping -c 1 -s 1400 -M dont h2');
    const record = await until(() => page.records.find(({ timeMs }) => timeMs >= startMs), 'the request');
    const frame = Buffer.from(record.bytes).toString('base64');
    await page.ask({ type: 'find', id: 2, frame, timeMs: record.timeMs });
    const found = await until(
      () => page.messages.find(({ header }) => header.type === 'found' && header.id === 2),
      'where it passed',
    );
    const { header } = found;
    if (header.type !== 'found') throw new Error('Another answer.');
    expect(header.passed).toEqual([
      { endpoint: 'h1:eth0', count: 1 },
      { endpoint: 'r1:eth0', count: 1 },
      { endpoint: 'r1:eth1', count: 3 },
      { endpoint: 'h2:eth0', count: 3 },
    ]);
    expect(header.passed.reduce((sum, { count }) => sum + count, 0)).toBe(found.records.length);
    expect(header.late).toEqual([]);
  });
});

test('a capture can be had as a file', async () => {
  const response = await fetch(`${ada.origin}/api/attempts/${attempt.id}/captures/h1/eth0.pcapng`, {
    headers: { cookie: ada.cookie },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-disposition')).toContain('h1-eth0.pcapng');
  const bytes = new Uint8Array(await response.arrayBuffer());
  const format = readFormat(bytes);
  if (typeof format === 'string') throw new Error(`The file is ${format}.`);
  expect([...readRecords(bytes, format.start, format)].length).toBeGreaterThan(10);
});
