/** Looking at real namespaces: one reader, differences soon, and silence while nobody looks. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createObserver } from '../../../server/observe/sandbox-observer.ts';
import { Watcher, type Sight } from '../../../server/observe/watch.ts';
import { until } from '../../support/until.ts';
import { lineTopology, NamespaceSandbox } from './namespace-sandbox.ts';

let sandbox: NamespaceSandbox;
beforeAll(async () => {
  sandbox = await NamespaceSandbox.start(lineTopology());
});
afterAll(() => sandbox.stop());

function open(): { watcher: Watcher; see: () => Sight | null; looking: ReturnType<Watcher['look']> } & Disposable {
  const observer = createObserver(sandbox);
  const watcher = new Watcher(sandbox, observer);
  let last: Sight | null = null;
  const looking = watcher.look((sight) => (last = sight));
  return {
    watcher,
    looking,
    see: () => last,
    [Symbol.dispose]: () => {
      watcher[Symbol.dispose]();
      observer[Symbol.dispose]();
    },
  };
}

test('traffic, interfaces and counters of what is looked at, and of nothing else', async () => {
  using one = open();
  one.looking.change({ endpoints: ['h1:eth0', 'h1:eth9', 'nowhere:eth0'], counters: { r1: ['Ip.ForwDatagrams'] } });
  await until(() => one.see()?.interfaces.has('h1:eth9') === true, 'the interfaces are known');
  const before = one.see()?.counters.get('r1')?.get('Ip.ForwDatagrams') ?? 0;
  await sandbox.run('net', 'h1', 'ping -c 2 -i 0.2 10.0.2.1');
  await until(
    () => (one.see()?.counters.get('r1')?.get('Ip.ForwDatagrams') ?? 0) === before + 4,
    'the pings are counted',
  );
  const sight = one.see();
  expect([...(sight?.traffic.keys() ?? [])]).toEqual(['h1:eth0', 'h1:eth9']);
  expect(sight?.traffic.get('h1:eth0')?.txPackets).toBeGreaterThanOrEqual(2);
  expect(sight?.interfaces.get('h1:eth0')).toMatchObject({ state: 'up', mtu: 1500, addresses: ['10.0.1.1/24'] });
  expect(sight?.interfaces.get('h1:eth9')?.state).toBe('missing');
});

test('interrupts of the whole machine, for whoever looks at them', async () => {
  using one = open();
  one.looking.change({ endpoints: [], counters: { '*': ['softirqs.NET_RX'] } });
  await until(() => (one.see()?.counters.get('*')?.get('softirqs.NET_RX') ?? 0) > 0, 'they are counted');
  one.looking.change({ endpoints: [], counters: { h1: ['Ip.OutRequests'] } });
  await until(() => one.see()?.counters.has('h1') === true, 'the node is counted');
  expect(one.see()?.counters.has('*')).toBe(false);
});

test('what the learner changes of an interface is seen without waiting for the next reading', async () => {
  using one = open();
  one.looking.change({ endpoints: ['r1:eth1', 'h2:eth0'], counters: {} });
  const state = (endpoint: string) => one.see()?.interfaces.get(endpoint);
  await until(() => state('h2:eth0')?.state === 'up' && state('r1:eth1')?.state === 'up', 'both ends are up');
  await sandbox.run('net', 'h2', 'ip link set eth0 mtu 1400; ip addr add 10.9.9.9/32 dev eth0');
  await until(() => state('h2:eth0')?.mtu === 1400, 'the MTU has changed');
  expect(state('h2:eth0')?.addresses).toEqual(['10.0.2.1/24', '10.9.9.9/32']);
  await sandbox.run('net', 'h2', 'ip link set eth0 down');
  await until(
    () => state('h2:eth0')?.state === 'down' && state('r1:eth1')?.state === 'no carrier',
    'the other end has no carrier',
  );
  await sandbox.run('net', 'h2', 'ip link set eth0 up mtu 1500; ip addr del 10.9.9.9/32 dev eth0');
  await until(() => state('r1:eth1')?.state === 'up', 'it is up again');
});

test('two who look share the readings, and nothing is read while nobody looks', async () => {
  const monitors = new Set<object>();
  const spawn = sandbox.spawn.bind(sandbox);
  sandbox.spawn = async (...command) => {
    const monitor = await spawn(...command);
    monitors.add(monitor);
    void monitor.exit.then(() => monitors.delete(monitor));
    return monitor;
  };
  using one = open();
  using other = one.watcher.look(() => undefined);
  const look = { endpoints: ['h1:eth0'], counters: {} };
  one.looking.change(look);
  other.change(look);
  await until(() => one.watcher.readings >= 3, 'it is read');
  one.looking.change({ endpoints: [], counters: {} });
  other[Symbol.dispose]();
  // A reading may be under way.
  const { readings } = one.watcher;
  const startMs = performance.now();
  await until(() => performance.now() - startMs > 1200, 'a while has passed');
  expect(one.watcher.readings).toBeLessThanOrEqual(readings + 1);
  await until(() => monitors.size === 0, 'the monitors have ended');

  one.looking.change(look);
  await until(() => one.watcher.readings > readings + 1, 'it is read again');
});
