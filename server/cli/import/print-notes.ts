/** The one place that turns notes into text: first what to do, then what is different, then what is missing. */
import type { Note, NoteKind } from './imported-lab.ts';

const HEADS: Readonly<Record<NoteKind, string>> = {
  to_do: 'To do',
  changed: 'Different from the original',
  left_out: 'Not carried over',
};

/** `relative` shortens the names of files. */
export function printNotes(notes: readonly Note[], relative: (file: string) => string): string {
  return (['to_do', 'changed', 'left_out'] as const)
    .map((kind) => ({
      kind,
      lines: linesOf(
        notes.filter((note) => note.kind === kind),
        relative,
      ),
    }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ kind, lines }) => `${HEADS[kind]}:\n${lines.map((line) => `  ${line}\n`).join('')}`)
    .join('\n');
}

/** What has the same reason stands together below it. */
function linesOf(notes: readonly Note[], relative: (file: string) => string): string[] {
  return [...Map.groupBy(notes, ({ why }) => why)].flatMap(([why, group]) => {
    const places = new Set(
      group.map(({ file, line, what }) => `${relative(file)}${line === null ? '' : `:${line}`}: ${oneLine(what)}`),
    );
    const [only, ...more] = places;
    return more.length === 0 ? [`${only}: ${why}`] : [why, ...[...places].map((place) => `  ${place}`)];
  });
}

function oneLine(text: string): string {
  const [first = '', ...rest] = text.trim().split('\n');
  return rest.length > 0 || first.length > 120 ? `${first.slice(0, 120)}…` : first;
}
