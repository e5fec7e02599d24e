/** What every way to work a wire must do, measured against what the file says. Each way's test file calls this. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault, Impairment, Topology } from '../../server/network/topology.ts';
import type { Runtime } from '../../server/sandbox/runtime.ts';
import type { Sandbox } from '../../server/sandbox/sandbox.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';
import type { WireWay } from '../../server/sandbox/wires.ts';
import { median } from '../bench/figure.ts';
import { line, testLimits } from '../support/sandbox.ts';
import { probe, type Arrival } from '../support/udp-probe.ts';
import { until } from '../support/until.ts';
import { far, near, WireCommands } from './wire-commands.ts';

/** A runtime for tests, of any kind. */
export interface Place extends AsyncDisposable {
  readonly runtime: Runtime;
  /** Another runtime on the same state, as a restarted server would make it. */
  again(): Runtime;
  leftovers(): string[] | Promise<string[]>;
}

export interface WireBed extends Place {
  /** Another place, for tests that end its runtime. */
  other(): Place;
}

/** Measured again when other work kept the processors: a wire late by that is not wrong, nor a receiver that got no turn. */
export const MEASURED = { retry: 4 };

const PACKETS = 2000;

/** h1 – r1 – h2, the first link a wire, the second a plain link. */
export function wired(impairment: Impairment, faults: Fault[] = []): Topology {
  const plain = line(3);
  const links = plain.links.map((link, index): Topology['links'][number] =>
    index === 0 ? { ...link, impairments: [impairment, impairment] } : link,
  );
  return { ...plain, links, faults };
}

export function describeWires(way: WireWay, open: () => WireBed | Promise<WireBed>): void {
  describe(`wires by ${way}`, () => {
    let bed: WireBed;
    let manager: SandboxManager;
    let sandbox: Sandbox;
    const wire = new WireCommands(() => sandbox);

    const newManager = (runtime: Runtime): SandboxManager =>
      new SandboxManager({ runtime, limits: testLimits, poolSize: 0, capacity: 10, wireWay: way });

    /** From h1 to r1 unless told. */
    const send = (options: {
      count?: number;
      intervalMs?: number;
      frameBytes?: number;
      back?: boolean;
    }): Promise<Arrival[]> =>
      probe(sandbox, {
        from: options.back ? 'r1' : 'h1',
        to: options.back ? 'h1' : 'r1',
        address: options.back ? '10.0.1.1' : '10.0.1.2',
        count: PACKETS,
        intervalMs: 0.7,
        ...options,
      });

    const delays = (arrivals: Arrival[]): number[] => arrivals.map(({ sentMs, arrivedMs }) => arrivedMs - sentMs);

    /** What the file says, within five percent or a millisecond. */
    function expectDelay(arrivals: Arrival[], delayMs: number): void {
      expect(Math.abs(median(delays(arrivals)) - delayMs)).toBeLessThan(Math.max(1, delayMs * 0.05));
    }

    /** Within four standard deviations of a binomial distribution: one honest run in 16 000 is outside. */
    function expectShare(count: number, percent: number): void {
      const share = percent / 100;
      const deviation = Math.sqrt(PACKETS * share * (1 - share));
      expect(count).toBeGreaterThan(PACKETS * share - 4 * deviation);
      expect(count).toBeLessThan(PACKETS * share + 4 * deviation);
    }

    beforeAll(async () => {
      bed = await open();
      manager = newManager(bed.runtime);
      sandbox = await manager.start(wired({}), { id: 'wired' });
      // What is lost are the packets of the tests, never questions for addresses.
      await wire.say('h1', 'ip neigh replace 10.0.1.2 lladdr 02:00:00:00:01:02 dev eth0 nud permanent');
      await wire.say('r1', 'ip neigh replace 10.0.1.1 lladdr 02:00:00:00:01:01 dev eth0 nud permanent');
    }, 60_000);

    afterAll(async () => {
      // Those of tests that failed, too.
      for (const one of manager.list()) await one.stop('Done.');
      await manager[Symbol.asyncDispose]();
      expect(await bed.leftovers()).toEqual([]);
      await bed[Symbol.asyncDispose]();
    });

    describe('a wire that does nothing', MEASURED, () => {
      test('loses, doubles and mixes nothing', async () => {
        await wire.only(null);
        const arrivals = await send({});
        expect(arrivals.map(({ number }) => number)).toEqual(Array.from({ length: PACKETS }, (_, number) => number));
      });
    });

    describe('what frames suffer is what was asked for', MEASURED, () => {
      test('delay, each direction its own', async () => {
        await wire.only({ delayMs: 20 }, { delayMs: 45 });
        expectDelay(await send({ count: 200 }), 20);
        expectDelay(await send({ count: 200, back: true }), 45);
        expect(Math.abs(median(await wire.roundTrips('h1', '10.0.1.2', 50)) - 65)).toBeLessThan(3.25);
      });

      test('jitter', async () => {
        await wire.only({ delayMs: 50, jitterMs: 20 });
        const arrivals = await send({});
        expectDelay(arrivals, 50);
        const sorted = delays(arrivals).toSorted((a, b) => a - b);
        expect(sorted[0]).toBeGreaterThan(29.9);
        expect(sorted[PACKETS / 10]).toBeLessThan(38);
        expect(sorted[PACKETS * 0.9]).toBeGreaterThan(62);
      });

      test('loss, in one direction alone', async () => {
        await wire.only({ lossPercent: 10 });
        expectShare(PACKETS - (await send({})).length, 10);
        expect(await send({ back: true })).toHaveLength(PACKETS);
      });

      test('duplicate', async () => {
        await wire.only({ duplicatePercent: 15 });
        const arrivals = await send({});
        expect(new Set(arrivals.map(({ number }) => number)).size).toBe(PACKETS);
        expectShare(arrivals.length - PACKETS, 15);
      });

      test('corrupt: the receiver sees wrong checksums', async () => {
        await wire.only({ corruptPercent: 20 });
        const wrongSums = async (): Promise<number> =>
          Number((await wire.say('r1', `awk '/^Udp:/ { value = $8 } END { print value }' /proc/net/snmp`)) || 0);
        const before = await wrongSums();
        const arrivals = await send({ frameBytes: 1000 });
        // A bit in the sender's hardware address, six bytes of a thousand, is all that nobody checks.
        expectShare(PACKETS - arrivals.length, 20);
        expect((await wrongSums()) - before).toBeGreaterThan(PACKETS * 0.2 * 0.75);
      });

      test('reorder: the share that overtakes', async () => {
        await wire.only({ delayMs: 12, reorderPercent: 25 });
        const arrivals = await send({});
        expect(arrivals).toHaveLength(PACKETS);
        expectShare(delays(arrivals).filter((delay) => delay < 6).length, 25);
        expect(arrivals.some(({ number }, index) => number < (arrivals[index - 1]?.number ?? 0))).toBe(true);
      });

      test('rate, within five percent', async () => {
        await wire.only({ rateBitsPerSecond: 10e6, limit: 2000 });
        const arrivals = await send({ count: 800, intervalMs: 0, frameBytes: 1500 });
        const [first, last] = [arrivals[0], arrivals.at(-1)];
        const seconds = ((last?.arrivedMs ?? 0) - (first?.arrivedMs ?? 0)) / 1000;
        expect(arrivals).toHaveLength(800);
        expect(Math.abs(((arrivals.length - 1) * 1500 * 8) / seconds / 10e6 - 1)).toBeLessThan(0.05);
      });

      test('limit: what waits beyond it is lost', async () => {
        await wire.only({ delayMs: 300, limit: 50 });
        expect(await send({ count: 400, intervalMs: 0 })).toHaveLength(50);
      });
    });

    describe('a change while it runs', MEASURED, () => {
      test('keeps what it does not name', async () => {
        await wire.only({ delayMs: 15, lossPercent: 10 });
        await sandbox.impair(near, { delayMs: 30 });
        const arrivals = await send({});
        expectDelay(arrivals, 30);
        expectShare(PACKETS - arrivals.length, 10);
      });

      test('lets frames that are under way arrive', async () => {
        await wire.only({ delayMs: 400 });
        const arriving = send({ count: 100, intervalMs: 0 });
        await until(async () => {
          const statistics = await sandbox.readProc(['h1'], ['net/dev']);
          return Number(/eth0:(?:\s+\d+){9}\s+(\d+)/.exec(statistics.get('h1')?.[0] ?? '')?.[1]) > 0;
        }, 'frames to leave');
        await wire.only(null);
        expect(await arriving).toHaveLength(100);
      });

      test('pulls the cable: both ends lose the carrier, and get it back with all their routes', async () => {
        await wire.only(null);
        const routes = await wire.say('r1', 'ip route');
        await sandbox.setLinkDown(near, true);
        for (const node of ['h1', 'r1']) {
          await until(
            async () => (await wire.say(node, 'ip link show eth0')).includes('NO-CARRIER'),
            `${node} without carrier`,
          );
        }
        await sandbox.setLinkDown(near, false);
        for (const node of ['h1', 'r1']) {
          await until(async () => (await wire.say(node, 'cat /sys/class/net/eth0/operstate')) === 'up', `${node} up`);
        }
        expect(await wire.say('r1', 'ip route')).toBe(routes);
        expect(await wire.say('h1', 'ping -c1 -W2 10.0.1.2 | grep -o "1 received"')).toBe('1 received');
      });

      test('is refused for a plain link, with words', async () => {
        await expect(sandbox.impair({ node: 'h2', interface: 'eth0' }, { delayMs: 1 })).rejects.toMatchObject({
          code: 'bad_request',
          message: 'The link of h2:eth0 cannot be impaired while it runs.',
        });
      });
    });

    test('the learner sees a plain link: no qdisc, the index of the other end, nothing in the lab’s own network', async () => {
      await wire.only({ delayMs: 5, lossPercent: 1 });
      expect(await wire.say('h1', 'tc qdisc show dev eth0')).toBe('qdisc noqueue 0: root refcnt 2');
      expect(await wire.say('h1', 'ip -br link show eth0')).toMatch(/^eth0@if3 /);
      expect(await wire.say('r1', 'ip -br link show eth0')).toMatch(/^eth0@if2 /);
      expect(await wire.say('h1', 'ethtool -S eth0 | grep peer_ifindex')).toBe('peer_ifindex: 3');
      expect(await wire.say('h1', 'ps -e -o args= | grep -c "[w]ire" || true')).toBe('0');
      expect((await sandbox.run('outer', null, 'ls /proc/self/net; cat /proc/net/dev')).stdout).not.toMatch(
        /\bw0[ab]\b/,
      );
    });

    describe('faults', MEASURED, () => {
      const faults: Fault[] = [
        { atMs: 0, forMs: 1500, ...near, impairment: { delayMs: 30 } },
        { atMs: 1500, forMs: 2000, ...far, down: true },
        { atMs: 3500, ...far, impairment: { delayMs: 50 } },
      ];

      async function state(of: Sandbox): Promise<string> {
        const { stdout } = await of.run(
          'node',
          'h1',
          'cd /sys/class/net/eth0; cat operstate; grep -q up operstate && ping -c1 -W0.3 10.0.1.2',
        );
        const time = Number(/time=([\d.]+)/.exec(stdout)?.[1]);
        return stdout.startsWith('up') ? `up ${Number.isNaN(time) ? '-' : Math.round(time / 10) * 10}` : 'down';
      }

      test('happen on time, by themselves', async () => {
        const begun = Date.now();
        const faulty = await manager.start(wired({}, faults), { id: `f${randomBytes(3).toString('hex')}` });
        const ready = Date.now();
        const seen: [string, number, number][] = [];
        for (const what of ['up 30', 'down', 'up 50']) {
          await until(async () => (await state(faulty)) === what, what);
          seen.push([what, Date.now() - ready, Date.now() - begun]);
        }
        expect(seen[0]?.[1]).toBeLessThan(1500);
        expect(seen[1]?.[2]).toBeGreaterThanOrEqual(1500);
        expect(seen[1]?.[1]).toBeLessThan(3500);
        expect(seen[2]?.[2]).toBeGreaterThanOrEqual(3500);
        await faulty.stop('Done.');
      });

      test('and changes outlive the server: the next one goes on with them', async () => {
        const other = bed.other();
        try {
          const before = newManager(other.runtime);
          const first = await before.start(wired({}, [{ atMs: 3000, ...near, impairment: { delayMs: 30 } }]), {
            id: 'kept',
          });
          await first.impair(far, { delayMs: 20 });
          await before[Symbol.asyncDispose]();
          await other.runtime[Symbol.asyncDispose]();
          await using after = newManager(other.again());
          const [adopted] = await after.adopt();
          expect(adopted?.id).toBe('kept');
          await until(async () => (await state(adopted!)) === 'up 50', 'change and fault together');
          await adopted!.impair(far, null);
          await until(async () => (await state(adopted!)) === 'up 30', 'the fault alone');
          await adopted!.stop('Done.');
        } finally {
          await other[Symbol.asyncDispose]();
        }
        expect(await other.leftovers()).toEqual([]);
      });
    });
  });
}
