/** `file`: a file of a node. */
import { z } from 'zod';
import { shellQuote } from '../../observe/shell-quote.ts';
import { verdict } from '../verdict.ts';
import type { CheckContext, CheckKind, Verdict } from '../check.ts';
import { regularExpression } from '../condition.ts';
import { needsOneOf, nodeName, oneOrMore } from '../fields.ts';
import { say, series } from '../../base/sentence.ts';
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
  const file = say('{path} on {node}', { path: spec.path, node: spec.node });
  const exists = exitCode !== NOT_THERE;
  const wanted = spec.exists ?? true;
  if (!exists || !wanted) {
    return verdict(
      exists === wanted,
      wanted ? say('There should be a file {file}.', { file }) : say('There should be no file {file}.', { file }),
      exists ? say('{file} is there.', { file }) : say('There is no {file}.', { file }),
    );
  }
  const { contains = [], matches } = spec;
  if (contains.length === 0 && !matches) {
    return verdict(true, say('There should be a file {file}.', { file }), say('{file} is there.', { file }));
  }
  const demands = [
    ...contains.map((text) => say('contain “{text}”', { text })),
    ...(matches ? [say('match {pattern}', { pattern: `/${matches.pattern}/${matches.flags}` })] : []),
  ];
  const expected = say('{file} should {demands}.', { file, demands: series(demands, 'and') });
  if (exitCode === NO_FILE) return verdict(false, expected, say('{file} is not a plain file.', { file }));
  const isPass =
    contains.every((text) => stdout.includes(text)) &&
    (!matches || new RegExp(matches.pattern, `${matches.flags.replace('m', '')}m`).test(stdout));
  return verdict(
    isPass,
    expected,
    stdout === ''
      ? say('{file} is empty.', { file })
      : isPass
        ? say('{file} does.', { file })
        : say('{file} does not.', { file }),
    [{ label: spec.path, text: stdout.slice(0, 300) }],
  );
}

const MAX_FILE_BYTES = 256 * 1024;
const NOT_THERE = 44;
const NO_FILE = 45;
