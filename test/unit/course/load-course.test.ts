import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VethlabError } from '../../../server/base/errors.ts';
import { loadCourse } from '../../../server/course/load-course.ts';
import { loadLab } from '../../../server/course/load-lab.ts';
import { printDiagnostics } from '../../../server/course/print-diagnostics.ts';

const sound = readFileSync(path.join(import.meta.dirname, '../../labs/fixtures/sound-lab.md'), 'utf8');

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'vethlab-course-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

async function diagnosticsOf(): Promise<string> {
  const { diagnostics } = await loadCourse(root);
  return printDiagnostics(diagnostics, () => null).replaceAll(`${root}/`, '');
}

const module = 'title: A module\nsummary: It holds labs.\n';

/** Texts as the learner reads them. */
function withProse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withProse);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'function' ? (inner as () => string)() : withProse(inner),
    ]),
  );
}

describe('a course', () => {
  it('is its modules in the order of course.yaml, with labs in the order of their numbers', async () => {
    write({
      'course.yaml': 'title: C\nsummary: S\nmodules: [second, first]\n',
      '10-first/module.yaml': module,
      '10-first/20-b/index.md': sound,
      '10-first/9-a/index.md': sound,
      '20-second/module.yaml': module,
      '20-second/10-c/index.md': sound,
      'notes/readme.txt': '',
    });
    const { course, diagnostics } = await loadCourse(root);
    expect(diagnostics).toEqual([]);
    expect(course.languages).toEqual(['en']);
    expect(course.modules.map(({ id, labs }) => [id, labs.map((lab) => lab.id)])).toEqual([
      ['second', ['second/c']],
      ['first', ['first/a', 'first/b']],
    ]);
  });

  it('goes on without the labs that cannot be used, and tells every fault', async () => {
    write({
      'course.yaml': 'title: C\nsumary: S\nmodules: [firts]\n',
      '10-first/module.yaml': 'title: A module\n',
      '10-first/10-good/index.md': sound,
      '10-first/20-bad/index.md': sound.replace('minutes: 20', 'minutes: soon'),
      '10-first/30-empty/assets/x.txt': '',
      '10-first/40-good/index.md': sound,
    });
    const { course } = await loadCourse(root);
    expect(course.modules.flatMap(({ labs }) => labs.map((lab) => lab.id))).toEqual(['first/good']);
    expect(await diagnosticsOf()).toMatchInlineSnapshot(`
      "course.yaml:1:1: \`summary\` is missing.

      course.yaml:2:1: \`sumary\` is not a key here. Did you mean \`summary\`?

      10-first/module.yaml:1:1: \`summary\` is missing.

      10-first/20-bad/index.md:4:10: Write a number here; this is a text.

      10-first/30-empty/index.md:1:1: There is no index.md in this folder, or it cannot be read.

      10-first/40-good/index.md:1:1: Another folder is the lab \`first/good\` already. Without their numbers, folder names must differ.
      "
    `);
  });

  it('has its texts in every language, and tells what is not translated', async () => {
    write({
      'course.yaml': 'title: C\nsummary: S\nlanguages: [en, zh]\n',
      'course.zh.yaml': 'title: 课程\nsummary: 摘要\n',
      '10-first/module.yaml': module,
      '10-first/module.zh.yaml': 'title: 模块\nsumary: 摘要\n',
      '10-first/10-good/index.md': sound.replace('minutes: 20', 'minutes: 20\nsources: [RFC 791]\noptional: true'),
      '20-second/module.yaml': module,
    });
    const { course } = await loadCourse(root);
    expect(course.heading('zh')).toEqual({ title: '课程', summary: '摘要' });
    expect(course.heading('fr')).toEqual({ title: 'C', summary: 'S' });
    expect(course.modules[0]?.heading('zh')).toEqual({ title: 'A module', summary: 'It holds labs.' });
    expect(course.modules[0]?.labs[0]).toMatchObject({ sources: ['RFC 791'], isOptional: true });
    expect(await diagnosticsOf()).toMatchInlineSnapshot(`
      "10-first/10-good/index.md:1:1: This is not translated to every language of the course. Write index.zh.md beside it, or take the language out of course.yaml.

      10-first/module.zh.yaml:1:1: \`summary\` is missing.

      10-first/module.zh.yaml:2:1: \`sumary\` is not a key here. Did you mean \`summary\`?

      20-second/module.yaml:1:1: This is not translated to every language of the course. Write module.zh.yaml beside it, or take the language out of course.yaml.
      "
    `);
  });

  it('says what is missing where there is nothing', async () => {
    expect(await diagnosticsOf()).toBe(
      'course.yaml:1:1: There is no course.yaml, or it cannot be read. Write one with at least `title` and `summary`.\n',
    );
  });
});

describe('a lab', () => {
  it('gives the same values for the same seed, and others for others', async () => {
    write({ 'lab/index.md': sound });
    const { lab } = await loadLab(path.join(root, 'lab'));
    expect(lab?.id).toBe('lab');
    const one = lab?.resolve('one');
    expect(withProse(lab?.resolve('one'))).toEqual(withProse(one));
    expect(lab?.resolve('two').vars).not.toEqual(one?.vars);
    expect(one?.vars).toMatchInlineSnapshot(`
      {
        "lan": "10.85.132.0/24",
        "lan.prefix": "24",
        "size": "3000",
      }
    `);
  });

  it('puts the values everywhere: topology, checks, steps, prose', async () => {
    write({ 'lab/index.md': sound });
    const { lab } = await loadLab(path.join(root, 'lab'));
    const resolved = lab?.resolve('one');
    expect(JSON.stringify(resolved)).not.toContain('${');
    expect(resolved?.topology).toMatchInlineSnapshot(`
      {
        "faults": [
          {
            "atMs": 60000,
            "down": true,
            "forMs": 10000,
            "interface": "eth1",
            "node": "r1",
          },
        ],
        "links": [
          {
            "adjustable": false,
            "endpoints": [
              {
                "interface": "eth0",
                "ipv4": [
                  "10.85.132.1/24",
                ],
                "ipv6": [],
                "mac": null,
                "node": "h1",
              },
              {
                "interface": "p1",
                "ipv4": [],
                "ipv6": [],
                "mac": null,
                "node": "sw1",
              },
            ],
            "impairments": [
              null,
              null,
            ],
            "mtu": null,
            "offload": false,
          },
          {
            "adjustable": false,
            "endpoints": [
              {
                "interface": "eth0",
                "ipv4": [
                  "10.85.132.254/24",
                ],
                "ipv6": [],
                "mac": null,
                "node": "r1",
              },
              {
                "interface": "p2",
                "ipv4": [],
                "ipv6": [],
                "mac": null,
                "node": "sw1",
              },
            ],
            "impairments": [
              null,
              null,
            ],
            "mtu": null,
            "offload": false,
          },
          {
            "adjustable": false,
            "endpoints": [
              {
                "interface": "eth1",
                "ipv4": [
                  "172.16.2.254/24",
                ],
                "ipv6": [
                  "fd00:2::fe/64",
                ],
                "mac": "02:00:00:00:02:fe",
                "node": "r1",
              },
              {
                "interface": "eth0",
                "ipv4": [
                  "172.16.2.1/24",
                ],
                "ipv6": [
                  "fd00:2::1/64",
                ],
                "mac": null,
                "node": "h2",
              },
            ],
            "impairments": [
              {
                "delayMs": 20,
                "jitterMs": 2,
                "lossPercent": 1,
              },
              {
                "delayMs": 20,
                "jitterMs": 2,
                "lossPercent": 1,
              },
            ],
            "mtu": 1400,
            "offload": false,
          },
        ],
        "nodes": [
          {
            "exec": [],
            "files": {},
            "kind": "host",
            "name": "h1",
            "routes": [
              "default via 10.85.132.254",
            ],
            "services": [],
            "sysctls": {},
          },
          {
            "exec": [],
            "files": {},
            "kind": "router",
            "name": "r1",
            "routes": [],
            "services": [],
            "sysctls": {},
          },
          {
            "exec": [
              "ip link set eth0 promisc on",
            ],
            "files": {
              "/root/motd": "hello",
            },
            "kind": "host",
            "name": "h2",
            "routes": [
              "default via 172.16.2.254",
            ],
            "services": [],
            "sysctls": {
              "net.ipv4.ip_default_ttl": "32",
            },
          },
          {
            "exec": [],
            "files": {},
            "kind": "switch",
            "name": "sw1",
            "routes": [],
            "services": [],
            "sysctls": {},
          },
        ],
      }
    `);
    expect(withProse(resolved?.tasks)).toMatchInlineSnapshot(`
      [
        {
          "check": {
            "kind": "all",
            "of": [
              {
                "kind": "check",
                "name": "counter",
                "spec": {
                  "grows": {
                    "clauses": [
                      {
                        "op": "at_least",
                        "value": 2,
                      },
                    ],
                    "unit": "bytes",
                  },
                  "name": "Ip.FragCreates",
                  "node": "h1",
                },
              },
              {
                "kind": "check",
                "name": "capture",
                "spec": {
                  "at": "r1:eth0",
                  "count": {
                    "clauses": [
                      {
                        "op": "at_least",
                        "value": 1,
                      },
                    ],
                    "unit": "none",
                  },
                  "filter": "icmp && ip.flags.mf == 1",
                  "since": "task",
                },
              },
            ],
          },
          "fail": {
            "html": "<p>Nothing was cut yet.</p>",
          },
          "hints": [
            {
              "afterMs": 0,
              "html": "<p>The payload has to be larger than the MTU.</p>",
            },
            {
              "afterMs": 180000,
              "html": "<p><code>ping -s</code> sets the payload size.</p>",
            },
          ],
          "mode": "once",
          "name": "cut_it",
          "needs": [],
          "pass": {
            "html": "<p>There they are.</p>",
          },
          "points": 2,
          "setup": [],
          "solve": [
            {
              "line": "ping -c1 -s 3000 172.16.2.1",
              "node": "h1",
            },
          ],
          "title": "Make one ping leave in pieces",
          "type": "check",
          "wrong": [
            [
              {
                "line": "ping -c3 -s 1000 172.16.2.1",
                "node": "h1",
              },
            ],
          ],
        },
        {
          "answer": {
            "choice": "Link",
            "type": "choice",
          },
          "ask": {
            "html": "<p>Which layer wrote the two MAC addresses?</p>",
          },
          "choices": [
            "Transport",
            "Internet",
            "Link",
          ],
          "fail": {
            "html": "",
          },
          "hints": [],
          "name": "which_layer",
          "needs": [
            "cut_it",
          ],
          "pass": {
            "html": "",
          },
          "points": 1,
          "setup": [],
          "solve": [],
          "title": "Which layer wrote the two MAC addresses?",
          "type": "question",
          "why": {
            "html": "<p>The link layer puts the frame header in front of the IP header.</p>",
          },
          "wrong": [],
        },
        {
          "answer": {
            "check": {
              "name": "counter",
              "spec": {
                "grown": true,
                "name": "Ip.FragCreates",
                "node": "h1",
              },
            },
            "kind": "number",
            "type": "computed",
            "within": 0,
          },
          "ask": {
            "html": "<p>How many fragments did your ping make?</p>",
          },
          "choices": null,
          "fail": {
            "html": "",
          },
          "hints": [],
          "name": "how_many",
          "needs": [],
          "pass": {
            "html": "",
          },
          "points": 1,
          "setup": [],
          "solve": [],
          "title": "How many fragments did your ping make?",
          "type": "question",
          "why": {
            "html": "",
          },
          "wrong": [],
        },
      ]
    `);
    const size = resolved?.vars['size'];
    expect(resolved?.lesson.html()).toContain(`data-code="ping -c1 -s ${size} 172.16.2.1"`);
  });

  it('says so when the values of a seed do not fit', async () => {
    // Loading tries the first twelve values of a variable; the thirteenth is no MTU.
    const values = [...Array.from({ length: 12 }, (_, index) => 1300 + index), 20];
    write({
      'lab/index.md': sound
        .replace('pick: [2000, 3000]', `pick: [${values.join(', ')}]`)
        .replace('mtu: 1400', 'mtu: "${size}"'),
    });
    const { lab } = await loadLab(path.join(root, 'lab'));
    const errors = Array.from({ length: 200 }, (_, index) => {
      try {
        lab?.resolve(`seed ${index}`);
        return null;
      } catch (error) {
        return error;
      }
    }).filter((error) => error !== null);
    expect(errors.length).toBeGreaterThan(0);
    expect(
      errors.every(
        (error) =>
          error instanceof VethlabError &&
          error.code === 'lab_invalid' &&
          error.message.includes('`20` is out of range'),
      ),
    ).toBe(true);
  });

  it('reads its translations: texts from there, everything else from the original', async () => {
    write({
      'lab/index.md': sound,
      'lab/index.zh.md':
        '---\ntitle: 一个好实验\nsummary: 没有错误。\ntasks:\n  cut_it: { title: 切开它, hints: [太大了, "`ping -s`"], pass: 好, fail: 还没有 }\n  which_layer: { ask: 哪一层？, choices: [传输层, 网络层, 链路层], why: 链路层 }\n  how_many: { ask: 多少个？ }\n---\n# 分片\n\n:::task{name=cut_it}\n切 ${size}\n:::\n:::task{name=which_layer}\n:::\n:::task{name=how_many}\n:::\n',
    });
    const { lab, diagnostics } = await loadLab(path.join(root, 'lab'));
    expect(diagnostics).toEqual([]);
    expect(lab?.languages).toEqual(['en', 'zh']);
    const resolved = lab?.resolve('one', 'zh');
    expect(resolved?.language).toBe('zh');
    expect(resolved?.title).toBe('一个好实验');
    expect(resolved?.tasks[1]).toMatchObject({
      title: '哪一层？',
      choices: ['传输层', '网络层', '链路层'],
      answer: { type: 'choice', choice: '链路层' },
    });
    expect(resolved?.lesson.html()).toContain(`切 ${resolved?.vars['size']}`);
    expect(lab?.resolve('one', 'fr').language).toBe('en');
  });

  it('tells what a translation lacks, and what does not belong into one', async () => {
    write({
      'lab/index.md': sound,
      'lab/index.de.md':
        '---\ntitle: Gut\ntasks:\n  cut_it: { title: Schneiden, hints: [eins] }\n  cut_at: { title: x }\n---\n:::task{name=cut_it}\n:::\n:::task{name=nope}\n:::\n',
      'lab/index.fr.md': '---\ntitle: Bon\ntopology: {}\ntasks: { cut_it: { points: 3 } }\n---\n',
    });
    const { diagnostics } = await loadLab(path.join(root, 'lab'));
    expect(printDiagnostics(diagnostics, () => null).replaceAll(`${root}/`, '')).toMatchInlineSnapshot(`
      "lab/index.de.md:2:1: Not translated yet: \`summary\`.

      lab/index.de.md:2:1: Not translated yet: \`which_layer.ask\`, \`which_layer.why\`, \`which_layer.choices\`.

      lab/index.de.md:2:1: Not translated yet: \`how_many.ask\`.

      lab/index.de.md:4:11: Not translated yet: \`cut_it.pass\`, \`cut_it.fail\`.

      lab/index.de.md:4:38: index.md has 2 hints here, this translation 1.

      lab/index.de.md:5:3: index.md has no task \`cut_at\`. Did you mean \`cut_it\`?

      lab/index.de.md:7:1: The lesson never shows the task \`which_layer\`. Write \`:::task{name=which_layer}\`, its prose, and \`:::\`.

      lab/index.de.md:9:1: index.md has no task \`nope\`.

      lab/index.fr.md:3:1: \`topology\` is not a key here. It lives once, in index.md; a translation holds texts alone.

      lab/index.fr.md:4:20: \`points\` is not a key here. It lives once, in index.md; a translation holds texts alone.
      "
    `);
  });
});
