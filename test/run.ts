/**
 * Runs the suites one after another and ends with one line that counts all of them: `N passed, N failed`.
 * `run.ts` runs everything; `run.ts check` the quick part; `run.ts e2e runtime` the suites named.
 * Tests measure real kernels on machines that do other work too: what fails is tried once more, and when it passes then,
 * its name is printed as unsteady. It is to be mended like any other fault.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  /** Where the counts come from: a JSON report of the runner, or the exit status alone (one test). */
  readonly report: 'vitest' | 'playwright' | 'exit';
  /** A command that runs the suite's, in a place of its own. */
  readonly within?: readonly string[];
  /** Default {@link LONGEST_MINUTES}. */
  readonly minutes?: number;
  /** A suite that has to come before, also when only this one is named. */
  readonly needs?: string;
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const vitest = (project: string): Suite => ({
  name: project,
  command: [
    'vitest',
    'run',
    '--config',
    'test/vitest.config.ts',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
  ],
  report: 'vitest',
});

const CHECK: readonly Suite[] = [
  { name: 'types', command: ['tsc', '-p', '.'], report: 'exit' },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings', 'server', 'web', 'test'], report: 'exit' },
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '.'], report: 'exit' },
  { name: 'dead code', command: ['knip'], report: 'exit' },
  vitest('unit'),
];

/** Far more than any suite takes; what hangs must not hold up the rest. */
const LONGEST_MINUTES = 30;
const LAST_MS = 45_000;
/** timeout(1) */
const TIMED_OUT = 124;

/** A network that ends with the suite. */
const OWN_NETWORK = ['unshare', '--net', 'bash', '-c', 'ip link set lo up && exec "$@"', 'bash'];

const ALL: readonly Suite[] = [
  ...CHECK,
  vitest('runtime'),
  vitest('security'),
  vitest('labs'),
  {
    name: 'e2e',
    command: ['playwright', 'test', '--config', 'test/e2e/playwright.config.ts', '--reporter=list,json'],
    report: 'playwright',
  },
  { name: 'images', command: ['node', 'test/support/docker.ts'], report: 'exit' },
  { ...vitest('docker'), needs: 'images' },
  vitest('uml'),
  // Half of what is measured needs a kernel that this machine may not have.
  { ...vitest('netem'), within: ['containers/uml/boot', '--memory', '1536', '--'], minutes: 15 },
  {
    name: 'compose',
    command: ['playwright', 'test', '--config', 'test/docker/playwright.config.ts', '--reporter=list,json'],
    report: 'playwright',
    within: OWN_NETWORK,
    needs: 'images',
  },
];

function run(suite: Suite, reportPath: string, more: readonly string[] = []): Promise<number> {
  const [own = '', ...args] = [...suite.command, ...more];
  const reportArgs = suite.report === 'vitest' ? [`--outputFile.json=${reportPath}`] : [];
  const [program = '', ...all] = [...(suite.within ?? []), `node_modules/.bin/${own}`, ...args, ...reportArgs];
  const child = spawn(program, all, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath },
  });
  let isLate = false;
  const minutes = suite.minutes ?? LONGEST_MINUTES;
  const late = setTimeout(() => {
    isLate = true;
    console.error(`The suite ${suite.name} has not ended after ${minutes} minutes, and is ended.`);
    child.kill('SIGTERM');
  }, minutes * 60_000);
  const last = setTimeout(() => child.kill('SIGKILL'), minutes * 60_000 + LAST_MS);
  return new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code, signal) => resolve(isLate ? TIMED_OUT : signal ? 128 : (code ?? 1)));
  }).finally(() => {
    clearTimeout(late);
    clearTimeout(last);
  });
}

/** What the runner's own report counts; a runner that failed without a report counts as one failure. */
function count(suite: Suite, exitCode: number, reportPath: string): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  if (suite.report === 'exit') return { ...counts, [exitCode === 0 ? 'passed' : 'failed']: 1 };
  try {
    const report = JSON.parse(readFileSync(reportPath, 'utf8'));
    if (suite.report === 'vitest') {
      counts.passed = report.numPassedTests;
      counts.failed = report.numFailedTests;
      counts.skipped = report.numPendingTests + report.numTodoTests;
    } else {
      counts.passed = report.stats.expected;
      counts.failed = report.stats.unexpected + report.stats.flaky;
      counts.skipped = report.stats.skipped;
    }
  } catch {
    console.error(`The suite ${suite.name} left no report.`);
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed === 0) counts.failed = 1;
  return counts;
}

/** Names of the tests that failed by the runner's own report. */
function failedTests(suite: Suite, reportPath: string): { names: string[]; files: string[] } {
  const names: string[] = [];
  const files = new Set<string>();
  try {
    const report = JSON.parse(readFileSync(reportPath, 'utf8'));
    if (suite.report === 'vitest') {
      for (const file of report.testResults.filter((one: { status: string }) => one.status === 'failed')) {
        files.add(file.name);
        for (const test of file.assertionResults) if (test.status === 'failed') names.push(test.fullName);
      }
    } else {
      const visit = (part: PlaywrightPart, title: string): void => {
        for (const spec of part.specs ?? []) if (!spec.ok) names.push(`${title} ${spec.title}`.trim());
        for (const inner of part.suites ?? []) visit(inner, `${title} ${inner.title}`.trim());
      };
      visit(report, '');
    }
  } catch {
    // No report: nothing is known that could be tried again.
  }
  return { names, files: [...files] };
}

interface PlaywrightPart {
  readonly suites?: readonly (PlaywrightPart & { readonly title: string })[];
  readonly specs?: readonly { readonly title: string; readonly ok: boolean }[];
}

/** Runs what failed once more; the counts after that, and the names of the tests that passed only then. */
async function tryAgain(
  suite: Suite,
  before: Counts,
  reportPath: string,
): Promise<{ counts: Counts; unsteady: string[] }> {
  const first = failedTests(suite, reportPath);
  if (suite.report === 'exit' || first.names.length === 0 || first.names.length > MOST_TRIED_AGAIN)
    return { counts: before, unsteady: [] };
  console.log(`\n=== ${suite.name}, once more what failed`);
  const again = `${reportPath}.again`;
  const more = suite.report === 'vitest' ? first.files : ['--last-failed'];
  const exitCode = await run(suite, again, more);
  const { failed } = count(suite, exitCode, again);
  const still = new Set(failedTests(suite, again).names);
  return {
    counts: { ...before, passed: before.passed + before.failed - failed, failed },
    unsteady: first.names.filter((name) => !still.has(name)),
  };
}

/** More than this is no accident. */
const MOST_TRIED_AGAIN = 8;

const wanted = process.argv.slice(2);
const isWanted = ({ name }: Suite): boolean =>
  wanted.includes(name) || ALL.some((suite) => suite.needs === name && isWanted(suite));
/** User Mode Linux runs on x86-64 alone. */
const OF_THIS_MACHINE = ALL.filter(({ name }) => process.arch === 'x64' || (name !== 'uml' && name !== 'netem'));
const suites = wanted.length === 0 ? OF_THIS_MACHINE : wanted.includes('check') ? CHECK : ALL.filter(isWanted);
const unknown = wanted.filter((name) => name !== 'check' && !ALL.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(
    `No suite is called ${unknown.join(', ')}. There are: check, ${ALL.map((suite) => suite.name).join(', ')}.`,
  );
  process.exit(2);
}

const directory = mkdtempSync(join(tmpdir(), 'vethlab-test-'));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
const unsteady: string[] = [];
try {
  for (const suite of suites) {
    console.log(`\n=== ${suite.name}`);
    const startedAt = performance.now();
    const reportPath = join(directory, `${suite.name.replaceAll(' ', '-')}.json`);
    let exitCode = await run(suite, reportPath);
    if (exitCode === TIMED_OUT) {
      unsteady.push(`${suite.name}: all of it, which hung`);
      exitCode = await run(suite, reportPath);
    }
    let counts = count(suite, exitCode, reportPath);
    if (counts.failed > 0) {
      const second = await tryAgain(suite, counts, reportPath);
      counts = second.counts;
      unsteady.push(...second.unsteady.map((name) => `${suite.name}: ${name}`));
    }
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    lines.push(
      `${suite.name.padEnd(10)} ${seconds.padStart(6)} s  ${counts.passed} passed, ${counts.failed} failed${skipped}`,
    );
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
if (wanted.length === 0 && OF_THIS_MACHINE.length < ALL.length)
  lines.push(`uml, netem      not run: User Mode Linux runs on x86-64, and this is ${process.arch}`);
console.log(`\n${lines.join('\n')}\n`);
if (unsteady.length > 0) console.log(`Unsteady (failed, then passed when tried again):\n  ${unsteady.join('\n  ')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;
