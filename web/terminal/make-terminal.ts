/** An xterm.js as the page wants it, with its addons. Its code is loaded with the first one. Knows no shell. */
import type { FitAddon } from '@xterm/addon-fit';
import type { SearchAddon } from '@xterm/addon-search';
import type { ITerminalOptions, Terminal } from '@xterm/xterm';

export interface MadeTerminal {
  readonly terminal: Terminal;
  readonly fit: FitAddon;
  readonly search: SearchAddon;
}

/** Rejects when the code cannot be had. Not in the page yet: `terminal.open` puts it there. */
export async function makeTerminal(options: Pick<ITerminalOptions, 'fontFamily'>): Promise<MadeTerminal> {
  const parts = await import('./xterm-parts.ts');
  const terminal = new parts.Terminal({
    ...options,
    allowProposedApi: true,
    logLevel: 'off',
    lineHeight: 1.15,
    scrollback: SCROLLBACK_LINES,
    minimumContrastRatio: 4.5,
    overviewRuler: { width: SCROLLBAR_PIXELS },
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    macOptionIsMeta: true,
  });
  const [fit, search] = [new parts.FitAddon(), new parts.SearchAddon()];
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new parts.Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  terminal.loadAddon(new parts.WebLinksAddon((_event, uri) => window.open(uri, '_blank', 'noopener,noreferrer')));
  return { terminal, fit, search };
}

const SCROLLBACK_LINES = 5000;
const SCROLLBAR_PIXELS = 10;
