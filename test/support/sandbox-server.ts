/** A server process for tests that kill it: starts sandboxes as asked by its arguments, says `ready` and waits. */
import { line, startTestRuntime, testLimits } from './sandbox.ts';
import { SandboxManager } from '../../server/sandbox/sandbox-manager.ts';

const [name = 'server', count = '1', poolSize = '0'] = process.argv.slice(2);
const { runtime } = startTestRuntime(name);
const manager = new SandboxManager({ runtime, limits: testLimits, poolSize: Number(poolSize), capacity: 100 });
const adopted = await manager.adopt();
console.log(`adopted ${adopted.length}`);
for (let index = 0; index < Number(count); index++) {
  const id = `lab${index}`;
  if (!manager.get(id)) await manager.start(line(2), { id, captures: [{ node: 'h1', interface: 'eth0' }] });
  console.log(`started ${id}`);
}
await manager.fillPool();
console.log('ready');
setInterval(() => {}, 60_000);
