/** Fenced code: its info string, the commands in it, its highlighting. Pure. */
import highlighter from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import diff from 'highlight.js/lib/languages/diff';
import http from 'highlight.js/lib/languages/http';
import ini from 'highlight.js/lib/languages/ini';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import shell from 'highlight.js/lib/languages/shell';
import yaml from 'highlight.js/lib/languages/yaml';

const LANGUAGES = { bash, c, diff, http, ini, json, python, shell, yaml };
for (const [name, language] of Object.entries(LANGUAGES)) highlighter.registerLanguage(name, language);

export interface CodeInfo {
  readonly language: string;
  /** The node whose terminal the block runs in; null for a block that is only read. */
  readonly node: string | null;
  /** Words of the info string that mean nothing here. */
  readonly unknown: readonly string[];
  readonly isRun: boolean;
}

/** ` ```bash run node=h1 ` */
export function readCodeInfo(info: string | undefined): CodeInfo {
  const [language = '', ...words] = (info ?? '').trim().split(/\s+/);
  const isRun = words.includes('run');
  const node = words.find((word) => word.startsWith('node='))?.slice('node='.length) ?? null;
  const unknown = isRun ? words.filter((word) => word !== 'run' && !word.startsWith('node=')) : [];
  return { language, node: isRun ? node : null, unknown, isRun };
}

const PROMPT = /^\s*\$ /;

/** What copy and run take: where lines begin with the prompt `$ `, these without it, and no output; otherwise all of it. */
export function commandsOf(code: string): string {
  const lines = code.replace(/\n+$/, '').split('\n');
  if (!lines.some((line) => PROMPT.test(line))) return lines.join('\n');
  let isContinued = false;
  const commands: string[] = [];
  for (const line of lines) {
    if (PROMPT.test(line)) commands.push(line.replace(PROMPT, ''));
    else if (isContinued) commands.push(line.replace(/^> /, ''));
    else continue;
    isContinued = line.endsWith('\\');
  }
  return commands.join('\n');
}

/** Escaped HTML with `hljs-…` spans where the language is known. */
export function highlight(code: string, language: string): string {
  const name = language === 'console' ? 'shell' : language;
  if (highlighter.getLanguage(name)) return highlighter.highlight(code, { language: name, ignoreIllegals: true }).value;
  return escapeHtml(code);
}

/** For text and for attribute values in double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
