/** Variables: which can be chosen, which are unknown where they are written, which nobody uses. */
import type { DiagnosticList } from './diagnostic-list.ts';
import { parseWith, type Fault } from './explain-issue.ts';
import type { LabSource, Path } from './lab-source.ts';
import { didYouMean } from './nearest.ts';
import { VARIABLE_NAME, variableSchema, type AuthorVariable } from './schema/lab-schema.ts';
import type { SourceText, Span } from './source-text.ts';
import { isScalar, referencesIn, valueOf, type Choices, type Reference } from './variables.ts';

export interface Variables {
  readonly usable: Readonly<Record<string, AuthorVariable>>;
  /** Names whose definition has faults; references to them are no further faults. */
  readonly faulty: Set<string>;
}

/** Reads `vars` one by one, so that one bad variable does not make the others unknown. */
export function readVariables(raw: unknown, report: (fault: Fault) => void): Variables {
  const usable: Record<string, AuthorVariable> = {};
  const faulty = new Set<string>();
  if (raw === undefined || raw === null) return { usable, faulty };
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    report({
      code: 'bad_value',
      path: ['vars'],
      at: 'value',
      message: 'Write variables by name: `size: { pick: [2000, 3000] }`.',
    });
    return { usable, faulty };
  }
  for (const [name, written] of Object.entries(raw)) {
    const path = ['vars', name];
    const read = parseWith(variableSchema, written, path);
    if (!VARIABLE_NAME.test(name)) {
      report({
        code: 'bad_name',
        path,
        at: 'key',
        message: 'A variable name has lower-case letters, digits and underscores, and begins with a letter.',
      });
      faulty.add(name);
    } else if ('faults' in read) {
      read.faults.forEach(report);
      faulty.add(name);
    } else usable[name] = read.value;
  }
  return { usable, faulty };
}

/** Keys of the front matter whose values may hold variables. */
const PLACES = ['topology', 'tasks', 'record'];

/** Looks at every `${…}` of the lab and its translations. `choices` are those of some learner. */
export function inspectVariables(
  lab: LabSource,
  translations: ReadonlyMap<string, SourceText>,
  variables: Variables,
  choices: Choices,
  diagnostics: DiagnosticList,
): void {
  const used = new Set<string>();
  const silenced: Span[] = [];
  const inspect = (text: string, offset: number, onFault?: () => void): void => {
    for (const reference of referencesIn(text)) {
      used.add(reference.name);
      const isAlone = onFault !== undefined && reference.length === text.replace(/^(['"])(.*)\1$/s, '$2').length;
      const found = variables.faulty.has(reference.name) ? null : usableValue(reference, choices, isAlone);
      if (found && 'fault' in found) {
        const hint = choices.has(reference.name)
          ? undefined
          : (didYouMean(reference.name, choices.keys()) ?? 'For a variable of the shell, write `$${…}` or `$name`.');
        diagnostics.add(
          'unknown_variable',
          { offset: offset + reference.offset, length: reference.length },
          found.fault,
          hint,
        );
      }
      if (!found || 'fault' in found) onFault?.();
    }
  };
  const inspectRecord = (text: string, offset: number, plain: Choices): void => {
    for (const reference of referencesIn(text)) {
      used.add(reference.name);
      const found = variables.faulty.has(reference.name) ? null : valueOf(reference, plain);
      if (!found || !('fault' in found)) continue;
      const isRecord = choices.get(reference.name)?.type === 'record';
      diagnostics.add(
        'unknown_variable',
        { offset: offset + reference.offset, length: reference.length },
        isRecord ? 'A map to pick from cannot hold values of another one.' : found.fault,
        isRecord ? undefined : didYouMean(reference.name, plain.keys()),
      );
    }
  };
  for (const { path, isKey, span, written } of lab.front.texts()) {
    if (!isKey && isInRecord(path)) {
      const plain = new Map([...choices].filter(([, { type }]) => type !== 'record'));
      inspectRecord(written, span.offset, plain);
      continue;
    }
    const isPlace = PLACES.includes(String(path[0]));
    if (isKey || !isPlace) {
      const [reference] = path[0] === 'vars' ? [] : referencesIn(written);
      if (!reference) continue;
      used.add(reference.name);
      const where = isKey
        ? 'A key cannot hold a variable.'
        : `\`${path[0]}\` is the same for everybody and cannot hold a variable.`;
      diagnostics.add('variable_not_here', { offset: span.offset + reference.offset, length: reference.length }, where);
      continue;
    }
    // What else is wrong with a text whose variable is unknown follows from that.
    inspect(written, span.offset, () => silenced.push(span));
  }
  inspect(lab.body, lab.bodyOffset);
  for (const translation of translations.values())
    for (const { name } of referencesIn(translation.text)) used.add(name);
  for (const span of silenced) diagnostics.silence(span);
  for (const name of Object.keys(variables.usable)) {
    if (!used.has(name))
      diagnostics.add('unused_variable', lab.front.keySpan(['vars', name]), `Nothing uses the variable \`${name}\`.`);
  }
}

/** Whether a text stands in an entry of `pick` that is a map. */
function isInRecord(path: Path): boolean {
  return path[0] === 'vars' && path[2] === 'pick' && path.length > 4;
}

/** A list or a map can be a whole value, and cannot stand within a text. */
function usableValue(reference: Reference, choices: Choices, isAlone: boolean): { value: unknown } | { fault: string } {
  const found = valueOf(reference, choices);
  if ('fault' in found || isAlone || isScalar(found.value)) return found;
  const written = `\`\${${reference.name}.${reference.member ?? ''}}\``;
  return { fault: `${written} is no text: it can be a whole value in the front matter, and nothing else.` };
}
