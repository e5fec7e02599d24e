/** From a deed in a terminal to the task that turns on the page, on a whole server: nobody presses "Check". */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestLearner } from '../support/learner.ts';
import { ServerProcess } from '../support/server-process.ts';
import { makeDataDirectory } from '../support/server.ts';
import { until } from '../support/until.ts';
import { median, type Figure } from './figure.ts';

const DEEDS = 9;
const mtuOf = (deed: number): number => 1300 + deed;

const LAB = `---
title: Deeds
summary: One after another.
minutes: 5
level: beginner
objectives: [Do it]
topology:
  nodes: { h1: {}, h2: {} }
  links: [{ endpoints: ["h1:eth0", "h2:eth0"], ipv4: [10.0.1.1/24, 10.0.1.2/24] }]
tasks:
${Array.from({ length: DEEDS }, (_, deed) => `  deed_${deed}: { title: Deed, check: [{ link: { node: h1, interface: eth0, mtu: ${mtuOf(deed)} } }], solve: [{ h1: "true" }] }`).join('\n')}
---

${Array.from({ length: DEEDS }, (_, deed) => `:::task{name=deed_${deed}}\nDo it.\n:::\n`).join('\n')}
`;

export async function taskTurns(): Promise<Figure[]> {
  const data = makeDataDirectory();
  const labs = join(data, 'course');
  mkdirSync(join(labs, '10-try/10-deeds'), { recursive: true });
  writeFileSync(join(labs, 'course.yaml'), 'title: Try\nsummary: Try.\nlanguages: [en]\nmodules: [try]\n');
  writeFileSync(join(labs, '10-try/module.yaml'), 'title: Try\nsummary: Try.\n');
  writeFileSync(join(labs, '10-try/10-deeds/index.md'), LAB);
  try {
    await using server = await ServerProcess.start(data, ['--labs', labs]);
    using learner = new TestLearner(server.url);
    await learner.join('Ada');
    const { attempt } = await learner.openLab('try/deeds');
    await learner.start(attempt.id);
    const { frames } = learner.watch(attempt.id);
    const terminal = learner.terminal(attempt.id, 'h1');
    await terminal.see(/root@h1/);
    const times: number[] = [];
    for (let deed = 0; deed < DEEDS; deed++) {
      terminal.type(`ip link set eth0 mtu ${mtuOf(deed)}; echo did-${deed}''-it\r`);
      await terminal.see(new RegExp(`did-${deed}-it`));
      const doneMs = performance.now();
      const hasTurned = (): boolean =>
        frames.some(
          (frame) => frame.type === 'task' && frame.task.name === `deed_${deed}` && frame.task.status === 'passed',
        );
      await until(hasTurned, 'the task to turn');
      times.push(performance.now() - doneMs);
    }
    const common = { reference: null, unit: 'ms', better: 'lower' } as const;
    return [
      { name: 'a task turns after the deed, p50', ours: median(times), goal: null, ...common },
      { name: `the same, slowest of ${DEEDS}`, ours: Math.max(...times), goal: 3000, ...common },
    ];
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
