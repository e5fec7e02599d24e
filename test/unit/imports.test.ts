/** The house rule: imports go to lower numbers only, and folders of one number do not import each other. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A folder of server/ → its floor. main.ts and config.ts stand above all. */
const FLOORS: Readonly<Record<string, number>> = {
  base: 0,
  contract: 1,
  network: 1,
  packet: 1,
  store: 2,
  sandbox: 2,
  observe: 3,
  check: 4,
  course: 5,
  people: 5,
  attempt: 6,
  http: 7,
  ws: 7,
  cli: 7,
};

/** The command line wires its own small program, as main.ts wires the server. */
const WIRING = ['server/main.ts', 'server/cli/wiring.ts', 'server/cli/preview/preview-server.ts'];
const WEB_MAY_IMPORT = ['server/contract/', 'server/packet/'];

interface Import {
  readonly from: string;
  readonly to: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name))
    .map((name) => `${folder}/${name}`)
    .toSorted();
}

/** Relative imports of a file, types included, as paths from the project's root. */
function importsOf(file: string): Import[] {
  const source = readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*)['"](\.{1,2}\/[^'"]+)['"]/g;
  return [...source.matchAll(pattern)].map((match) => ({
    from: file,
    to: relative(ROOT, resolve(ROOT, dirname(file), match[1] ?? '')),
  }));
}

function faultOf({ from, to }: Import): string | null {
  if (from.startsWith('web/')) {
    const isAllowed = to.startsWith('web/') || WEB_MAY_IMPORT.some((folder) => to.startsWith(folder));
    return isAllowed ? null : 'web/ may import server/contract and server/packet, nothing else across the top';
  }
  if (!to.startsWith('server/'))
    return to.startsWith('containers/') ? null : 'server/ imports nothing of web/, labs/ or test/';
  if (WIRING.includes(from)) return null;
  const [, fromFolder = '', ...fromRest] = from.split('/');
  const [, toFolder = '', toInner = ''] = to.split('/');
  if (toFolder === 'sandbox' && ['oci', 'docker', 'kubernetes'].includes(toInner) && fromFolder !== 'sandbox') {
    return 'runtime adapters are imported by the wiring alone';
  }
  if (fromRest.length === 0 || fromFolder === toFolder) return null;
  const fromFloor = FLOORS[fromFolder];
  const toFloor = FLOORS[toFolder];
  if (fromFloor === undefined || toFloor === undefined)
    return `no floor is set for ${fromFloor === undefined ? fromFolder : toFolder}`;
  return fromFloor > toFloor ? null : `${fromFolder}/ (${fromFloor}) may not import ${toFolder}/ (${toFloor})`;
}

describe('imports', () => {
  const files = [...sourceFiles('server'), ...sourceFiles('web')];
  const imports = files.flatMap(importsOf);

  it('are read from every source file', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(imports.length).toBeGreaterThan(200);
  });

  it('go down only', () => {
    const faults = imports.map((edge) => ({ edge, fault: faultOf(edge) })).filter(({ fault }) => fault !== null);
    expect(faults.map(({ edge, fault }) => `${edge.from} → ${edge.to}: ${fault}`)).toEqual([]);
  });

  it('would be caught when they went up', () => {
    expect(faultOf({ from: 'server/packet/decode.ts', to: 'server/check/judge.ts' })).toContain('may not import');
    expect(faultOf({ from: 'server/course/lab.ts', to: 'server/people/session.ts' })).toContain('may not import');
    expect(faultOf({ from: 'server/http/app.ts', to: 'server/sandbox/oci/oci-runtime.ts' })).toContain('wiring alone');
    expect(faultOf({ from: 'web/entry/lab.tsx', to: 'server/check/judge.ts' })).toContain('across the top');
  });
});
