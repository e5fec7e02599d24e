/** Says things to screen readers that others see happen. */

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
    // A new element each time, so that the same sentence is said again.
    const line = document.createElement('p');
    line.textContent = sentence;
    this.#region.replaceChildren(line);
  }
}
