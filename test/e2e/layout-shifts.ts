/** What moves on a page without anybody having moved it, as the browser itself reports it. */
import type { Page } from '@playwright/test';

interface Shift {
  readonly value: number;
  /** What moved, and from where to where. */
  readonly what: string;
}

/** From the next document of the page on. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: Shift[] = [];
    Object.assign(globalThis, { shifts });
    interface Source {
      readonly node: Node | null;
      readonly previousRect: DOMRectReadOnly;
      readonly currentRect: DOMRectReadOnly;
    }
    const place = ({ x, y, width, height }: DOMRectReadOnly): string => `${width}×${height} at ${x},${y}`;
    const describe = ({ node, previousRect, currentRect }: Source): string => {
      const element = node instanceof Element ? node : node?.parentElement;
      const name = `${element?.tagName.toLowerCase() ?? 'nothing'}.${element?.getAttribute('class') ?? ''}`;
      return `${name} "${node?.textContent?.slice(0, 30)}" from ${place(previousRect)} to ${place(currentRect)}`;
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: Source[] })[])
        shifts.push({ value: entry.value, what: entry.sources.map(describe).join('; ') });
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** Those since the last call. */
export function takeShifts(page: Page): Promise<Shift[]> {
  return page.evaluate(() => (globalThis as unknown as { shifts: Shift[] }).shifts.splice(0));
}
