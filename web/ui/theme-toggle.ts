/** The button in the header that goes from "as the system" to light to dark. entry/theme.ts applies the choice before paint. */
import { remember } from './remember.ts';
import { words } from './words.ts';

type Theme = 'system' | 'light' | 'dark';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const ICONS: Readonly<Record<Theme, string>> = {
  system: '<circle cx="10" cy="10" r="6.5"/><path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/>',
  light:
    '<circle cx="10" cy="10" r="3.5"/><path d="M10 2v2m0 12v2M2 10h2m12 0h2M4.300 4.300l1.500 1.500m8.400 8.400 1.500 1.500m0-11.400-1.500 1.500m-8.400 8.400-1.500 1.500"/>',
  dark: '<path d="M16.500 12A7 7 0 0 1 8 3.500 6.800 6.800 0 1 0 16.500 12z"/>',
};

export function wireThemeToggle(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-theme-toggle]');
  if (!button) return;
  const draw = (): void => {
    const theme = currentTheme();
    button.innerHTML = `<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${ICONS[theme]}</svg>`;
    button.setAttribute('aria-label', words.coloursAre(words.colours[theme]));
    button.title = words.coloursBecome(words.colours[theme], words.colours[NEXT[theme]]);
  };
  draw();
  button.addEventListener('click', () => {
    const theme = NEXT[currentTheme()];
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    remember('vethlab.theme', theme);
    draw();
  });
}

function currentTheme(): Theme {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}
