/** A plan as the fields of an agent's `build` request (containers/lab/lib/Vethlab/Build.pm takes them apart). Pure. */
import type { Plan } from '../network/plan.ts';

export function encodePlan(plan: Plan): string[] {
  const fields: string[] = [];
  for (const line of plan.links) fields.push('link', line);
  for (const node of plan.nodes) {
    fields.push('node', node.name);
    for (const [path, value] of node.defaults) fields.push('default', path, value);
    for (const [path, value] of node.sysctls) fields.push('sysctl', path, value);
    for (const [path, value] of node.interfaceSysctls) fields.push('interface', path, value);
    for (const { path, mode, content } of node.files) fields.push('file', path, mode, content);
    for (const device of node.wired) fields.push('wired', device);
    for (const device of node.offloadsOff) fields.push('offload', device);
    for (const line of node.batch) fields.push('batch', line);
    for (const device of node.awaitUp) fields.push('await', device);
  }
  return fields;
}
