/** A mark that is shown for a moment: what a button has just done. */
import { useEffect, useRef, useState } from 'preact/hooks';

const SHOWN_MS = 1600;

/** The mark of now, and what shows another one. */
export function useBriefMark<Mark>(): readonly [Mark | null, (mark: Mark) => void] {
  const [shown, setShown] = useState<Mark | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (mark: Mark): void => {
    clearTimeout(timer.current);
    setShown(() => mark);
    timer.current = setTimeout(() => setShown(null), SHOWN_MS);
  };
  return [shown, show];
}
