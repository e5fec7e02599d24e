/** Short messages in the corner: what went wrong and what to do about it, or that something went well. */
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Icon } from './icons.tsx';
import { words } from './words.ts';

export interface Toast {
  readonly kind: 'error' | 'note' | 'success';
  readonly message: string;
  readonly hint?: string | undefined;
  readonly link?: { readonly href: string; readonly label: string };
}

interface ShownToast extends Toast {
  readonly id: number;
}

const SHOWN_MS = 9000;
const MOST_AT_ONCE = 3;

export class Toasts {
  readonly shown = signal<readonly ShownToast[]>([]);
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #lastId = 0;

  show(toast: Toast): void {
    // The same message again would only pile up: it starts anew.
    const others = this.shown.value.filter(({ message }) => message !== toast.message);
    const id = ++this.#lastId;
    this.shown.value = [...others, { ...toast, id }].slice(-MOST_AT_ONCE);
    this.#closeLater(id);
  }

  close(id: number): void {
    this.hold(id);
    this.shown.value = this.shown.value.filter((toast) => toast.id !== id);
  }

  /** Keeps a toast while it is pointed at or focused. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  release(id: number): void {
    this.#closeLater(id);
  }

  #closeLater(id: number): void {
    this.hold(id);
    this.#timers.set(
      id,
      setTimeout(() => this.close(id), SHOWN_MS),
    );
  }
}

export function ToastStack({ toasts }: { readonly toasts: Toasts }): JSX.Element {
  return (
    <div class="toasts" role="region" aria-label={words.messages} aria-live="polite">
      {toasts.shown.value.map((toast) => (
        <div
          key={toast.id}
          class={`toast is-${toast.kind}`}
          onPointerEnter={() => toasts.hold(toast.id)}
          onPointerLeave={() => toasts.release(toast.id)}
          onFocusIn={() => toasts.hold(toast.id)}
          onFocusOut={() => toasts.release(toast.id)}
        >
          <Icon name={toast.kind === 'error' ? 'warning' : toast.kind === 'success' ? 'passed' : 'clock'} />
          <div>
            <p class="toast-message">{toast.message}</p>
            {toast.hint && <p>{toast.hint}</p>}
            {toast.link && (
              <p>
                <a href={toast.link.href} onClick={() => toasts.close(toast.id)}>
                  {toast.link.label}
                </a>
              </p>
            )}
          </div>
          <button
            class="icon-button"
            type="button"
            aria-label={words.closeMessage}
            onClick={() => toasts.close(toast.id)}
          >
            <Icon name="cross" />
          </button>
        </div>
      ))}
    </div>
  );
}
