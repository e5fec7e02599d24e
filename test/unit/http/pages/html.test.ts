import { describe, expect, it } from 'vitest';
import { html, jsonScript, raw, withCode } from '../../../../server/http/pages/html.ts';
import { outlineOf } from '../../../../server/http/pages/lesson-outline.ts';

describe('html', () => {
  it('escapes values in content and in attributes', () => {
    const evil = `"><script>alert('1')</script>&`;
    expect(html`<p title="${evil}">${evil}</p>`.markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>',
    );
  });

  it('writes nested html and raw markup as they are, joins lists and leaves out nothing-values', () => {
    const items = ['<a>', 'b'].map((item) => html`<li>${item}</li>`);
    const nothing = [null, undefined, false] as const;
    expect(html`<p>${items}${nothing}${raw('<!-- -->')}${0}</p>`.markup).toBe(
      '<p><li>&lt;a&gt;</li><li>b</li><!-- -->0</p>',
    );
  });

  it('marks up what stands between backticks, and escapes it all', () => {
    expect(withCode('Load it with `modprobe <x>`; a lone ` stays & so on.').markup).toBe(
      'Load it with <code>modprobe &lt;x&gt;</code>; a lone ` stays &amp; so on.',
    );
  });

  it('makes data islands that no value breaks out of', () => {
    const value = { text: '</script><script>alert(1)</script><!--\u2028' };
    const { markup } = jsonScript('data', value);
    expect(markup.match(/<\/script>/g)).toHaveLength(1);
    expect(markup).not.toContain('<!--');
    expect(JSON.parse(markup.replace(/^<script[^>]*>/, '').replace(/<\/script>$/, ''))).toEqual(value);
  });
});

describe('outlineOf', () => {
  it('reads the second-level headings without their markup, footnotes left out', () => {
    const lesson =
      '<h1 id="h-t">T</h1><h2 id="h-a">What <code>ip -br</code> says &amp; means</h2><h3 id="h-b">No</h3><h2 id="footnote-label" class="sr-only">Footnotes</h2><h2>No id</h2>';
    expect(outlineOf(lesson).map(({ id, text }) => [id, text.markup])).toEqual([
      ['h-a', 'What ip -br says &amp; means'],
    ]);
  });
});
