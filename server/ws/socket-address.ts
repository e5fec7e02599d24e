/** The addresses of websockets. */
import { z } from 'zod';
import type { TerminalSize } from '../sandbox/runtime.ts';
import { isLanguage, type Language } from '../contract/language.ts';

export type SocketAddress = {
  readonly attemptId: string;
  /** Of the page that asks. */
  readonly language: Language;
} & (
  | { readonly type: 'lab' | 'watch' | 'packets' }
  | { readonly type: 'terminal'; readonly node: string; readonly index: number; readonly size: TerminalSize }
);

const LAB = /^\/ws\/attempts\/([0-9a-f-]{36})$/;
const WATCH = /^\/ws\/attempts\/([0-9a-f-]{36})\/watch$/;
const PACKETS = /^\/ws\/attempts\/([0-9a-f-]{36})\/packets$/;
const TERMINAL = /^\/ws\/attempts\/([0-9a-f-]{36})\/terminals\/([a-z0-9][a-z0-9_-]{0,31})\/(\d{1,2})$/i;

const Columns = z.coerce.number().int().min(2).max(500).catch(80);
const Rows = z.coerce.number().int().min(1).max(200).catch(24);

/** Null for what is no address of ours. A size that makes no sense is 80×24. */
export function parseAddress(url: string): SocketAddress | null {
  if (!URL.canParse(url, 'http://localhost')) return null;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const named = searchParams.get('language');
  const language = isLanguage(named) ? named : 'en';
  const lab = LAB.exec(pathname);
  if (lab?.[1]) return { type: 'lab', attemptId: lab[1], language };
  const watch = WATCH.exec(pathname);
  if (watch?.[1]) return { type: 'watch', attemptId: watch[1], language };
  const packets = PACKETS.exec(pathname);
  if (packets?.[1]) return { type: 'packets', attemptId: packets[1], language };
  const terminal = TERMINAL.exec(pathname);
  if (!terminal?.[1] || !terminal[2] || !terminal[3]) return null;
  const size = {
    columns: Columns.parse(searchParams.get('columns') ?? undefined),
    rows: Rows.parse(searchParams.get('rows') ?? undefined),
  };
  const [, attemptId, node, index] = terminal;
  return { type: 'terminal', attemptId, node, index: Number(index), size, language };
}
