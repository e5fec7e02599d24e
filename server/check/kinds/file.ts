/** `file`: a file of a node. */
import { z } from 'zod';
import { shellQuote } from '../../observe/shell-quote.ts';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { regularExpression } from '../condition.ts';
import { needsOneOf, nodeName, oneOrMore } from '../fields.ts';
export const fileSchema = z
  .strictObject({
    node: nodeName,
    path: z.string().regex(/^\//, 'Write an absolute path.').describe('The absolute path in the node.'),
    exists: z.boolean().optional().describe('Whether it is there.'),
    contains: oneOrMore(z.string()).optional().describe('Text, or texts, that it contains.'),
    matches: regularExpression
      .optional()
      .describe('A regular expression that its text matches; ^ and $ stand for lines.'),
  })
  .superRefine(needsOneOf(['exists', 'contains', 'matches']));

export type FileSpec = z.output<typeof fileSchema>;

export const fileKind: CheckKind<FileSpec> = {
  name: 'file',
  cost: 'dear',
  schema: fileSchema,
  captures: () => [],
  baselines: () => [],
  places: (spec) => [spec.node],
  judge,
};

async function judge(spec: FileSpec, context: CheckContext): Promise<Verdict> {
  const path = shellQuote(spec.path);
  const { exitCode, stdout } = await context.observer.command(
    spec.node,
    `[ -e ${path} ] || exit 44; [ -f ${path} ] || exit 45; exec head -c ${MAX_FILE_BYTES} -- ${path}`,
  );
  const name = `${spec.path} on ${spec.node}`;
  const exists = exitCode !== NOT_THERE;
  const wanted = spec.exists ?? true;
  if (!exists || !wanted) {
    return verdict(
      exists === wanted,
      `There should be ${wanted ? 'a' : 'no'} file ${name}.`,
      exists ? `${name} is there.` : `There is no ${name}.`,
    );
  }
  const { contains = [], matches } = spec;
  if (contains.length === 0 && !matches) return verdict(true, `There should be a file ${name}.`, `${name} is there.`);
  const expected = [
    ...contains.map((text) => `contain “${text}”`),
    ...(matches ? [`match /${matches.pattern}/${matches.flags}`] : []),
  ].join(' and ');
  if (exitCode === NO_FILE) return verdict(false, `${name} should ${expected}.`, `${name} is not a plain file.`);
  const isPass =
    contains.every((text) => stdout.includes(text)) &&
    (!matches || new RegExp(matches.pattern, `${matches.flags.replace('m', '')}m`).test(stdout));
  return verdict(
    isPass,
    `${name} should ${expected}.`,
    stdout === '' ? `${name} is empty.` : `${name} ${isPass ? 'does' : 'does not'}.`,
    [{ label: spec.path, text: stdout.slice(0, 300) }],
  );
}

const MAX_FILE_BYTES = 256 * 1024;
const NOT_THERE = 44;
const NO_FILE = 45;
