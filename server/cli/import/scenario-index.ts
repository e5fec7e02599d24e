/** Reads the `index.json` of a Killercoda or Katacoda scenario. What it does not know, it leaves in place to be told. */
import { z } from 'zod';
import { VethlabError } from '../../base/errors.ts';
import { readText } from './foreign-files.ts';

const page = z.looseObject({
  title: z.string().optional(),
  text: z.string().optional(),
  verify: z.string().optional(),
  foreground: z.string().optional(),
  background: z.string().optional(),
  /** Katacoda's names of the two. */
  code: z.string().optional(),
  courseData: z.string().optional(),
});
export type ScenarioPage = z.output<typeof page>;

const asset = z.looseObject({ file: z.string(), target: z.string().default('/root'), chmod: z.string().optional() });

const index = z.looseObject({
  title: z.string(),
  description: z.string().optional(),
  difficulty: z.string().optional(),
  time: z.union([z.string(), z.number()]).optional(),
  details: z
    .looseObject({
      intro: page.optional(),
      steps: z.array(page).default([]),
      finish: page.optional(),
      assets: z.record(z.string(), z.array(asset)).default({}),
    })
    .default({ steps: [], assets: {} }),
  backend: z.looseObject({ imageid: z.string().optional() }).optional(),
});
export type ScenarioIndex = z.output<typeof index>;

/** @throws VethlabError `lab_invalid` */
export async function readScenarioIndex(
  file: string,
): Promise<{ index: ScenarioIndex; lineOf: (key: string) => number | null }> {
  const text = await readText(file);
  if (text === null) throw new VethlabError('not_found', `${file} is not there, or cannot be read.`);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new VethlabError(
      'lab_invalid',
      `${file} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause, hint: 'Mend it first.' },
    );
  }
  const read = index.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw new VethlabError(
      'lab_invalid',
      `${file} is no scenario: ${where === '' ? '' : `\`${where}\`: `}${issue?.message ?? 'it has another form'}.`,
      {
        hint: 'A scenario has `title` and `details` with `steps`; a list of several is imported one by one.',
      },
    );
  }
  const lines = text.split('\n');
  return {
    index: read.data,
    lineOf(key) {
      const at = lines.findIndex((line) => line.includes(`"${key}"`));
      return at === -1 ? null : at + 1;
    },
  };
}
