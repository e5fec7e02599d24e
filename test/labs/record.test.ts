/** `lab record` on a real network: which lines it plays, what it keeps, and what it tells the author. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordLab } from '../../server/cli/record/record-lab.ts';
import { openAuthorSandboxes, type AuthorSandboxes } from '../../server/cli/wiring.ts';
import type { Lab } from '../../server/course/lab.ts';
import { readLab } from '../../server/course/load-lab.ts';
import { OpenedRecording } from '../../server/course/recording.ts';
import { SourceText } from '../../server/course/source-text.ts';

let sandboxes: AuthorSandboxes;
beforeAll(async () => {
  sandboxes = await openAuthorSandboxes();
});
afterAll(() => sandboxes[Symbol.asyncDispose]());

function labWith(record: string): Lab {
  const text = `---
title: Two machines
summary: One asks, the other answers.
minutes: 5
level: beginner
topology:
  nodes: { h1: , h2: }
  links:
    - endpoints: ["h1:eth0", "h2:eth0"]
      ipv4: [10.0.1.1/24, 10.0.1.2/24]
tasks:
  ask:
    title: Ask five times
    check: [{ counter: { node: h2, name: Icmp.InEchos, grows: { at_least: 5 } } }]
    solve: [{ h1: "ping -c5 -i 0.2 10.0.1.2" }]
${record}---

::topology
::packets{at="h2:eth0" filter="icmp"}
::packets{at="h2:eth0" filter="udp"}
::counters{node=h2 names="Icmp.InEchos"}
::counters{node=h2 names="Udp.NoPorts"}
::kernel-path{node=h1 direction=tx}

:::task{name=ask}
:::
`;
  const { lab, diagnostics } = readLab(new SourceText('index.md', text), new Map(), {
    id: 'two-machines',
    directory: import.meta.dirname,
    language: 'en',
  });
  expect(diagnostics).toEqual([]);
  if (!lab) throw new Error('The lab cannot be used.');
  return lab;
}

test('without lines of its own a lab is recorded by its solutions; pictures in which nothing moves are named', async () => {
  const lab = labWith('');
  const { recording, notes } = await recordLab(lab, sandboxes.start);
  expect(recording.stamp).toBe(lab.recordingStamp);
  const opened = new OpenedRecording(recording);
  expect(opened.counter('h2', 'Icmp.InEchos')).toBe(5);
  expect(opened.packets('h1:eth0', 'icmp', 20).count).toBe(10);
  expect(notes).toEqual([
    'Nothing moves in ::packets{at="h2:eth0" filter="udp"}',
    'Nothing moves in ::counters{node=h2 names="Udp.NoPorts"}',
  ]);
});

test('lines under `record` are played instead, and a line that fails is told of', async () => {
  const lab = labWith(
    'record:\n  - h1: ping -c2 -i 0.2 10.0.1.2\n  - h1: echo hello >/dev/udp/10.0.1.2/9\n  - h2: pong -c1 10.0.1.1\n',
  );
  const { recording, notes } = await recordLab(lab, sandboxes.start);
  const opened = new OpenedRecording(recording);
  expect(opened.counter('h2', 'Icmp.InEchos')).toBe(2);
  expect(opened.hasMoved('h2', 'Icmp.InEchos')).toBe(true);
  expect(opened.counter('h2', 'Udp.NoPorts')).toBe(1);
  expect(opened.hasMoved('h2', 'Udp.RcvbufErrors')).toBe(false);
  expect(notes).toEqual([
    expect.stringMatching(/^`pong -c1 10\.0\.1\.1` on h2 ended with 127: .*pong: command not found$/),
  ]);
});
