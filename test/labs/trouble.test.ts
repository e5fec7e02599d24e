/** The labs in which something is broken: every fault of their pools, its right repair and its wrong ones, and that nothing gives it away. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proofText } from '../../server/cli/proof-report.ts';
import { isProved } from '../../server/cli/proof.ts';
import { proveAll } from '../../server/cli/test-labs.ts';
import { openAuthorSandboxes, type AuthorSandboxes } from '../../server/cli/wiring.ts';
import { AttemptView } from '../../server/contract/api.ts';
import { WatchFrame } from '../../server/contract/watch.ts';
import type { Lab, ResolvedLab, Task } from '../../server/course/lab.ts';
import { loadCourse } from '../../server/course/load-course.ts';
import type { Sandbox } from '../../server/sandbox/sandbox.ts';
import { startTestServer } from '../support/server.ts';

const LABS = path.join(import.meta.dirname, '../../labs');
const { course } = await loadCourse(LABS);
const labs = course.modules.find(({ id }) => id === 'trouble')?.labs ?? [];

function labNamed(id: string): Lab {
  const lab = labs.find((one) => one.id === id);
  if (!lab) throw new Error(`There is no lab ${id}.`);
  return lab;
}

function taskNamed(lab: ResolvedLab, name: string): Task {
  const task = lab.tasks.find((one) => one.name === name);
  if (!task) throw new Error(`There is no task ${name}.`);
  return task;
}

let sandboxes: AuthorSandboxes;
beforeAll(async () => {
  sandboxes = await openAuthorSandboxes();
});
afterAll(() => sandboxes[Symbol.asyncDispose]());

describe.each(labs.map((lab) => [lab.id, lab] as const))('%s', (_, lab) => {
  it('has every fault repaired by its repair, and by none of its wrong repairs', { timeout: 600_000 }, async () => {
    const proofs = await proveAll([lab], {
      jobs: 3,
      isEveryPick: true,
      // The other tasks are the same whatever the faults; the test of the course proves them.
      tasks: lab.taskNames.filter((name) => name.startsWith('repair')),
      start: sandboxes.start,
      onProgress: () => undefined,
    });
    expect(proofs.length).toBe(lab.pickCount);
    expect(
      proofs
        .filter((proof) => !isProved(proof))
        .map(proofText)
        .join(''),
    ).toBe('');
  });

  it.each(lab.languages)('shows the same page and starts the same network whatever the faults (%s)', (language) => {
    const [first, ...others] = Array.from({ length: lab.pickCount }, (_unused, index) => {
      const { lesson, topology, tasks, vars } = lab.resolve('seed', language, index);
      const shown = tasks.map((task) => [
        task.title,
        task.fail.html(),
        task.type === 'question' ? [task.ask.html(), task.choices] : [task.check],
      ]);
      // A number in a question of this lab is another one for each learner, and says nothing of a fault.
      const page = JSON.stringify({ html: lesson.html(), topology, shown }, (_key, value: unknown) =>
        value instanceof RegExp ? String(value) : value,
      );
      return page.replaceAll(vars['window'] ?? 'no such value', 'WINDOW');
    });
    expect(others.length).toBeGreaterThan(1);
    // Whole pages would drown whoever reads the report.
    for (const other of others) expect(other === first).toBe(true);
  });
});

/** A broken network, looked at as a learner would; what is looked for happens while pc1 tries to fetch the page. */
class Scene {
  readonly #sandbox: Sandbox;
  readonly #vars: ResolvedLab['vars'];

  constructor(sandbox: Sandbox, vars: ResolvedLab['vars']) {
    this.#sandbox = sandbox;
    this.#vars = vars;
  }

  address(network: 'lan' | 'dc', host: number): string {
    return (this.#vars[network] ?? '').replace(/\d+\/\d+$/, String(host));
  }

  async says(node: string, line: string): Promise<boolean> {
    return (await this.#sandbox.run('node', node, line)).exitCode === 0;
  }

  async read(node: string, line: string): Promise<string> {
    return (await this.#sandbox.run('node', node, line, { timeoutMs: 30_000 })).stdout.trim();
  }

  async tries(): Promise<void> {
    await this.#sandbox.run('node', 'pc1', `curl -s -m 1 http://${this.address('dc', 80)}/`);
  }

  async grows(node: string, counter: string): Promise<boolean> {
    const read = async (): Promise<number> => {
      const { stdout } = await this.#sandbox.run(
        'node',
        node,
        `nstat -asz ${counter} | awk '/${counter}/ { print $2 }'`,
      );
      return Number(stdout);
    };
    const before = await read();
    await this.tries();
    return (await read()) > before;
  }

  async hears(node: string, device: string, filter: string): Promise<boolean> {
    const listen = `rm -f /tmp/heard; timeout 30 tcpdump -c1 -nei ${device} '${filter}' >/dev/null 2>/tmp/heard &`;
    await this.says(node, `${listen} until grep -q listening /tmp/heard; do sleep 0.05; done`);
    await this.tries();
    const isHeard = "for i in $(seq 20); do grep -q '^1 packet captured' /tmp/heard && exit 0; sleep 0.1; done; exit 1";
    const answer = await this.says(node, isHeard);
    await this.says(node, 'pkill -x tcpdump');
    return answer;
  }
}

const EVIDENCE: Readonly<Record<string, (at: Scene) => Promise<boolean>>> = {
  '`Ip.OutNoRoutes` of pc1': (at) => at.grows('pc1', 'IpOutNoRoutes'),
  "pc1's link is switched on": (at) => at.says('pc1', 'ip link show eth0 | grep NO-CARRIER'),
  'r1 receives the packets and counts': (at) => at.grows('r1', 'IpInAddrErrors'),
  'web answers each SYN with a reset': (at) => at.grows('web', 'TcpOutRsts'),
  'The answers of web come to r2': (at) => at.grows('r2', 'IpExtInNoRoutes'),
  'A ping passes r2': async (at) =>
    (await at.says('pc1', `ping -c1 -W1 ${at.address('dc', 80)}`)) &&
    (await at.hears('r2', 'core', 'tcp dst port 80')) &&
    !(await at.hears('r2', 'dmz', 'tcp dst port 80')),
  'pc1 hands its packets for web': (at) =>
    at.says('pc1', `ip route get ${at.address('dc', 80)} | grep -F "via ${at.address('lan', 12)} "`),
  'The clients ask by ARP': async (at) =>
    (await at.says('pc1', 'ip neigh flush dev eth0')) &&
    (await at.hears('r1', 'lan', `arp dst host ${at.address('lan', 1)} and arp[6:2] == 1`)) &&
    !(await at.says('pc2', `ping -c1 -W1 ${at.address('lan', 1)}`)),
  'Frames of pc1 come in': async (at) =>
    (await at.hears('sw', 'p1', 'inbound')) && !(await at.says('sw', 'bridge fdb show br br0 | grep "dev p1"')),
  'The answers leave r1 at `lan`': (at) => at.hears('r1', 'lan', 'outbound and ether dst 02:00:5e:00:53:99 and tcp'),
  'The requests come to `eth0`': (at) => at.grows('web', 'TcpExtIPReversePathFilter'),
  'Two machines answer': (at) =>
    at.says(
      'r1',
      `arping -c2 -w2 -I lan ${at.address('lan', 11)} | grep -o "\\[02.*\\]" | sort -u | wc -l | grep -x 2`,
    ),
  '`ip route get` on r1': async (at) =>
    (await at.says('r1', `ip route show to match ${at.address('dc', 80)} | grep via`)) &&
    !(await at.says('r1', `ip route get ${at.address('dc', 80)}`)),
};

describe('the evidence of a break', () => {
  const lab = labNamed('trouble/find-the-break');
  const known = (choice: string): string | undefined => Object.keys(EVIDENCE).find((start) => choice.startsWith(start));
  const cases = [1, 2, 3].flatMap((round) =>
    Array.from({ length: lab.pickCount }, (_, index) => {
      const resolved = lab.resolve('evidence', undefined, index);
      const question = taskNamed(resolved, `evidence_${round}`);
      const sign = question.type === 'question' && question.answer.type === 'choice' ? question.answer.choice : '';
      return { round, resolved, sign, choices: question.type === 'question' ? (question.choices ?? []) : [] };
    }),
  );
  const distinct = cases.filter(({ sign }, index) => cases.findIndex((other) => other.sign === sign) === index);

  it('covers the whole pool', () => {
    expect(new Set(distinct.map(({ sign }) => known(sign)))).toEqual(new Set(Object.keys(EVIDENCE)));
    expect(distinct).toHaveLength(13);
  });

  it.each(distinct)(
    'of break $round is there, and no other of its choices: $sign',
    async ({ round, resolved, sign, choices }) => {
      const sandbox = await sandboxes.start(resolved.topology, []);
      const at = new Scene(sandbox, resolved.vars);
      await at.says('web', 'until ss -ltn | grep -q :80; do sleep 0.1; done');
      await at.tries();
      const look = async (): Promise<string[]> => {
        const seen: string[] = [];
        for (const choice of choices) if (await EVIDENCE[known(choice) ?? '']?.(at)) seen.push(choice);
        return seen;
      };
      if (distinct.find((one) => one.round === round)?.sign === sign) expect(await look()).toEqual([]);
      for (const { node, line } of taskNamed(resolved, `where_${round}`).setup)
        expect(await at.says(node, line)).toBe(true);
      expect(await look()).toEqual([sign]);
      await sandbox.stop('The test is over.');
    },
  );
});

/** What one download shows that was looked at from all sides. */
interface Download {
  readonly drops: number;
  readonly retransmitted: number;
  readonly outOfOrder: number;
  readonly bytes: number;
  readonly isSmallQuick: boolean;
  /** Of the samples of the sending socket, the share in which it had waited for the receiver nearly all of the time. */
  readonly rwndLimited: number;
  /** Of the samples, the share in which it lacked data and held none. */
  readonly appLimited: number;
  readonly shortestPingMs: number;
}

async function download(at: Scene): Promise<Download> {
  const url = `http://${at.address('dc', 80)}`;
  const number = async (node: string, line: string): Promise<number> => Number(await at.read(node, line));
  const drops = (): Promise<number> =>
    number('r2', "tc -s qdisc show dev wan | awk '/dropped/ { sum += $7 } END { print sum + 0 }'");
  const counter = (node: string, name: string): Promise<number> =>
    number(node, `nstat -asz ${name} | awk '/${name}/ { print $2 }'`);
  const shortestPingMs = await number(
    'cli',
    `ping -c3 -i 0.1 ${at.address('dc', 80)} | sed -n 's#^rtt[^=]*= \\([0-9.]*\\)/.*#\\1#p'`,
  );
  const isSmallQuick = await at.says('cli', `curl -s -m 1 -o /dev/null ${url}/`);
  const before = [await drops(), await counter('srv', 'TcpRetransSegs'), await counter('cli', 'TcpExtTCPOFOQueue')];
  const sampling = at.read(
    'srv',
    'until ss -tnH state established sport = :80 | grep -q .; do sleep 0.02; done; for i in 1 2 3 4 5; do sleep 0.2; echo $(ss -tinH state established sport = :80); done',
  );
  const bytes = await number('cli', `curl -s -m 5 -o /dev/null -w '%{size_download}' ${url}/object`);
  const samples = (await sampling).split('\n');
  const after = [await drops(), await counter('srv', 'TcpRetransSegs'), await counter('cli', 'TcpExtTCPOFOQueue')];
  const [dropped = 0, retransmitted = 0, outOfOrder = 0] = after.map((value, index) => value - (before[index] ?? 0));
  const share = (isSo: (sample: string) => boolean): number => samples.filter(isSo).length / samples.length;
  return {
    drops: dropped,
    retransmitted,
    outOfOrder,
    bytes,
    isSmallQuick,
    rwndLimited: share((sample) => Number(/rwnd_limited:\d+ms\(([\d.]+)%/.exec(sample)?.[1] ?? 0) > 80),
    appLimited: share((sample) => /^0 +0 /.test(sample) && sample.includes('app_limited')),
    shortestPingMs,
  };
}

/** A busy machine makes an acknowledgement late now and then, and TCP send something twice. */
const SOME = 5;

const BRAKES: Readonly<Record<string, (seen: Download) => boolean>> = {
  '`tc -s qdisc` on a router': ({ drops }) => drops > 0,
  'srv retransmits and cli counts': ({ drops, retransmitted, outOfOrder }) =>
    retransmitted >= SOME && outOfOrder >= SOME && drops === 0,
  '`ss -ti` on srv says `rwnd_limited`': ({ rwndLimited, retransmitted }) => rwndLimited >= 0.6 && retransmitted < SOME,
  'A small page comes at once': ({ isSmallQuick, bytes, retransmitted }) =>
    isSmallQuick && bytes === 0 && retransmitted > 0,
  '`ss -ti` on srv says `app_limited`': ({ appLimited, retransmitted }) => appLimited >= 0.6 && retransmitted < SOME,
  'The way has become longer': ({ shortestPingMs }) => shortestPingMs > 35,
};

describe('the evidence of a brake', () => {
  const lab = labNamed('trouble/it-works-but-slowly');
  const cases = [1, 2].flatMap((round) =>
    Array.from({ length: lab.pickCount }, (_, index) => {
      const resolved = lab.resolve('evidence', undefined, index);
      const question = taskNamed(resolved, `evidence_${round}`);
      const sign = question.type === 'question' && question.answer.type === 'choice' ? question.answer.choice : '';
      return { round, resolved, sign };
    }),
  );
  const distinct = cases.filter(({ sign }, index) => cases.findIndex((other) => other.sign === sign) === index);

  it('covers the whole pool', () => {
    expect(distinct).toHaveLength(5);
  });

  it.each(distinct)('$round is there, and no other: $sign', async ({ round, resolved, sign }) => {
    const sandbox = await sandboxes.start(resolved.topology, []);
    const at = new Scene(sandbox, resolved.vars);
    await at.says('srv', 'until ss -ltn | grep -q :80; do sleep 0.1; done');
    for (const { node, line } of taskNamed(resolved, `cause_${round}`).setup)
      expect(await at.says(node, line)).toBe(true);
    const seen = await download(at);
    const found = Object.keys(BRAKES).filter((start) => BRAKES[start]?.(seen));
    expect(found, JSON.stringify(seen)).toEqual([Object.keys(BRAKES).find((start) => sign.startsWith(start))]);
    await sandbox.stop('The test is over.');
  });
});

describe('an attempt', () => {
  it('breaks when the task opens, tells nobody, and is broken again in a new network', async () => {
    await using server = await startTestServer(['--labs', LABS]);
    const ada = await server.learner('Ada');
    const { attempt } = await ada.openLab('trouble/find-the-break');
    const { frames } = ada.watch(attempt.id);
    await ada.start(attempt.id);
    const fetches = 'until curl -s -m 1 http://web/; do sleep 0.2; done';
    for (const node of ['pc1', 'pc2']) {
      const terminal = ada.terminal(attempt.id, node);
      await terminal.see(/# /);
      terminal.type(`${fetches}\n`);
      await terminal.see(/You have reached web/, 20_000);
    }
    const isOpen = (view: typeof attempt): boolean =>
      view.tasks.some(({ name, status }) => name === 'where_1' && status === 'open');
    await ada.waitFor(attempt.id, isOpen, 30_000);

    let count = 0;
    // A screen that is attached anew shows what earlier tries said, so each has a number of its own.
    const failures = async (): Promise<string[]> => {
      count += 1;
      const seen: string[] = [];
      for (const node of ['pc1', 'pc2']) {
        const terminal = ada.terminal(attempt.id, node);
        await terminal.see(/# /);
        terminal.type(`curl -s -m 2 http://web/ >/dev/null; echo "try ${count}: $?"\n`);
        seen.push(await terminal.see(new RegExp(`try ${count}: \\d+`), 20_000));
      }
      return seen.filter((status) => !status.endsWith(': 0'));
    };
    await expect.poll(failures, { timeout: 30_000 }).not.toEqual([]);
    // The picture is the plan: what it shows of interfaces would tell of an address or a link that is not as planned.
    const picture = ada.socket(`/ws/attempts/${attempt.id}/watch`);
    const seen: WatchFrame[] = [];
    picture.on('message', (data: Buffer) => seen.push(WatchFrame.parse(JSON.parse(data.toString()))));
    picture.on('open', () => picture.send(JSON.stringify({ type: 'look', endpoints: ['sw:p1'], counters: {} })));
    await expect
      .poll(() => seen.some((frame) => frame.type === 'state' && 'sw:p1' in frame.traffic), { timeout: 15_000 })
      .toBe(true);
    expect(seen.every((frame) => frame.type === 'off' || Object.keys(frame.interfaces).length === 0)).toBe(true);

    const told = `${JSON.stringify(frames)}${(await ada.request('/labs/trouble/find-the-break')).text}`;
    expect(told).not.toMatch(/ip_forward=0|listen=127|link set p1|addr flush|"setup"/);

    await ada.call(AttemptView, attempt.id, '/stop');
    await ada.start(attempt.id);
    expect(await failures()).not.toEqual([]);
  });
});
