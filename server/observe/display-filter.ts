/**
 * Wireshark display filters over captured frames, one frame at a time and without reassembly: a fragment is a frame of its
 * own, and what a filter says is said of single frames (tshark's `ip.defragment:FALSE`).
 */
import { VethlabError } from '../base/errors.ts';
import { compileFilter } from '../packet/filter.ts';
import { writePcap } from '../packet/pcap-write.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { shellQuote } from './shell-quote.ts';
import { say } from '../base/sentence.ts';

export interface Frame {
  /** 1 is the first frame captured at its endpoint. */
  readonly number: number;
  readonly timeMs: number;
  /** Bytes on the wire. */
  readonly length: number;
  readonly bytes: Uint8Array;
}

/** Answered here, frame by frame; or by tshark, which wants to see all frames at once. */
export type DisplayFilter =
  { readonly by: 'decoder'; matches(frame: Frame): boolean } | { readonly by: 'tshark'; readonly text: string };

/** Throws a VethlabError `lab_invalid`, with words for the author, for a filter that no Wireshark would take. */
export function openDisplayFilter(text: string): DisplayFilter {
  const compiled = compileFilter(text);
  if (compiled.ok) return { by: 'decoder', matches: (frame) => compiled.matches(frame.bytes, frame) };
  if (compiled.reason === 'unknown_field') return { by: 'tshark', text };
  throw new VethlabError(
    'lab_invalid',
    say('The display filter “{filter}” is not understood: {why}', { filter: text, why: compiled.message }),
    {
      hint: say('Try it in Wireshark, or with tshark -Y.'),
    },
  );
}

// Learners choose these bytes: dissectors run as nobody, without a name service, and with little time.
// tshark reads a capture from a pipe but not from a socket, which standard input may be: hence the cat.
const TSHARK =
  'cat | timeout -s KILL 8 setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent LC_ALL=C.UTF-8 ' +
  'tshark -n -r - -o ip.defragment:FALSE -o ipv6.defragment:FALSE -o tcp.desegment_tcp_streams:FALSE ' +
  // Checksums are verified, as our own decoder does; Wireshark leaves that off.
  '-o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -T fields -e frame.number';
const TSHARK_TIMEOUT_MS = 7000;

/**
 * Which of the frames match, as indexes into the list.
 * Throws a VethlabError: `lab_invalid` for a filter tshark refuses, `command_timeout` or `command_failed` otherwise.
 */
export async function filterByTshark(sandbox: Sandbox, text: string, frames: readonly Frame[]): Promise<number[]> {
  const process = await sandbox.spawn('outer', null, `${TSHARK} -Y ${shellQuote(text)}`);
  const isLate = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => isLate.resolve('late'), TSHARK_TIMEOUT_MS);
  try {
    // A filter that is refused ends tshark before it has read all.
    process.stdin.on('error', () => undefined);
    const output = Promise.all([readAll(process.stdout), readAll(process.stderr), process.exit]);
    process.stdin.end(writePcap(frames));
    const result = await Promise.race([output, isLate.promise]);
    if (result === 'late') {
      throw new VethlabError(
        'command_timeout',
        say('The display filter “{filter}” took longer than {seconds} seconds.', {
          filter: text,
          seconds: TSHARK_TIMEOUT_MS / 1000,
        }),
      );
    }
    const [stdout, stderr, exitCode] = result;
    if (exitCode !== 0) throw refusal(text, stderr, exitCode);
    return stdout.split('\n').flatMap((line) => (line === '' ? [] : [Number(line) - 1]));
  } finally {
    clearTimeout(timer);
    process.kill();
  }
}

function refusal(text: string, stderr: string, exitCode: number): VethlabError {
  const said = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('Running as user'))
    .slice(0, 3)
    .join(' ')
    .replace(/^tshark: /, '');
  // Exit status 2: the command line, which here is the filter (tshark(1)).
  if (exitCode === 2 || exitCode === 4) {
    return new VethlabError(
      'lab_invalid',
      say('The display filter “{filter}” is refused by tshark: {why}', { filter: text, why: said }),
      {
        hint: say('Try it in Wireshark, or with tshark -Y.'),
      },
    );
  }
  return new VethlabError('command_failed', `tshark could not look at the capture: ${said}`, { details: { exitCode } });
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += String(chunk);
  return text;
}
