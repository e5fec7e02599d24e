/** The lesson of a lab that was only a topology: something to begin from. */
import type { ImportedNode } from './imported-lab.ts';

export function networkLesson(words: string, nodes: readonly ImportedNode[]): string {
  const first = nodes.find(({ kind }) => kind !== 'switch');
  const look = first
    ? `\nLook around in a node first: its addresses and its routes.\n\n\`\`\`bash run node=${first.name}\nip -br addr\nip route\n\`\`\`\n`
    : '';
  return `${words}\n\n::topology\n${look}`;
}
