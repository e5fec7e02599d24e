/** An imported lab as the text of its index.md. */
import { stringify } from 'yaml';
import type { ImportedLab } from './imported-lab.ts';
import { topologyOf } from './settle-topology.ts';

export function labText(lab: ImportedLab): string {
  const front = {
    title: lab.title,
    summary: lab.summary,
    minutes: lab.minutes,
    level: lab.level,
    topology: topologyOf(lab),
    ...(lab.tasks.length > 0
      ? { tasks: Object.fromEntries(lab.tasks.map((task) => [task.name, taskKeys(task)])) }
      : {}),
  };
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${lab.lesson.trim()}\n`;
}

function taskKeys({ title, node, script, solve }: ImportedLab['tasks'][number]): object {
  return {
    title,
    check: [{ command: { node, run: script } }],
    solve: solve.map((step) => ({ [step.node]: step.line })),
  };
}
