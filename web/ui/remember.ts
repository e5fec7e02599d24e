/** What this browser remembers of the page's looks. Storage may be full or forbidden: then it is forgotten, never an error. */

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The page works the same, it only forgets.
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
