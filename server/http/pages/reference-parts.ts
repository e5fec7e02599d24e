/** What the pages for looking something up share: a box that searches (with scripts), and links between them. */
import { html, type Html } from './html.ts';
import type { Messages } from './messages/en.ts';

/** Filters the elements with `data-search-item` of the page: web/ui/search-page.ts. */
export function searchBox({ search }: Messages): Html {
  return html`<form class="reference-search" role="search" data-search data-needs-js>
    <label for="search">${search.label}</label>
    <input id="search" type="search" autocomplete="off" spellcheck="false" />
    <output for="search"></output>
  </form>`;
}

/** At the end of every page that is no lab. */
export function siteLinks({ header }: Messages): Html {
  return html`<footer class="site-links">
    <a href="/">${header.site}</a> <a href="/glossary">${header.glossary}</a> <a href="/index">${header.index}</a>
  </footer>`;
}
