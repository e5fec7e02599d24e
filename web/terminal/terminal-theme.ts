/** Colours of the terminals. Every text colour keeps 4.5:1 against its background (WCAG 2.2, 1.4.3); tested. */

export interface TerminalTheme {
  readonly background: string;
  readonly foreground: string;
  readonly cursor: string;
  readonly cursorAccent: string;
  readonly selectionBackground: string;
  readonly selectionInactiveBackground: string;
  readonly scrollbarSliderBackground: string;
  readonly scrollbarSliderHoverBackground: string;
  readonly scrollbarSliderActiveBackground: string;
  readonly overviewRulerBorder: string;
  readonly black: string;
  readonly red: string;
  readonly green: string;
  readonly yellow: string;
  readonly blue: string;
  readonly magenta: string;
  readonly cyan: string;
  readonly white: string;
  readonly brightBlack: string;
  readonly brightRed: string;
  readonly brightGreen: string;
  readonly brightYellow: string;
  readonly brightBlue: string;
  readonly brightMagenta: string;
  readonly brightCyan: string;
  readonly brightWhite: string;
}

export const LIGHT_THEME: TerminalTheme = {
  background: '#fdfcfa',
  foreground: '#1c2530',
  cursor: '#0b6a74',
  cursorAccent: '#fdfcfa',
  selectionBackground: '#b9dfe0',
  selectionInactiveBackground: '#dde6e6',
  scrollbarSliderBackground: '#1c253024',
  scrollbarSliderHoverBackground: '#1c253045',
  scrollbarSliderActiveBackground: '#1c253060',
  overviewRulerBorder: '#00000000',
  black: '#1c2530',
  red: '#b0261d',
  green: '#1b7240',
  yellow: '#855300',
  blue: '#1f5fbf',
  magenta: '#8a3a9c',
  cyan: '#0b6a74',
  white: '#5f6873',
  brightBlack: '#57616e',
  brightRed: '#c2321f',
  brightGreen: '#187a3d',
  brightYellow: '#8f5a00',
  brightBlue: '#2a62d6',
  brightMagenta: '#9a3fae',
  brightCyan: '#0a7580',
  brightWhite: '#4a535e',
};

export const DARK_THEME: TerminalTheme = {
  background: '#0b0f14',
  foreground: '#e3e8ed',
  cursor: '#62cbc6',
  cursorAccent: '#0b0f14',
  selectionBackground: '#24525a',
  selectionInactiveBackground: '#26323d',
  scrollbarSliderBackground: '#e3e8ed24',
  scrollbarSliderHoverBackground: '#e3e8ed45',
  scrollbarSliderActiveBackground: '#e3e8ed60',
  overviewRulerBorder: '#00000000',
  black: '#7d8894',
  red: '#ff8f85',
  green: '#74d193',
  yellow: '#f1bd6b',
  blue: '#86b6ff',
  magenta: '#d7a6f2',
  cyan: '#62cbc6',
  white: '#cfd6dd',
  brightBlack: '#94a1ae',
  brightRed: '#ffaaa2',
  brightGreen: '#97e0af',
  brightYellow: '#f8d294',
  brightBlue: '#a9ccff',
  brightMagenta: '#e5c3f8',
  brightCyan: '#8fdcd8',
  brightWhite: '#f5f7f9',
};

/** Text colours, in the order of the palette. */
export const TEXT_COLOURS = [
  'foreground',
  'cursor',
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const satisfies readonly (keyof TerminalTheme)[];

/** Calls back now and whenever the page turns light or dark: by the system, or by `data-theme` of the root element. */
export function followTheme(apply: (theme: TerminalTheme) => void): Disposable {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const update = (): void => {
    const chosen = document.documentElement.dataset['theme'];
    apply(chosen === 'dark' || (chosen !== 'light' && system.matches) ? DARK_THEME : LIGHT_THEME);
  };
  const observer = new MutationObserver(update);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  system.addEventListener('change', update);
  update();
  return {
    [Symbol.dispose]() {
      observer.disconnect();
      system.removeEventListener('change', update);
    },
  };
}
