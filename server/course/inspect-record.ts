/** What the schema cannot see of `record`: whether its nodes are there. */
import type { Topology } from '../network/topology.ts';
import type { Fault } from './explain-issue.ts';
import { unknownNode } from './inspect-tasks.ts';
import type { AuthorStep } from './schema/task-schema.ts';

/** `topology` is null where nothing of it could be read. */
export function inspectRecord(steps: readonly AuthorStep[], topology: Topology | null): Fault[] {
  const names = topology?.nodes.map((node) => node.name);
  return steps.flatMap(({ key }, index): Fault[] => {
    const path = ['record', index, key];
    if (key === 'answer')
      return [{ code: 'bad_step', path, at: 'key', message: '`record` is shell lines; nobody answers there.' }];
    return names === undefined || names.includes(key) ? [] : [unknownNode(key, path, names)];
  });
}
