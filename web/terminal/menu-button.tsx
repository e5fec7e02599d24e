/** A button with a menu (WAI-ARIA menu button): arrows, Home, End, letters and Escape work. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { words } from './words.ts';

export interface MenuEntry {
  readonly label: string;
  /** Shown at the end of the line: a kind, a key. */
  readonly note?: string;
  /** Present for a switch. */
  readonly isOn?: boolean;
  readonly run: () => void;
}

export interface MenuButtonProps {
  readonly label: string;
  readonly children: ComponentChildren;
  readonly entries: readonly MenuEntry[];
  /** Below the entries. */
  readonly footer?: ComponentChildren;
}

export function MenuButton({ label, children, entries, footer }: MenuButtonProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!isOpen) return undefined;
    items(root.current)[0]?.focus();
    const closeOutside = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', closeOutside);
    addEventListener('focusin', closeOutside);
    return () => {
      removeEventListener('pointerdown', closeOutside);
      removeEventListener('focusin', closeOutside);
    };
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const all = items(root.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const move = (to: HTMLElement | undefined): void => {
      event.preventDefault();
      to?.focus();
    };
    if (event.key === 'Escape' || event.key === 'Tab') {
      setOpen(false);
      if (event.key === 'Escape') button.current?.focus();
    } else if (event.key === 'ArrowDown') move(all[(at + 1) % all.length]);
    else if (event.key === 'ArrowUp') move(all.at(at - 1));
    else if (event.key === 'Home') move(all[0]);
    else if (event.key === 'End') move(all.at(-1));
    else if (event.key.length === 1 && event.key !== ' ') {
      const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
      move(after.find((item) => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase())));
    }
  };

  return (
    <div class="terminal-menu" ref={root}>
      <button
        ref={button}
        type="button"
        class="terminal-tool"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {children}
      </button>
      {isOpen && (
        <div class="terminal-menu-list">
          <div role="menu" aria-label={label} onKeyDown={onKeyDown}>
            {entries.map((entry) => (
              <button
                key={entry.label}
                type="button"
                tabIndex={-1}
                role={entry.isOn === undefined ? 'menuitem' : 'menuitemcheckbox'}
                aria-checked={entry.isOn}
                onClick={() => {
                  setOpen(false);
                  button.current?.focus();
                  entry.run();
                }}
              >
                <span>{entry.label}</span>
                {(entry.note ?? entry.isOn) !== undefined && (
                  <small>{entry.note ?? (entry.isOn ? words.on : words.off)}</small>
                )}
              </button>
            ))}
          </div>
          {footer}
        </div>
      )}
    </div>
  );
}

function items(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}
