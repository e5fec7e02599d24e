/** Joins a picture to what it shows: watched while it is on the screen, and only then. */
import { useEffect } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { Look, WatchStore } from './watch-store.ts';

/** `look` must be the same object from one drawing to the next while it says the same. */
export function useLook(element: RefObject<HTMLElement | null>, watch: WatchStore | undefined, look: Look): void {
  useEffect(() => {
    const target = element.current;
    if (!target || !watch) return undefined;
    let looking: (() => void) | null = null;
    const stop = (): void => {
      looking?.();
      looking = null;
    };
    const observer = new IntersectionObserver((entries) => {
      const isSeen = entries.at(-1)?.isIntersecting ?? false;
      if (!isSeen) stop();
      else looking ??= watch.look(look);
    });
    observer.observe(target);
    return () => {
      observer.disconnect();
      stop();
    };
  }, [watch, look]);
}
