/** Compiles the filters of labs: display filters by our decoder or tshark, pcap filters by tcpdump. */
import { execFile } from 'node:child_process';
import type { Diagnostic } from '../course/lab.ts';
import type { LabFilter } from '../course/lab-result.ts';
import { compileFilter } from '../packet/filter.ts';

export interface CompiledFilters {
  readonly diagnostics: readonly Diagnostic[];
  /** What could not be tried here, in words. */
  readonly skipped: readonly string[];
}

const TIMEOUT_MS = 20_000;
const PARALLEL = 2;

/** Equal filters are compiled once. */
export async function compileFilters(filters: readonly LabFilter[]): Promise<CompiledFilters> {
  const distinct = [...new Map(filters.map((filter) => [keyOf(filter), filter])).values()];
  const problems = new Map<string, string>();
  const missing = new Set<string>();
  const queue = [...distinct];
  const work = async (): Promise<void> => {
    for (let filter = queue.shift(); filter; filter = queue.shift()) {
      const result = filter.language === 'bpf' ? await compileBpf(filter.text) : await compileDisplay(filter.text);
      if (typeof result === 'string') problems.set(keyOf(filter), result);
      else if (result) missing.add(result.missing);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return {
    diagnostics: filters.flatMap(({ file, line, column, length, ...filter }) => {
      const problem = problems.get(keyOf(filter));
      if (problem === undefined) return [];
      const language = filter.language === 'bpf' ? 'pcap filter' : 'Wireshark display filter';
      const hint = filter.language === 'bpf' ? 'Try it with `tcpdump -d`.' : 'Try it with `tshark -Y`.';
      return [{ code: 'bad_filter', file, line, column, length, message: `This is no ${language}: ${problem}`, hint }];
    }),
    skipped: [...missing].map((program) => `${program} is not installed here, so filters that need it were not tried.`),
  };
}

function keyOf(filter: Pick<LabFilter, 'language' | 'text'>): string {
  return `${filter.language} ${filter.text}`;
}

type Result = string | { missing: string } | null;

async function compileBpf(text: string): Promise<Result> {
  // EN10MB: what captures of this program are. -d prints the code and ends.
  const ran = await run('tcpdump', ['-y', 'EN10MB', '-d', '--', text]);
  if ('missing' in ran) return ran;
  return ran.exitCode === 0 ? null : sentence(ran.stderr.replace(/^.*?tcpdump: /s, ''));
}

async function compileDisplay(text: string): Promise<Result> {
  const compiled = compileFilter(text);
  if (compiled.ok) return null;
  if (compiled.reason === 'syntax') return sentence(compiled.message);
  // Our decoder does not know every field; tshark is asked with an empty capture.
  const ran = await run('tshark', ['-r', '/dev/null', '-Y', text]);
  if ('missing' in ran) return ran;
  // tshark compiles the filter before it finds that the capture is empty: exit status 2 is the filter's.
  const complaint = ran.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Running as user'));
  const isAboutFile = complaint.every((line) => /dev\/null|capture file/.test(line));
  return ran.exitCode === 0 || isAboutFile
    ? null
    : sentence((complaint[0] ?? 'tshark refuses it').replace(/^tshark: /, ''));
}

function run(
  program: string,
  args: readonly string[],
): Promise<{ exitCode: number; stderr: string } | { missing: string }> {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { timeout: TIMEOUT_MS, maxBuffer: 1 << 20, env: { ...process.env, LC_ALL: 'C.UTF-8' } },
      (error, _stdout, stderr) => {
        if (error?.code === 'ENOENT') resolve({ missing: program });
        else resolve({ exitCode: error ? (typeof error.code === 'number' ? error.code : 1) : 0, stderr });
      },
    );
  });
}

function sentence(text: string): string {
  const line = (text.split('\n').find((one) => one.trim() !== '') ?? 'it is refused').trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
