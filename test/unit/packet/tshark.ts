/** The installed tshark as the reference: what it sees in a capture, frame by frame, each frame alone. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** No reassembly, and checksums verified, as the decoder does. */
const ALONE = [
  'ip.defragment:FALSE',
  'ipv6.defragment:FALSE',
  'tcp.desegment_tcp_streams:FALSE',
  'ip.check_checksum:TRUE',
  'tcp.check_checksum:TRUE',
  'udp.check_checksum:TRUE',
].flatMap((option) => ['-o', option]);

export interface ReferenceField {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
  readonly length: number;
  /** A copy under a second name (`ip.addr`), not shown in trees. */
  readonly isHidden: boolean;
}

/** Fields of every frame; protocols are fields without a value. */
export function tsharkFields(capture: Uint8Array): ReferenceField[][] {
  const pdml = withFile(capture, (path) => tshark(['-r', path, '-T', 'pdml', ...ALONE]));
  return pdml
    .split('<packet>')
    .slice(1)
    .map((packet) => [...packet.matchAll(/<(?:field|proto) name="([^"]+)"([^>]*)>/g)].map(toField));
}

/** Numbers of the frames that a display filter selects, or tshark's complaint. */
export function tsharkMatches(capture: Uint8Array, filter: string): number[] | string {
  return withFile(capture, (path) => {
    try {
      const output = tshark(['-r', path, '-Y', filter, '-T', 'fields', '-e', 'frame.number', ...ALONE]);
      return output.split('\n').filter(Boolean).map(Number);
    } catch (error) {
      return String((error as { stderr?: unknown }).stderr);
    }
  });
}

/** Which of many filters select which frames, in one run of tshark per filter file. */
export function tsharkSummaries(capture: Uint8Array): string[] {
  return withFile(capture, (path) => tshark(['-r', path, ...ALONE]))
    .split('\n')
    .filter(Boolean);
}

function toField(match: RegExpMatchArray): ReferenceField {
  const [, name = '', attributes = ''] = match;
  const attribute = (key: string): string => new RegExp(` ${key}="([^"]*)"`).exec(attributes)?.[1] ?? '';
  return {
    name,
    value: unescapeXml(attribute('show')),
    offset: Number(attribute('pos')),
    length: Number(attribute('size')),
    isHidden: attribute('hide') === 'yes',
  };
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
}

function tshark(args: readonly string[]): string {
  return execFileSync('tshark', ['-n', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 256 * 1024 * 1024,
  });
}

function withFile<T>(capture: Uint8Array, use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'vethlab-packet-'));
  try {
    const path = join(folder, 'capture.pcap');
    writeFileSync(path, capture);
    return use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
