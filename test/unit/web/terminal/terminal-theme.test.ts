import { expect, test } from 'vitest';
import { DARK_THEME, LIGHT_THEME, TEXT_COLOURS } from '../../../../web/terminal/terminal-theme.ts';

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

for (const [name, theme] of [
  ['light', LIGHT_THEME],
  ['dark', DARK_THEME],
] as const) {
  test(`every text colour of the ${name} theme keeps 4.5:1 against the background`, () => {
    const low = TEXT_COLOURS.filter((colour) => contrast(theme[colour], theme.background) < 4.5);
    expect(low).toEqual([]);
  });

  test(`text stays readable where it is selected in the ${name} theme`, () => {
    expect(contrast(theme.foreground, theme.selectionBackground)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme.foreground, theme.selectionInactiveBackground)).toBeGreaterThanOrEqual(4.5);
  });
}
