/**
 * Runs it whenever a page that was away may find the server again: the network is back, the page is shown, or it comes from the
 * browser's cache, with dead sockets. Returns what ends that.
 */
export function whenBack(run: () => void): () => void {
  const end = new AbortController();
  const runIfShown = (): void => {
    if (!document.hidden) run();
  };
  for (const name of ['online', 'pageshow'] as const) addEventListener(name, runIfShown, { signal: end.signal });
  document.addEventListener('visibilitychange', runIfShown, { signal: end.signal });
  return () => end.abort();
}
