/**
 * Links to terms of the glossary show what the term means while they are pointed at or focused. Without scripts they lead to
 * the glossary, and with them too; a tap shows first and leads from there.
 */
import { words } from './words.ts';

/** As the server writes it; `html` is sanitised there. */
export interface LessonTerm {
  readonly slug: string;
  readonly name: string;
  readonly html: string;
}

const CARD_ID = 'term-card';
const GAP = 8;
/** The pointer may take its time from the link to the card. */
const LEAVE_MS = 250;

export function explainTerms(lesson: HTMLElement, terms: readonly LessonTerm[] | null): void {
  if (!terms || terms.length === 0) return;
  const known = new Map(terms.map((term) => [term.slug, term]));
  const card = new TermCard(lesson);
  for (const link of lesson.querySelectorAll<HTMLAnchorElement>('a[href^="/glossary#"]')) {
    const term = known.get(link.hash.slice(1));
    if (!term) continue;
    link.classList.add('term-link');
    let isTouched = false;
    link.addEventListener('pointerenter', (event) => event.pointerType === 'mouse' && card.show(link, term));
    link.addEventListener('pointerleave', () => card.leave());
    link.addEventListener('focus', () => link.matches(':focus-visible') && card.show(link, term));
    link.addEventListener('blur', () => card.leave());
    link.addEventListener('pointerdown', (event) => (isTouched = event.pointerType === 'touch'));
    link.addEventListener('click', (event) => {
      if (!isTouched || card.isShownFor(link)) return;
      event.preventDefault();
      card.show(link, term);
    });
  }
}

class TermCard {
  readonly #element = document.createElement('div');
  #link: HTMLAnchorElement | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** In a landmark of the page, where those who jump between landmarks find it. */
  constructor(parent: HTMLElement) {
    this.#element.id = CARD_ID;
    this.#element.className = 'term-card';
    this.#element.popover = 'manual';
    this.#element.setAttribute('role', 'tooltip');
    parent.append(this.#element);
    this.#element.addEventListener('pointerenter', () => clearTimeout(this.#timer));
    this.#element.addEventListener('pointerleave', () => this.leave());
    // WCAG 1.4.13: what appears on hover can be sent away without moving the pointer.
    document.addEventListener('keydown', (event) => event.key === 'Escape' && this.#hide());
    document.addEventListener('pointerdown', (event) => {
      const target = event.target as Node;
      if (!this.#element.contains(target) && !this.#link?.contains(target)) this.#hide();
    });
    addEventListener('scroll', () => this.#place(), { capture: true, passive: true });
  }

  isShownFor(link: HTMLAnchorElement): boolean {
    return this.#link === link;
  }

  show(link: HTMLAnchorElement, { name, html }: LessonTerm): void {
    clearTimeout(this.#timer);
    if (this.#link === link) return;
    this.#hide();
    this.#link = link;
    const title = document.createElement('p');
    title.className = 'term-card-title';
    title.textContent = name;
    const text = document.createElement('div');
    // Rendered and sanitised by the server, as the lesson itself.
    text.innerHTML = html;
    const more = document.createElement('p');
    const whole = document.createElement('a');
    whole.href = link.href;
    whole.textContent = words.inGlossary;
    // The link itself leads there: the keyboard need not stop twice.
    whole.tabIndex = -1;
    more.append(whole);
    this.#element.replaceChildren(title, text, more);
    link.setAttribute('aria-describedby', CARD_ID);
    this.#element.showPopover();
    this.#place();
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hide(), LEAVE_MS);
  }

  #hide(): void {
    clearTimeout(this.#timer);
    this.#link?.removeAttribute('aria-describedby');
    this.#link = null;
    if (this.#element.matches(':popover-open')) this.#element.hidePopover();
  }

  #place(): void {
    if (!this.#link) return;
    // A link that breaks over two lines has two boxes.
    const box = this.#link.getClientRects()[0] ?? this.#link.getBoundingClientRect();
    const { width, height } = this.#element.getBoundingClientRect();
    const left = Math.min(Math.max(GAP, box.left), document.documentElement.clientWidth - width - GAP);
    const isRoomBelow = box.bottom + GAP + height <= innerHeight;
    this.#element.style.left = `${left}px`;
    this.#element.style.top = `${isRoomBelow ? box.bottom + GAP : Math.max(GAP, box.top - GAP - height)}px`;
  }
}
