/** An imported lab as the text of its index.md. */
import { stringify } from 'yaml';
import type { ImportedLab } from './imported-lab.ts';
import { topologyOf } from './settle-topology.ts';

export function labText(lab: ImportedLab): string {
  const requires = featuresOf(lab);
  const front = {
    title: lab.title,
    summary: lab.summary,
    minutes: lab.minutes,
    level: lab.level,
    ...(requires.length > 0 ? { requires } : {}),
    topology: topologyOf(lab),
    ...(lab.tasks.length > 0
      ? { tasks: Object.fromEntries(lab.tasks.map((task) => [task.name, taskKeys(task)])) }
      : {}),
  };
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${lab.lesson.trim()}\n`;
}

/** Kernel features that the lines of the nodes cannot do without; names as in sandbox/kernel-features.ts. */
const FEATURES: readonly (readonly [name: string, trace: RegExp])[] = [
  ['netem', /\bnetem\b/],
  ['tbf', /\btc\b.*\btbf\b/],
  ['htb', /\btc\b.*\bhtb\b/],
  ['nft', /\bnft\b/],
  ['tun', /\btuntap\b/],
  ['vxlan', /\btype vxlan\b/],
];

function featuresOf(lab: ImportedLab): string[] {
  const lines = lab.nodes.flatMap(({ exec }) => exec).join('\n');
  return FEATURES.filter(([, trace]) => trace.test(lines)).map(([name]) => name);
}

function taskKeys({ title, node, script, solve }: ImportedLab['tasks'][number]): object {
  return {
    title,
    check: [{ command: { node, run: script } }],
    solve: solve.map((step) => ({ [step.node]: step.line })),
  };
}
