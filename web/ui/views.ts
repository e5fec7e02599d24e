/** On narrow screens lesson and network take turns: the bar at the bottom chooses. Wide screens show both. */

export type ViewName = 'lesson' | 'workspace';

const NARROW = '(max-width: 900px)';

export class Views {
  readonly #buttons = [...document.querySelectorAll<HTMLButtonElement>('.views button')];
  readonly #narrow = matchMedia(NARROW);
  #current: ViewName = 'lesson';

  constructor() {
    for (const button of this.#buttons) {
      button.addEventListener('click', () =>
        this.show(button.dataset['view'] === 'workspace' ? 'workspace' : 'lesson'),
      );
    }
    this.#narrow.addEventListener('change', () => this.#apply());
    // A link into the lesson, such as the next task, has to be seen to be followed.
    document.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
      if (link) this.show(link.getAttribute('href') === '#workspace' ? 'workspace' : 'lesson');
    });
    this.#apply();
  }

  get isLessonHidden(): boolean {
    return this.#narrow.matches && this.#current === 'workspace';
  }

  show(view: ViewName): void {
    this.#current = view;
    if (view === 'lesson') this.#button('lesson')?.classList.remove('has-news');
    this.#apply();
  }

  /** Marks the lesson's button while the lesson is hidden: a task turned there. */
  markLesson(): void {
    if (this.isLessonHidden) this.#button('lesson')?.classList.add('has-news');
  }

  #button(view: ViewName): HTMLButtonElement | undefined {
    return this.#buttons.find((button) => button.dataset['view'] === view);
  }

  #apply(): void {
    const narrow = this.#narrow.matches;
    document.body.dataset['view'] = this.#current;
    for (const button of this.#buttons) {
      button.setAttribute('aria-pressed', String(button.dataset['view'] === this.#current));
    }
    document.querySelector('#lesson')?.toggleAttribute('inert', narrow && this.#current !== 'lesson');
    document.querySelector('#workspace')?.toggleAttribute('inert', narrow && this.#current !== 'workspace');
  }
}
