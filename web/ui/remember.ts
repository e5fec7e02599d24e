/** What this browser remembers of the page's looks. Storage may be full or forbidden: then it is forgotten, never an error. */

/** `session`: until this tab is closed. */
type Span = 'ever' | 'session';

export function remember(key: string, value: string, span: Span = 'ever'): void {
  try {
    storageOf(span).setItem(key, value);
  } catch {
    // The page works the same, it only forgets.
  }
}

export function recall(key: string, span: Span = 'ever'): string | null {
  try {
    return storageOf(span).getItem(key);
  } catch {
    return null;
  }
}

export function forget(key: string, span: Span = 'ever'): void {
  try {
    storageOf(span).removeItem(key);
  } catch {
    // Nothing was remembered.
  }
}

/** Throws where storage is forbidden. */
function storageOf(span: Span): Storage {
  return span === 'ever' ? localStorage : sessionStorage;
}
