/** Markdown of Killercoda and Katacoda → lesson markdown: run blocks, headings below the lab's, links that lead somewhere. */
import { escapeVariables } from './imported-lab.ts';
import { linksRepaired } from './scenario-links.ts';
import type { TextPlace } from './text-place.ts';

export interface ScenarioText {
  readonly markdown: string;
  /** What its blocks run, in order: the nearest thing to a solution that a scenario has. */
  readonly commands: readonly { readonly node: string; readonly line: string }[];
}

interface Action {
  readonly isRun: boolean;
  readonly node: string;
}

export function convertText(text: string, place: TextPlace): ScenarioText {
  const commands: { node: string; line: string }[] = [];
  const output: string[] = [];
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  // The heading of a step is of the second level: those of its text stand below it.
  const levels = lines.flatMap((line) => /^(#{1,6}) /.exec(line)?.[1]?.length ?? []);
  const lowering = Math.max(0, 3 - Math.min(3, ...levels));
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const fence = /^( *)(`{3,}|~{3,})([^`]*)$/.exec(line);
    if (!fence) {
      output.push(...convertLine(line, index + 1, place, commands, lowering));
      continue;
    }
    const [, indent = '', mark = '', info = ''] = fence;
    const end = lines.findIndex((other, at) => at > index && other.trimStart().startsWith(mark));
    const last = end === -1 ? lines.length : end;
    const body = lines.slice(index + 1, last).map(escapeVariables);
    const action = readAction(/\{\{([^}]*)\}\}/.exec(lines[last] ?? '')?.[1], last + 1, place);
    const language =
      info
        .trim()
        .split(/\s+/)[0]
        ?.replace(/^(?:plain|text)$/, '') ?? '';
    if (action?.isRun) commands.push({ node: action.node, line: body.join('\n').trim() });
    output.push(
      `${indent}${mark}${action?.isRun ? `bash run node=${action.node}` : language}`,
      ...body,
      `${indent}${mark}`,
    );
    index = last;
  }
  const markdown = linksRepaired(output.join('\n').trim(), place);
  return { markdown, commands: commands.filter(({ line }) => line !== '') };
}

function convertLine(
  line: string,
  number: number,
  place: TextPlace,
  commands: { node: string; line: string }[],
  lowering: number,
): string[] {
  const found: { node: string; line: string }[] = [];
  const words = line.replace(/(`+)(.+?)\1\{\{([^}]*)\}\}/g, (_, ticks: string, code: string, written: string) => {
    const action = readAction(written, number, place);
    if (action?.isRun) found.push({ node: action.node, line: escapeVariables(code.trim()) });
    return `${ticks}${code}${ticks}`;
  });
  commands.push(...found);
  const lowered = words.replace(
    /^(#{1,6}) /,
    (_, marks: string) => `${'#'.repeat(Math.min(6, marks.length + lowering))} `,
  );
  const plain = escapeVariables(lowered).replace(/^((?:\s|[-*+>])*)(:{2,3}[a-z])/, '$1\\$2');
  const placeholder = /\{\{(?!\})[A-Z_0-9]+\}\}|\[\[[A-Z_0-9]+\]\]/.exec(plain)?.[0];
  if (placeholder !== undefined)
    place.notes.push({
      kind: 'changed',
      file: place.file,
      line: number,
      what: placeholder,
      why: 'Nothing fills it in here: it stays as text.',
    });
  if (found.length === 0) return [plain];
  const blocks = found.map((one) => `\`\`\`bash run node=${one.node}\n${one.line}\n\`\`\``);
  // A line that is nothing but its command becomes the block; in a list or quote the line stays, and the block follows.
  const isCommandAlone = /^\s*(`+)[^`]+\1[.:]?\s*$/.test(words);
  return isCommandAlone ? ['', ...blocks, ''] : [plain, '', ...blocks, ''];
}

/** `exec`, `execute HOST2 T1 interrupt`, `copy`, nothing. */
function readAction(written: string | undefined, line: number, place: TextPlace): Action | null {
  if (written === undefined) return null;
  const [verb = '', ...options] = written.trim().split(/\s+/);
  const note = (what: string, why: string): void => {
    place.notes.push({ kind: 'changed', file: place.file, line, what, why });
  };
  if (!/^exec(?:ute)?$/.test(verb)) {
    if (verb !== '' && verb !== 'copy') note(`{{${written}}}`, 'It does nothing here: the text can be copied.');
    return { isRun: false, node: '' };
  }
  const host = Number(/^HOST0?(\d+)$/i.exec(options.find((option) => /^HOST\d+$/i.test(option)) ?? '')?.[1] ?? 1);
  const node = place.nodeOf(host);
  if (options.some((option) => /^(?:interrupt|T\d+)$/i.test(option)))
    note(`{{${written}}}`, 'The line is typed into the first terminal of the node, without Ctrl-C before it.');
  if (node !== null) return { isRun: true, node };
  note(`{{${written}}}`, `There is no machine ${host}; it can only be read.`);
  return { isRun: false, node: '' };
}
