import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lintCommand } from '../../../server/cli/lint.ts';
import { newCommand } from '../../../server/cli/new-lab.ts';
import { SCHEMA_FILE, schemaText } from '../../../server/cli/write-schema.ts';

const PROJECT = path.join(import.meta.dirname, '../../..');
const sound = readFileSync(path.join(PROJECT, 'test/labs/fixtures/sound-lab.md'), 'utf8');

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'vethlab-lint-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function writeLab(folder: string, text: string): string {
  const directory = path.join(root, folder);
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, 'index.md'), text);
  return directory;
}

async function lint(...args: string[]): Promise<{ status: number; output: string }> {
  let output = '';
  const status = await lintCommand(args, { write: (text) => (output += text) });
  return { status, output: output.replaceAll(`${root}/`, '') };
}

describe('lab lint', () => {
  it('has nothing to say about a sound lab', async () => {
    expect(await lint(writeLab('sound', sound))).toEqual({ status: 0, output: '1 lab: no faults.\n' });
  });

  it('tells of every lab below a folder, and of filters that do not compile', async () => {
    writeLab('a/10-x', sound.replace('"icmp && ip.flags.mf == 1"', '"icmp && ip.flgs.mf == 1"'));
    writeLab(
      'a/20-y',
      sound
        .replace('filter: "icmp && ip.flags.mf == 1"', 'bpf: "icmp and prot 7"')
        .replace('filter="icmp"', 'filter="icmp &&"'),
    );
    writeLab('b', sound);
    const { status, output } = await lint(root);
    expect(status).toBe(1);
    const lines = output.split('\n').filter((line) => /^[\w/-]+\.md:|labs:/.test(line));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^a\/10-x\/index\.md:41:43: This is no Wireshark display filter: .*ip\.flgs\.mf/);
    expect(lines[1]).toMatch(/^a\/20-y\/index\.md:41:40: This is no pcap filter: .+ Try it with `tcpdump -d`\.$/);
    expect(lines[2]).toMatch(/^a\/20-y\/index\.md:77:24: This is no Wireshark display filter: /);
    expect(lines[3]).toBe('3 labs: 3 faults.');
  });

  it('takes an index.md for its folder, and says when there is no lab', async () => {
    expect((await lint(path.join(writeLab('sound', sound), 'index.md'))).output).toBe('1 lab: no faults.\n');
    await expect(lint(path.join(root, 'nowhere'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(lint(mkdtempSync(path.join(root, 'empty-')))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('reads 500 labs in three seconds', async () => {
    for (let index = 0; index < 500; index++)
      writeLab(`m/${index}-lab-${index}`, sound.replace('A sound lab', `Lab ${index}`));
    const startedAt = process.cpuUsage();
    const { output } = await lint(path.join(root, 'm'));
    const used = process.cpuUsage(startedAt);
    expect(output).toBe('500 labs: no faults.\n');
    // Processor time: other tests share this machine.
    expect((used.user + used.system) / 1000).toBeLessThan(6000);
  }, 60_000);
});

describe('lab new', () => {
  it('writes a lab without faults, once', async () => {
    const directory = path.join(root, '30-my-lab');
    let output = '';
    expect(await newCommand([directory], { write: (text) => (output += text) })).toBe(0);
    expect(output).toContain(`npm run lab -- test ${directory}`);
    expect(await lint(directory)).toEqual({ status: 0, output: '1 lab: no faults.\n' });
    await expect(newCommand([directory], { write: () => undefined })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('lab.schema.json', () => {
  it('is what the schemas say; `npm run lab -- schema` writes it anew', () => {
    expect(readFileSync(path.join(PROJECT, 'labs', SCHEMA_FILE), 'utf8')).toBe(schemaText());
  });

  it('knows every key of the format', () => {
    const schema = JSON.parse(schemaText()) as { properties: Record<string, unknown>; $defs: Record<string, unknown> };
    expect(Object.keys(schema.properties)).toEqual([
      'title',
      'summary',
      'minutes',
      'level',
      'layers',
      'objectives',
      'requires',
      'sources',
      'optional',
      'vars',
      'topology',
      'tasks',
      'record',
    ]);
    expect(Object.keys(schema.$defs)).toContain('kind-counter');
    const undescribed: string[] = [];
    const visit = (json: unknown, place: string): void => {
      if (typeof json !== 'object' || json === null) return;
      const { properties } = json as { properties?: Record<string, { description?: string; $ref?: string }> };
      for (const [name, value] of Object.entries(properties ?? {}))
        if (value.description === undefined && value.$ref === undefined) undescribed.push(`${place}.${name}`);
      for (const [name, value] of Object.entries(json)) visit(value, `${place}.${name}`);
    };
    visit(schema, '');
    expect(undescribed).toEqual([]);
  });
});
