/** Says things to screen readers that others see happen. */

/** Screen readers take sentences from the page a moment after they were put there. */
const KEPT_MS = 5000;

export class Announcer {
  readonly #region: HTMLElement;

  constructor(parent: HTMLElement) {
    this.#region = document.createElement('div');
    this.#region.className = 'visually-hidden';
    this.#region.setAttribute('role', 'status');
    this.#region.setAttribute('aria-live', 'polite');
    parent.append(this.#region);
  }

  say(sentence: string): void {
    // A new element each time, so that the same sentence is said again; beside the others, so that two in a row are both said.
    const line = document.createElement('p');
    line.textContent = sentence;
    this.#region.append(line);
    setTimeout(() => line.remove(), KEPT_MS);
  }
}
