/** The search box of glossary and index: shows the entries that have all the words, and says how many. */
import { words } from './words.ts';

export function wireSearch(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-search]');
  const input = form?.querySelector('input');
  const output = form?.querySelector('output');
  if (!form || !input || !output) return;
  const items = [...document.querySelectorAll<HTMLElement>('[data-search-item]')].map((element) => ({
    element,
    text: normal(element.textContent ?? ''),
  }));
  const filter = (): void => {
    const wanted = normal(input.value).split(/\s+/).filter(Boolean);
    const shown = new Set<string>();
    let count = 0;
    for (const { element, text } of items) {
      element.hidden = !wanted.every((word) => text.includes(word));
      if (element.hidden) continue;
      count += 1;
      shown.add(element.id);
    }
    for (const link of document.querySelectorAll<HTMLElement>('[data-search-of]'))
      link.hidden = !shown.has(link.dataset['searchOf'] ?? '');
    for (const group of document.querySelectorAll<HTMLElement>('[data-search-group]'))
      group.hidden = !group.querySelector('[data-search-item]:not([hidden])');
    output.textContent = wanted.length === 0 ? '' : words.found(count, items.length);
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  input.addEventListener('input', filter);
  // A link to a term that the search has hidden must still lead to it.
  addEventListener('hashchange', () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.hidden) return;
    input.value = '';
    filter();
    target.scrollIntoView();
  });
  filter();
}

function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ');
}
