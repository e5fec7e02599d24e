import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newLabText } from '../../server/cli/new-lab.ts';
import { proofText } from '../../server/cli/proof-report.ts';
import { isProved, stepName, type Proof } from '../../server/cli/proof.ts';
import { proveAll } from '../../server/cli/test-labs.ts';
import { openAuthorSandboxes, type AuthorSandboxes } from '../../server/cli/wiring.ts';
import { loadLab, readLab } from '../../server/course/load-lab.ts';
import { SourceText } from '../../server/course/source-text.ts';

const FIXTURES = path.join(import.meta.dirname, 'fixtures/proof');

let sandboxes: AuthorSandboxes;
beforeAll(async () => {
  sandboxes = await openAuthorSandboxes();
});
afterAll(() => sandboxes[Symbol.asyncDispose]());

async function prove(folder: string, seeds?: string[]): Promise<Proof[]> {
  const { lab, diagnostics } = await loadLab(path.join(FIXTURES, folder));
  expect(diagnostics).toEqual([]);
  if (!lab) throw new Error('The fixture cannot be used.');
  return proveAll([lab], { jobs: 2, seeds, start: sandboxes.start, onProgress: () => undefined });
}

async function proveText(text: string): Promise<Proof[]> {
  const { lab, diagnostics } = readLab(new SourceText('index.md', text), new Map(), {
    id: 'lab',
    directory: FIXTURES,
    language: 'en',
  });
  expect(diagnostics).toEqual([]);
  if (!lab) throw new Error('The lab cannot be used.');
  return proveAll([lab], { jobs: 2, start: sandboxes.start, onProgress: () => undefined });
}

describe('labs that authors begin from', () => {
  it('are proved: the one that `lab new` writes', async () => {
    expect((await proveText(newLabText('My lab', 'lab.schema.json'))).map(proofText).join('')).toMatch(
      /^proved .*\nproved .*\n$/,
    );
  });

  it('are proved: the first one of AUTHORING.md', async () => {
    const guide = readFileSync(path.join(import.meta.dirname, '../../labs/AUTHORING.md'), 'utf8');
    const text = /^````markdown lab\n([\s\S]*?)^````$/m.exec(guide)?.[1] ?? '';
    expect((await proveText(text)).map(proofText).join('')).toMatch(/^proved .*\nproved .*\n$/);
  });
});

describe('proving a lab', () => {
  it('passes one whose solutions pass and whose wrong attempts fail, with two choices of values', async () => {
    const proofs = await prove('10-sound');
    expect(proofs.flatMap((proof) => proof.steps).filter((step) => !step.isProved)).toEqual([]);
    expect(proofs.map(isProved)).toEqual([true, true]);
    expect(proofs[0]?.steps.map(stepName)).toEqual([
      'the lab starts',
      'listen fails in the untouched lab',
      'listen passes with its solution',
      'ping fails without its own solution',
      'ping passes with its solution',
      'how_many passes with its solution',
      'which passes with its solution',
      'pattern passes with its solution',
      'listen still holds at the end',
      'listen fails after wrong attempt 1',
      'listen fails after wrong attempt 2',
      'ping fails after wrong attempt 1',
      'how_many fails after wrong attempt 1',
      'which fails after wrong attempt 1',
      'pattern fails after wrong attempt 1',
    ]);
    // Lines that leave a process behind must not hold up the proof.
    expect(Math.max(...proofs.map((proof) => proof.tookMs))).toBeLessThan(45_000);
  });

  it('finds checks that cannot fail, wrong attempts that pass, solutions that do too much or undo', async () => {
    const [proof] = await prove('20-faulty', ['one']);
    expect(proof?.steps.filter((step) => !step.isProved).map(stepName)).toEqual([
      'always fails in the untouched lab',
      'shared fails without its own solution',
      'lapsing still holds at the end',
      'lucky fails after wrong attempt 1',
    ]);
  });

  it('tells why a lab does not start', async () => {
    const { lab } = await loadLab(path.join(FIXTURES, '10-sound'));
    if (!lab) throw new Error('The fixture cannot be used.');
    const failing = {
      ...lab,
      id: lab.id,
      resolve: (seed: string) => {
        const resolved = lab.resolve(seed);
        const nodes = resolved.topology.nodes.map((node) => ({ ...node, exec: ['ip link set eth7 up'] }));
        return { ...resolved, topology: { ...resolved.topology, nodes } };
      },
    };
    const [proof] = await proveAll([failing], {
      jobs: 1,
      seeds: ['one'],
      start: sandboxes.start,
      onProgress: () => undefined,
    });
    const [start] = proof?.steps ?? [];
    expect(start).toMatchObject({ kind: 'start', isProved: false });
    expect([...(start?.problems ?? []), ...(start?.evidence ?? []).map(({ text }) => text)].join('\n')).toMatch(/eth7/);
  });
});
