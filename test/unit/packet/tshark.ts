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

/** For each display filter the numbers of the frames it selects, or tshark's complaint; all in one run. */
export function tsharkMatches(capture: Uint8Array, filters: readonly string[]): (readonly number[] | string)[] {
  const folder = mkdtempSync(join(tmpdir(), 'vethlab-filter-'));
  try {
    const script = join(folder, 'filters.lua');
    writeFileSync(script, MATCHES_LUA);
    writeFileSync(join(folder, 'filters'), `${filters.join('\n')}\n`);
    const output = withFile(capture, (path) =>
      tshark(['-q', '-X', `lua_script:${script}`, '-r', path, ...ALONE], { FILTERS: join(folder, 'filters') }),
    );
    const answers = new Map(
      output.split('\n').flatMap((line) => {
        const [, index, answer] = /^(\d+):(.*)$/.exec(line) ?? [];
        return index === undefined || answer === undefined ? [] : [[Number(index), answer] as const];
      }),
    );
    return filters.map((_, index) => {
      const answer = answers.get(index + 1) ?? 'error: tshark said nothing';
      return answer.startsWith('error') ? answer : answer.split(',').filter(Boolean).map(Number);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A tap per filter notes the frames that pass it. */
const MATCHES_LUA = `
local count, hits = 0, {}
for line in io.lines(os.getenv("FILTERS")) do
  count = count + 1
  local index = count
  local ok, tap = pcall(Listener.new, "frame", line)
  if ok then
    hits[index] = {}
    function tap.packet(pinfo) table.insert(hits[index], pinfo.number) end
  else
    io.stdout:write(index .. ":error " .. tostring(tap):gsub("\\n", " ") .. "\\n")
  end
end
local last = Listener.new("frame")
function last.draw()
  for index = 1, count do
    if hits[index] then io.stdout:write(index .. ":" .. table.concat(hits[index], ",") .. "\\n") end
  end
end
`;

/** The summary of every frame: source → destination protocol info. */
export function tsharkSummaries(capture: Uint8Array): string[] {
  const columns = ['Source', 'Destination', 'Protocol', 'Info'].flatMap((column) => ['-e', `_ws.col.${column}`]);
  return withFile(capture, (path) => tshark(['-r', path, '-T', 'fields', ...columns, ...ALONE]))
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replace('\t', ' → ').replaceAll('\t', ' '));
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

function tshark(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  return execFileSync('tshark', ['-n', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
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
