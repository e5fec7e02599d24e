import { expect, test } from 'vitest';
import { VethlabError } from '../../../server/base/errors.ts';
import type { CheckTree, Outcome, Verdict } from '../../../server/check/check.ts';
import { judgeTree, numberOf, takeBaseline } from '../../../server/check/judge.ts';
import { checkKinds } from '../../../server/check/registry.ts';
import { checkTreeSchema } from '../../../server/check/tree.ts';
import { mergeAll, mergeAny, negate } from '../../../server/check/verdict.ts';
import type { Observer } from '../../../server/observe/observer.ts';
import { spoken, type SpokenVerdict } from '../../support/spoken.ts';

const schema = checkTreeSchema(checkKinds);
const verdict = (outcome: Outcome, words = outcome): Verdict => ({
  outcome,
  expected: `Expected ${words}.`,
  seen: `Seen ${words}.`,
  evidence: [],
});

/** Answers only what a test gives it; whatever else is asked never answers. */
function observing(parts: Partial<Observer>): Observer {
  const never = () => new Promise<never>(() => undefined);
  const silent: Observer = {
    counters: never,
    totals: never,
    interfaces: never,
    route: never,
    neighbors: never,
    sysctl: never,
    sockets: never,
    qdiscs: never,
    conntrack: never,
    configuration: never,
    connect: never,
    ping: never,
    capture: never,
    probeFrames: never,
    command: never,
    [Symbol.dispose]: () => undefined,
  };
  return { ...silent, ...parts };
}

const baseline = { atMs: 1000, labAtMs: 500, counters: { h1: { 'Ip.FragCreates': 12, 'eth0.rx_packets': 50 } } };
const judge = async (written: unknown, parts: Partial<Observer>, deadlineMs?: number): Promise<SpokenVerdict> =>
  spoken(await judgeTree(schema.parse(written), { observer: observing(parts), baseline }, deadlineMs));
const counting = (counters: Record<string, number>): Partial<Observer> => ({
  counters: () => Promise.resolve(new Map(Object.entries(counters))),
});

test('checks in order are judged until one does not hold, and the others are neither read nor told of', async () => {
  const grown = { counter: { node: 'h1', name: 'Ip.FragCreates', grows: { at_least: 3 } } };
  const silent = { link: { node: 'h1', interface: 'eth0', state: 'up' } };
  const first = await judge({ in_order: [grown, silent] }, counting({ 'Ip.FragCreates': 12 }));
  expect(first.outcome).toBe('fail');
  expect(first.expected).not.toContain('eth0');
  const both = await judge({ in_order: [grown, grown] }, counting({ 'Ip.FragCreates': 15 }));
  expect(both.outcome).toBe('pass');
  const second = await judge({ in_order: [grown, silent] }, counting({ 'Ip.FragCreates': 15 }), 20);
  expect(second.outcome).toBe('error');
});

test('a check that never answers is an error in time, and its opposite too', async () => {
  const written = { link: { node: 'h1', interface: 'eth0', state: 'up' } };
  const startMs = Date.now();
  const verdicts = await Promise.all([
    judge(written, {}, 100),
    judge({ not: written }, {}, 100),
    judge([written, written, written], {}, 100),
  ]);
  expect(verdicts.map((one) => one.outcome)).toEqual(['error', 'error', 'error']);
  expect(verdicts[0]?.seen).toBe(
    'This could not be judged. The check “link” had no answer after 0.1 seconds. The sandbox is very busy or broken: end what runs in it, or reset the lab.',
  );
  expect(Date.now() - startMs).toBeLessThan(2000);
});

test('a reading that fails is an error, never a verdict about the learner', async () => {
  const interfaces = () =>
    Promise.reject(new VethlabError('sandbox_gone', 'The sandbox has ended.', { hint: 'Start it again.' }));
  const written = { address: { node: 'h1', interface: 'eth0', lacks: '10.0.0.1' } };
  expect(await judge(written, { interfaces })).toMatchObject({
    outcome: 'error',
    seen: 'This could not be judged. The sandbox has ended. Start it again.',
  });
  expect(await judge({ not: written }, { interfaces })).toMatchObject({ outcome: 'error' });
});

test('a kind that does not exist is an error', async () => {
  const tree: CheckTree = { kind: 'check', name: 'magic', spec: {} };
  expect(await judgeTree(tree, { observer: observing({}), baseline })).toMatchObject({ outcome: 'error' });
});

test('outcomes of all, any and not', () => {
  const [pass, fail, error] = [verdict('pass'), verdict('fail'), verdict('error')];
  expect(mergeAll([pass, pass]).outcome).toBe('pass');
  expect(mergeAll([pass, error]).outcome).toBe('error');
  expect(spoken(mergeAll([error, fail, pass]))).toMatchObject({ outcome: 'fail', seen: 'Seen fail.' });
  expect(mergeAny([error, fail, pass])).toBe(pass);
  expect(mergeAny([error, fail]).outcome).toBe('error');
  expect(spoken(mergeAny([fail, verdict('fail', 'other' as Outcome)]))).toMatchObject({
    outcome: 'fail',
    expected: 'Expected fail. Or: Expected other.',
    seen: 'Seen fail.\nSeen other.',
  });
  expect(negate(pass).outcome).toBe('fail');
  expect(negate(fail).outcome).toBe('pass');
  expect(negate(error).outcome).toBe('error');
});

test('growth is told with both numbers', async () => {
  const written = { counter: { node: 'h1', name: 'Ip.FragCreates', grows: { at_least: 3 } } };
  expect(await judge(written, counting({ 'Ip.FragCreates': 12 }))).toEqual({
    outcome: 'fail',
    expected: 'Ip.FragCreates on h1 should grow by at least 3 since the task opened.',
    seen: 'Ip.FragCreates on h1 has not moved: it was 12 when the task opened and is 12.',
    evidence: [{ label: 'h1 Ip.FragCreates', text: '12 → 12' }],
  });
  expect(await judge(written, counting({ 'Ip.FragCreates': 15 }))).toMatchObject({
    outcome: 'pass',
    seen: 'Ip.FragCreates on h1 has grown by 3 since the task opened: 12 → 15.',
  });
});

test('an interface that was made anew counts from zero, one that is gone counts nothing', async () => {
  const written = { counter: { node: 'h1', name: 'eth0.rx_packets', grows: { at_most: 0 } } };
  expect((await judge(written, counting({ 'eth0.rx_packets': 4 }))).outcome).toBe('fail');
  expect(await judge(written, counting({ 'Ip.InReceives': 4 }))).toMatchObject({
    outcome: 'fail',
    seen: 'h1 has no interface eth0, so nothing is counted there.',
  });
});

test('a counter that no kernel has is an error with words for the author', async () => {
  const verdict = await judge({ counter: { node: 'h1', name: 'Ip.Nope', value: 0 } }, counting({}));
  expect(verdict).toMatchObject({ outcome: 'error' });
  expect(verdict.seen).toContain('The kernel of h1 has no counter Ip.Nope.');
});

test('frames that were lost make a failing count an error and leave a sure one alone', async () => {
  const capture = () => Promise.resolve({ count: 2, frames: [], total: 5, isIncomplete: true });
  const count = (written: unknown) => judge({ capture: { at: 'h1:eth0', bpf: 'icmp', count: written } }, { capture });
  expect((await count({ at_least: 3 })).outcome).toBe('error');
  expect((await count({ at_least: 2 })).outcome).toBe('pass');
  expect((await count({ at_most: 1 })).outcome).toBe('fail');
});

test('a baseline holds the counters that the checks name, and no others', async () => {
  const tree = schema.parse([
    { counter: { node: 'h1', name: 'Ip.FragCreates', grows: 1 } },
    { counter: { node: 'h1', name: 'vxlan0.rx_packets', grows: 1 } },
    { counter: { node: 'h2', name: 'Ip.InReceives', value: 1 } },
  ]);
  const taken = await takeBaseline(tree, observing(counting({ 'Ip.FragCreates': 7, 'Ip.InReceives': 9 })), 500);
  expect(taken).toEqual({ atMs: expect.any(Number), labAtMs: 500, counters: { h1: { 'Ip.FragCreates': 7 } } });
});

test('computed answers', async () => {
  const context = { observer: observing(counting({ 'Ip.FragCreates': 15 })), baseline };
  expect(await numberOf({ name: 'counter', spec: { node: 'h1', name: 'Ip.FragCreates', grown: true } }, context)).toBe(
    3,
  );
  await expect(numberOf({ name: 'ping', spec: {} }, context)).rejects.toThrow('cannot ask');
  const capture = () => Promise.resolve({ count: 2, frames: [], total: 5, isIncomplete: true });
  const lossy = { observer: observing({ capture }), baseline };
  const frames = numberOf({ name: 'capture', spec: { at: 'h1:eth0', bpf: 'icmp', since: 'lab' } }, lossy);
  await expect(frames).rejects.toThrow('older frames were dropped');
});
