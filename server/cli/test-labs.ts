/** `lab test`: proves labs on real sandboxes, several at once, and reports. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { VethlabError } from '../base/errors.ts';
import type { Lab } from '../course/lab.ts';
import { sortByKernel } from './labs-by-kernel.ts';
import { openAuthorSandboxes } from './wiring.ts';
import { findLabs, type FoundLabs } from './find-labs.ts';
import { printFound, type Output } from './lint.ts';
import { junitXml, proofJson, proofText, summaryText } from './proof-report.ts';
import { isProved, stepName, type Proof } from './proof.ts';
import type { StartSandbox } from './proof-run.ts';
import { proveLab, type Limit } from './prove-lab.ts';

const OPTIONS = {
  jobs: { type: 'string', default: '2' },
  task: { type: 'string', multiple: true },
  seed: { type: 'string', multiple: true },
  json: { type: 'string' },
  junit: { type: 'string' },
  data: { type: 'string' },
  all: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
} as const;

/** Exit status 1 when a lab is not proved. */
export async function testCommand(args: string[], output: Output): Promise<number> {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const jobs = Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 16)
    throw new VethlabError('bad_request', `--jobs ${values.jobs} is not possible.`, {
      hint: 'Write a number from 1 to 16.',
    });
  const found = await findLabs(positionals);
  if (found.diagnostics.length > 0) output.write(`${printFound(found.diagnostics, found)}\n`);
  await using sandboxes = await openAuthorSandboxes(values.data);
  const { usable, lacking } = await sortByKernel(found.labs, 'test', sandboxes.start);
  const proofs = [
    ...faultyLabs(found),
    ...lacking.map(({ lab, problems }) => proofOfNothing(lab.id, lab.directory, 'start', problems)),
    ...(await proveAll(usable, {
      jobs,
      seeds: values.seed,
      tasks: values.task,
      isEveryPick: values.all,
      start: (topology, captures) => sandboxes.start(topology, captures),
      onProgress: values.quiet ? () => undefined : (line) => void output.write(line),
    })),
  ];
  if (values.json !== undefined) await writeFile(values.json, proofJson(proofs));
  if (values.junit !== undefined) await writeFile(values.junit, junitXml(proofs));
  output.write(`\n${proofs.map(proofText).join('')}${summaryText(proofs)}`);
  return proofs.every(isProved) ? 0 : 1;
}

export interface ProveAllOptions {
  /** How many sandboxes run at once; a limit is shared with other calls. */
  readonly jobs: number | Limit;
  readonly seeds?: readonly string[] | undefined;
  readonly tasks?: readonly string[] | undefined;
  /** As many choices of values as it takes to have every entry of every `pick`, wrong attempts with each. */
  readonly isEveryPick?: boolean | undefined;
  readonly start: StartSandbox;
  readonly onProgress: (line: string) => void;
}

/** Labs with variables are proved with two choices of values, so that none passes by luck; wrong attempts with the first. */
export async function proveAll(labs: readonly Lab[], options: ProveAllOptions): Promise<Proof[]> {
  const jobs = labs.flatMap((lab): { lab: Lab; seed: string; withWrong: boolean; pickIndex?: number }[] => {
    if (options.isEveryPick)
      return Array.from({ length: lab.pickCount }, (_, pickIndex) => ({
        lab,
        seed: `${options.seeds?.[0] ?? 'proof'} ${pickIndex + 1}`,
        withWrong: true,
        pickIndex,
      }));
    const seeds = options.seeds ?? (hasVariables(lab) ? ['proof 1', 'proof 2'] : ['proof 1']);
    return seeds.map((seed, index) => ({ lab, seed, withWrong: index === 0 }));
  });
  const limit = typeof options.jobs === 'number' ? limiter(options.jobs) : options.jobs;
  let done = 0;
  return Promise.all(
    jobs.map(async ({ lab, seed, withWrong, pickIndex }) => {
      const proof = await proveLab(lab, {
        seed,
        withWrong,
        pickIndex,
        limit,
        start: options.start,
        tasks: options.tasks,
        onStep: (step) =>
          options.onProgress(
            `${step.isProved ? '  ✓' : '  ✗'} ${lab.id}: ${stepName(step)} (${(step.tookMs / 1000).toFixed(1)} s)\n`,
          ),
      });
      done += 1;
      options.onProgress(`[${done}/${jobs.length}] ${lab.id}: ${isProved(proof) ? 'proved' : 'NOT PROVED'}\n`);
      return proof;
    }),
  );
}

/** A lab whose values cannot be chosen is told by its proof. */
function hasVariables(lab: Lab): boolean {
  try {
    return Object.keys(lab.resolve('proof 1').vars).length > 0;
  } catch {
    return false;
  }
}

/** At most `count` at once, the others in the order in which they came. */
export function limiter(count: number): Limit {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    // Whoever ends hands its place to the next, so that nobody slips in between.
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/** Labs that could not even be read count as not proved. */
function faultyLabs(found: FoundLabs): Proof[] {
  const proved = new Set(found.labs.map((lab) => lab.directory));
  const files = [...new Set(found.diagnostics.map(({ file }) => file))];
  return files
    .filter((file) => ![...proved].some((directory) => file.startsWith(`${directory}/`)))
    .map((file) =>
      proofOfNothing(
        file,
        file,
        'lint',
        found.diagnostics
          .filter((one) => one.file === file)
          .map((one) => `${one.file}:${one.line}:${one.column}: ${one.message}`),
      ),
    );
}

/** A lab that could not be tried, and why. */
function proofOfNothing(labId: string, directory: string, kind: 'lint' | 'start', problems: readonly string[]): Proof {
  const step = { kind, task: null, isProved: false, tookMs: 0, evidence: [], problems };
  return { labId, directory, seed: '', vars: {}, tookMs: 0, steps: [step] };
}
