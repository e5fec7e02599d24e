import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAssets } from '../../../../server/http/pages/assets.ts';
import { errorPage } from '../../../../server/http/pages/error-page.ts';
import { homePage } from '../../../../server/http/pages/home-page.ts';
import { labPage } from '../../../../server/http/pages/lab-page.ts';
import type { LabPageModel, PageAssets, PageEntry, ShellModel } from '../../../../server/http/pages/models.ts';
import { NO_SANDBOX } from '../../../support/sandbox-view.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const KIB = 1024;

let build: string;
let assets: PageAssets;

beforeAll(() => {
  build = mkdtempSync(join(tmpdir(), 'vethlab-web-'));
  const vite = join(ROOT, 'node_modules/.bin/vite');
  execFileSync(vite, ['build', '--config', 'web/vite.config.ts', '--outDir', build, '--logLevel', 'error'], {
    cwd: ROOT,
  });
  assets = loadAssets(join(build, '.vite/manifest.json'));
}, 60_000);

afterAll(() => rmSync(build, { recursive: true, force: true }));

function shell(learner: string | null): ShellModel {
  return {
    courseTitle: 'How packets move',
    language: 'en',
    languages: ['en', 'zh'],
    learner: learner === null ? null : { name: learner },
    progress: learner === null ? null : { earned: 1, possible: 4 },
    path: '/labs/size/fragments',
    assets,
    nowMs: 0,
  };
}

const LESSON = `<h2 id="h-one">One</h2>${'<p>Every link has a largest packet, its MTU.</p>'.repeat(300)}`;

function labModel(learner: string | null): LabPageModel {
  const node = { node: 'h1', interface: 'eth0', addresses: [] };
  return {
    shell: shell(learner),
    module: { id: 'size', title: 'Size' },
    lab: {
      id: 'size/fragments',
      title: 'Fragments <on> the wire',
      summary: 'One ping leaves as three packets.',
      minutes: 20,
      level: 'beginner',
      layers: ['internet', 'link'],
      objectives: ['Read the MF flag'],
      language: 'en',
      html: LESSON,
    },
    recording: null,
    topology: { nodes: [{ name: 'h1', kind: 'host' }], links: [{ endpoints: [node, node], mtu: null }] },
    attempt:
      learner === null
        ? null
        : {
            id: 'attempt-1',
            labId: 'size/fragments',
            sandbox: NO_SANDBOX,
            tasks: [],
            points: { earned: 0, possible: 0 },
            isFinished: false,
          },
    previous: null,
    next: { id: 'size/path-mtu', title: 'Path MTU' },
  };
}

/** Gzipped bytes of files of the build, given as URLs. */
function gzipped(urls: readonly string[]): number {
  return urls.reduce((sum, url) => sum + gzipSync(readFileSync(join(build, url))).length, 0);
}

describe('the lab page', () => {
  it('gives a learner the lesson, the start data and the next lab', () => {
    const page = labPage(labModel('Ada'));
    expect(page).toContain('Every link has a largest packet');
    expect(page).toContain('<h1>Fragments &lt;on&gt; the wire</h1>');
    expect(page).toMatch(/<script type="application\/json" id="lab-data">/);
    expect(page).toContain('"id":"attempt-1"');
    expect(page).toContain('href="/labs/size/path-mtu"');
    expect(page).not.toContain('action="/join"');
  });

  it('gives a visitor the whole lesson and a form that comes back to it, and no attempt', () => {
    const page = labPage(labModel(null));
    expect(page).toContain('Every link has a largest packet');
    expect(page).toContain('action="/join"');
    expect(page).toContain('name="next" value="/labs/size/fragments"');
    expect(page).not.toContain('lab-data');
    expect(page).not.toContain('action="/leave"');
  });

  it.each(['Ada', null])('runs under a strict policy: no script or handler in the page (%s)', (learner) => {
    const page = labPage(labModel(learner));
    const scripts = [...page.matchAll(/<script\b([^>]*)>/g)].map(([, attributes = '']) => attributes);
    expect(scripts.length).toBeGreaterThanOrEqual(3);
    for (const attributes of scripts) expect(attributes).toMatch(/src="\/assets\/|type="application\/json"/);
    expect(page).not.toMatch(/\son[a-z]+=/);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('keeps HTML and styles under 60 KiB and scripts under 130 KiB, gzipped, without the terminal emulator', () => {
    const page = gzipSync(labPage(labModel('Ada'))).length;
    expect(page + gzipped(assets.styles('lab'))).toBeLessThan(60 * KIB);
    expect(gzipped([assets.script('theme'), assets.script('lab'), ...assets.preloads('lab')])).toBeLessThan(130 * KIB);
  });

  it('loads the terminal emulator later', () => {
    const atOnce = [assets.script('lab'), ...assets.preloads('lab')].map((url) =>
      readFileSync(join(build, url), 'utf8'),
    );
    expect(readdirSync(join(build, 'assets')).some((file) => /^xterm.*\.js$/.test(file))).toBe(true);
    for (const script of atOnce) expect(script).not.toContain('xterm-helper-textarea');
  });
});

describe('the front page', () => {
  const lab = {
    id: 'size/fragments',
    title: 'Fragments',
    summary: 'Three packets.',
    minutes: 20,
    level: 'beginner',
    layers: ['link'],
    state: 'started',
    points: { earned: 1, possible: 4 },
  } as const;
  const modules = [{ id: 'size', title: 'Size', summary: 'Of packets.', labs: [lab] }];

  it('leads a learner on to the lab that was begun', () => {
    const page = homePage({ shell: shell('<Ada>'), summary: 'Summary.', modules });
    expect(page).toContain('&lt;Ada&gt;');
    expect(page).toMatch(/href="\/labs\/size\/fragments">\s*Continue: Fragments/);
    expect(page).toContain('Started, 1 of 4 points');
  });

  it('asks a visitor for a name, and says what was wrong with the one before', () => {
    const page = homePage({
      shell: shell(null),
      summary: 'Summary.',
      modules,
      join: { name: 'x"y', message: 'Too short.' },
    });
    expect(page).toContain('value="x&quot;y"');
    expect(page).toMatch(/role="alert"[^>]*>\s*Too short\./);
    expect(page).not.toContain('Started');
  });
});

it('an error page says what happened and what to do', () => {
  const page = errorPage({
    shell: shell(null),
    status: 404,
    message: 'There is no lab <x>.',
    hint: 'Look in the course.',
  });
  expect(page).toContain('There is no such page');
  expect(page).toContain('There is no lab &lt;x&gt;.');
  expect(page).toContain('Look in the course.');
});

it('assets say how to build when there is no build', () => {
  expect(() => loadAssets('/nowhere/manifest.json')).toThrow('/nowhere/manifest.json');
});

it('every entry has its script in the build', () => {
  for (const entry of ['home', 'lab', 'theme'] satisfies PageEntry[]) {
    expect(readFileSync(join(build, assets.script(entry)), 'utf8').length).toBeGreaterThan(10);
  }
});
