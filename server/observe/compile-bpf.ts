/** pcap filter expressions (pcap-filter(7)), made into programs by the image's tcpdump. */
import { VethlabError } from '../base/errors.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { parseBpf, type BpfProgram } from './bpf.ts';
import { shellQuote } from './shell-quote.ts';

/** Throws a VethlabError `lab_invalid` for an expression that tcpdump refuses. */
export async function compileBpf(sandbox: Sandbox, expression: string): Promise<BpfProgram> {
  // -s: the number of bytes a match returns; anything but zero means yes.
  const line = `tcpdump -y EN10MB -s 9200 -ddd -- ${shellQuote(expression)}`;
  const { exitCode, stdout, stderr } = await sandbox.run('outer', null, line, { timeoutMs: 5000 });
  if (exitCode === 0) return parseBpf(stdout);
  throw new VethlabError(
    'lab_invalid',
    `The capture filter “${expression}” is refused by tcpdump: ${refusal(stderr)}`,
    { hint: 'Try it with tcpdump -d.' },
  );
}

function refusal(stderr: string): string {
  return (stderr.split('\n').find((line) => line.startsWith('tcpdump: ')) ?? stderr.slice(0, 200)).replace(
    /^tcpdump: /,
    '',
  );
}
