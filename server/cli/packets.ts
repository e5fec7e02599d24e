/** `npm run packets -- decode FILE`: a capture as one JSON object per packet. Knows files and the terminal; packet/ does the rest. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { once } from 'node:events';
import { toVethlabError, VethlabError } from '../base/errors.ts';
import { decodeFrame } from '../packet/decode.ts';
import { CaptureDamage, readFormat, readRecords } from '../packet/pcap.ts';
import type { PacketRecord } from '../packet/pcap.ts';

const USAGE = `Usage: npm run packets -- decode FILE

Prints one JSON object per packet of FILE, a pcap or pcapng capture, gzipped or not; "-" reads standard input.
  { "number", "time", "length", "layers": [{ "protocol", "offset", "length",
    "fields": [{ "name", "value", "offset", "length" }] }], "error"? }
"time" is seconds since the epoch. Names are Wireshark's.
`;

const STDIN = 0;
const GZIP_MAGIC = [0x1f, 0x8b] as const;
const MAX_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024;

async function run(args: readonly string[]): Promise<void> {
  const [command, file, ...rest] = args;
  if (command === undefined || command === '--help' || command === '-h') {
    process.stdout.write(USAGE);
    return;
  }
  if (command !== 'decode' || file === undefined || rest.length > 0) {
    throw new VethlabError('bad_request', `"${args.join(' ')}" is not a command of packets.`, {
      hint: USAGE.trimEnd(),
    });
  }
  await decode(file);
}

async function decode(file: string): Promise<void> {
  const bytes = unpack(readBytes(file), file);
  const format = readFormat(bytes);
  if (typeof format === 'string') {
    throw new VethlabError('bad_request', `${nameOf(file)} is not a capture: ${reasonOf(format, bytes.length)}.`, {
      hint: 'Give a file that tcpdump -w, tshark -w or Wireshark wrote (pcap or pcapng).',
    });
  }
  const conversations = new Map<string, 'http' | 'tls'>();
  let number = 0;
  let end = format.start;
  try {
    for (const record of readRecords(bytes, format.start, format)) {
      number++;
      end = record.end;
      const decoded = decodeFrame(record.bytes, {
        originalLength: record.length,
        linkType: record.linkType,
        timeMs: record.timeMs,
        conversations,
      });
      await print(
        JSON.stringify({ number, time: 0, length: record.length, ...decoded }).replace('"time":0', timeJson(record)),
      );
    }
  } catch (error) {
    if (!(error instanceof CaptureDamage)) throw error;
    throw new VethlabError('bad_request', `${nameOf(file)} is damaged after packet ${number}: ${error.message}`, {
      hint: 'The packets before it were printed.',
      cause: error,
    });
  }
  if (end < bytes.length && format.kind === 'pcap') {
    throw new VethlabError(
      'bad_request',
      `${nameOf(file)} ends in the middle of packet ${number + 1}, at byte ${bytes.length}.`,
      { hint: 'The packets before it were printed; the capture was probably stopped while it was written.' },
    );
  }
}

/** Seconds with all digits that the capture has: a JSON number, which a float could not hold to the nanosecond. */
function timeJson(record: PacketRecord): string {
  const digits = String(record.nanoseconds).padStart(9, '0').replace(/0{3}$/, '');
  return `"time":${record.seconds}.${digits}`;
}

async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? STDIN : file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code);
    throw new VethlabError('not_found', `${nameOf(file)} cannot be read: ${why}.`, { cause: error });
  }
}

function unpack(bytes: Uint8Array, file: string): Uint8Array {
  if (bytes[0] !== GZIP_MAGIC[0] || bytes[1] !== GZIP_MAGIC[1]) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    throw new VethlabError('bad_request', `${nameOf(file)} cannot be unpacked: ${(error as Error).message}.`, {
      hint: 'The gzip file is cut, damaged or larger than 2 GiB; try gzip -t.',
      cause: error,
    });
  }
}

function reasonOf(format: 'incomplete' | 'unknown', length: number): string {
  return format === 'incomplete' ? `it has only ${length} bytes` : 'it does not start as pcap or pcapng do';
}

function nameOf(file: string): string {
  return file === '-' ? 'Standard input' : file;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader (head, less) has seen enough.
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

try {
  await run(process.argv.slice(2));
} catch (thrown) {
  const error = toVethlabError(thrown);
  process.stderr.write(`${error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`);
  process.exitCode = 1;
}
