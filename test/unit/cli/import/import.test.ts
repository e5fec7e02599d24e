import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VethlabError } from '../../../../server/base/errors.ts';
import { importCommand } from '../../../../server/cli/import/import-command.ts';
import { missingPrograms } from '../../../../server/cli/import/programs.ts';
import { convertText } from '../../../../server/cli/import/scenario-text.ts';
import type { ResolvedLab } from '../../../../server/course/lab.ts';
import { loadLab } from '../../../../server/course/load-lab.ts';

const FIXTURES = path.join(import.meta.dirname, 'fixtures');
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'vethlab-import-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Imports, loads without a fault, and gives what was said. */
async function imported(name: string): Promise<{ said: string; text: string; lab: ResolvedLab; to: string }> {
  const to = path.join(directory, 'made/lab');
  let said = '';
  await importCommand([path.join(FIXTURES, name), '--to', to], { write: (part: string) => (said += part) });
  const { lab, diagnostics } = await loadLab(to);
  expect(diagnostics).toEqual([]);
  if (!lab) throw new Error('The lab did not load.');
  return {
    said: said.replaceAll(directory, ''),
    text: readFileSync(path.join(to, 'index.md'), 'utf8'),
    lab: lab.resolve('seed'),
    to,
  };
}

async function failure(args: string[]): Promise<VethlabError> {
  try {
    await importCommand(args, { write: () => undefined });
  } catch (error) {
    if (error instanceof VethlabError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

describe('a scenario', () => {
  it('gives a lesson with run blocks, a task per script that can be judged, and the files of the machine', async () => {
    const { lab, text, to } = await imported('scenario');
    expect(lab.title).toBe('Listen on a port');
    expect(lab.tasks.map(({ name, title }) => [name, title])).toEqual([['step-open-it', 'Open it']]);
    expect(lab.tasks[0]).toMatchObject({
      check: { of: [{ name: 'command', spec: { node: 'host01', run: 'ss -ltnH "sport = :8080" | grep -q LISTEN' } }] },
    });
    expect(lab.topology.nodes[0]).toMatchObject({
      name: 'host01',
      exec: ['mkdir -p /srv/www\necho ready > /srv/www/state'],
      files: { '/root/a.conf': 'port=${port}\n' },
    });
    expect(text.slice(text.indexOf('\n---\n') + 5)).toMatchSnapshot();
    expect(readdirSync(path.join(to, 'assets'))).toEqual(['port.svg']);
  });

  it('says what it could not carry over, and why', async () => {
    const { said } = await imported('scenario/index.json');
    expect(said).toMatchSnapshot();
  });
});

describe('a containerlab file', () => {
  it('gives nodes, links and what its lines set up', async () => {
    const { lab } = await imported('two-nodes.clab.yml');
    const { nodes, links } = lab.topology;
    expect(nodes.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'client-1 host',
      'r1 router',
      'leaf router',
      'br0 switch',
    ]);
    expect(nodes[0]).toMatchObject({
      routes: ['default via 192.168.1.1'],
      sysctls: { 'net.ipv4.ip_default_ttl': '32' },
      exec: [],
    });
    expect(nodes[1]?.exec).toEqual([
      'ip link add probe type dummy',
      'ip link set probe up',
      'tc qdisc add dev eth2 root netem delay 20ms 2ms 25%',
    ]);
    expect(
      links.map(({ endpoints: [a, b], mtu }) => [
        `${a.node}:${a.interface}`,
        a.ipv4[0],
        `${b.node}:${b.interface}`,
        b.ipv4[0],
        mtu,
      ]),
    ).toEqual([
      ['client-1:eth1', '192.168.1.2/24', 'r1:eth1', '192.168.1.1/24', 1400],
      ['r1:eth2', '10.0.0.1/30', 'leaf:ethernet-1-1', undefined, null],
      ['leaf:e1-2', undefined, 'br0:leaf2', undefined, null],
    ]);
    expect(links[0]?.impairments).toEqual([null, { delayMs: 20, jitterMs: 2, lossPercent: 1 }]);
    expect(links[1]?.endpoints[0].mac).toBe('02:00:00:00:00:02');
  });

  it('says what it could not carry over, and why', async () => {
    const { said } = await imported('two-nodes.clab.yml');
    expect(said).toMatchSnapshot();
  });
});

describe('a Kathará lab', () => {
  it('makes a link of a domain with two ends and a switch of any other', async () => {
    const { lab } = await imported('kathara');
    const { nodes, links } = lab.topology;
    expect(nodes.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'r1 router',
      'pc1 host',
      'pc2 host',
      'pc-3 host',
      'sw-B switch',
    ]);
    expect(links.map(({ endpoints }) => endpoints.map((end) => `${end.node}:${end.interface}`).join(' '))).toEqual([
      'r1:eth0 pc1:eth0',
      'r1:eth1 sw-B:port1',
      'pc2:eth0 sw-B:port2',
      'pc-3:eth0 sw-B:port3',
    ]);
    expect(links[0]?.endpoints.map(({ ipv4 }) => ipv4)).toEqual([['10.0.0.1/24'], ['10.0.0.2/24']]);
    expect(nodes[1]).toMatchObject({
      routes: ['default via 10.0.0.1'],
      files: { '/etc/resolv.conf': 'nameserver 10.0.0.53\n' },
    });
  });

  it('keeps mistakes that are there to be found as shell lines', async () => {
    const { lab, said } = await imported('kathara/lab.conf');
    expect(lab.topology.nodes.find(({ name }) => name === 'pc-3')?.exec).toEqual(['ip addr add 10.0.7.3/24 dev eth0']);
    expect(said).toMatchSnapshot();
  });
});

describe('what cannot be imported', () => {
  it.each([
    ['index.json', '{"title": ', 'is not JSON'],
    ['index.json', '[]', 'is no scenario'],
    ['index.json', '{"details": {"steps": {}}}', 'is no scenario'],
    ['a.clab.yml', 'topology: [', 'cannot be read as YAML'],
    ['a.clab.yml', 'topology:\n  nodes:\n{{- if .x }}\n    h1: {}\n', 'cannot be read as YAML'],
    ['a.clab.yml', 'just text', 'is not a map of keys'],
    ['a.clab.yml', 'name: empty\ntopology: { nodes: {} }\n', 'has no nodes'],
    ['lab.conf', 'LAB_NAME=none\n', 'has no machine'],
    ['other.txt', '', 'none of the files'],
  ])('%s with %j is refused, and nothing is written', async (name, content, words) => {
    const file = path.join(directory, name);
    writeFileSync(file, content);
    const error = await failure([file, '--to', path.join(directory, 'lab')]);
    expect(error.message).toContain(words);
    expect(readdirSync(directory)).toEqual([name]);
  });

  it('does not write over what is there', async () => {
    const to = path.join(directory, 'lab');
    mkdirSync(to);
    const error = await failure([path.join(FIXTURES, 'kathara'), '--to', to]);
    expect(error.code).toBe('conflict');
    expect(readdirSync(to)).toEqual([]);
    expect(readdirSync(directory)).toEqual(['lab']);
  });

  it('asks which one where there are several', async () => {
    writeFileSync(path.join(directory, 'index.json'), '{}');
    writeFileSync(path.join(directory, 'lab.conf'), '');
    expect((await failure([directory])).message).toContain('index.json, lab.conf');
    expect((await failure([path.join(directory, 'nowhere')])).code).toBe('not_found');
  });

  it('takes no file from outside the scenario', async () => {
    mkdirSync(path.join(directory, 's'));
    writeFileSync(path.join(directory, 'secret.txt'), 'secret');
    const index = {
      title: 'Outside',
      details: { steps: [{ text: 'a.md' }], assets: { host01: [{ file: '../../secret.txt', target: '/root' }] } },
    };
    writeFileSync(path.join(directory, 's/index.json'), JSON.stringify(index));
    writeFileSync(path.join(directory, 's/a.md'), '![x](../secret.txt)');
    const to = path.join(directory, 'lab');
    await importCommand([path.join(directory, 's'), '--to', to], { write: () => undefined });
    expect(existsSync(path.join(to, 'assets'))).toBe(false);
    expect(readFileSync(path.join(to, 'index.md'), 'utf8')).not.toContain('secret');
  });
});

it('whatever stands in a step, the lab that comes of it has no fault', { timeout: 30_000 }, async () => {
  const piece = fc.constantFrom(
    '`ls`{{exec}}',
    '```\n',
    '```{{exec}}\n',
    '\n',
    ':::task{name=x}\n',
    '::topology\n',
    '${port}',
    '[a](b.md)',
    '![a](/c.png)',
    '[r]: /x\n',
    '[r]',
    '# h\n',
    '- ',
    '> ',
    '{{copy}}',
    '<b>',
    '---\n',
    ' ',
    '[[HOST_IP]]',
    '$',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 14 }), async (pieces) => {
      const from = mkdtempSync(path.join(directory, 'from-'));
      writeFileSync(
        path.join(from, 'index.json'),
        JSON.stringify({ title: 't', details: { steps: [{ text: 'a.md' }] } }),
      );
      writeFileSync(path.join(from, 'a.md'), pieces.join(''));
      await importCommand([from, '--to', path.join(from, 'lab')], { write: () => undefined });
    }),
    { numRuns: 150 },
  );
});

describe('missing programs', () => {
  it.each([
    ['ip addr add 10.0.0.1/24 dev eth0', []],
    ['systemctl start bind9', ['systemctl']],
    ['FOO=1 /usr/sbin/sshd -D', ['sshd']],
    ['if stat /a; then exit 1; fi', []],
    ['for i in 1 2; do ping -c1 10.0.0.$i; done', []],
    ['cat <<EOF > /etc/x\nnot a command\nEOF\nkubectl get po', ['kubectl']],
    ['echo "apt-get; update" # docker ps', []],
    ['a=$(docker ps | wc -l)', ['docker']],
    ['/etc/init.d/frr start', ['/etc/init.d/frr']],
    ['check() { true; }\ncheck', []],
  ])('of %j are %j', (script, missing) => {
    expect(missingPrograms(script)).toEqual(missing);
  });
});

it('a command alone on its line becomes a block of its own', () => {
  const { markdown, commands } = convertText('Do it:\n\n`ip addr`{{exec}}\n', {
    file: 'a.md',
    directory: '.',
    nodeOf: () => 'h1',
    assets: [],
    notes: [],
  });
  expect(markdown).toBe('Do it:\n\n\n```bash run node=h1\nip addr\n```');
  expect(commands).toEqual([{ node: 'h1', line: 'ip addr' }]);
});
