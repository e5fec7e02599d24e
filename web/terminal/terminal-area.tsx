/** The terminals of a lab page: one pane, or two with a divider that pointer and arrow keys move. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { JSX, RefObject } from 'preact';
import './terminal.css';
import type { TerminalDesk } from './terminal-desk.ts';
import { LEAST_SHARE, MOST_SHARE, setShare, type SplitDirection } from './terminal-layout.ts';
import { TerminalPane } from './terminal-pane.tsx';
import { words } from './words.ts';

export function TerminalArea({ desk }: { readonly desk: TerminalDesk }): JSX.Element {
  const section = useRef<HTMLElement>(null);
  const isNarrow = useIsNarrow(section);
  const { panes, share, direction: wanted } = desk.layout.value;
  const direction = isNarrow ? 'column' : wanted;
  return (
    <section
      ref={section}
      class={`terminal-area is-${direction}`}
      aria-label={words.terminals}
      style={{ '--first-share': `${share}%` }}
    >
      <TerminalPane desk={desk} pane={0} />
      {panes.length > 1 && <PaneDivider desk={desk} direction={direction} />}
      {panes.length > 1 && <TerminalPane desk={desk} pane={1} />}
    </section>
  );
}

const STEP_PERCENT = 3;

/** Two terminals beside each other need room for some 35 columns each. */
const NARROW_PIXELS = 560;

function useIsNarrow(element: RefObject<HTMLElement | null>): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setNarrow(entry.contentRect.width < NARROW_PIXELS));
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isNarrow;
}

interface PaneDividerProps {
  readonly desk: TerminalDesk;
  readonly direction: SplitDirection;
}

function PaneDivider({ desk, direction }: PaneDividerProps): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const { share } = desk.layout.value;
  const move = (percent: number): void => desk.change(setShare(desk.layout.value, percent));
  const follow = (event: PointerEvent): void => {
    const area = element.current?.parentElement?.getBoundingClientRect();
    if (!area || !element.current?.hasPointerCapture(event.pointerId)) return;
    const part =
      direction === 'row' ? (event.clientX - area.left) / area.width : (event.clientY - area.top) / area.height;
    move(part * 100);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: share - STEP_PERCENT,
      ArrowUp: share - STEP_PERCENT,
      ArrowRight: share + STEP_PERCENT,
      ArrowDown: share + STEP_PERCENT,
      Home: LEAST_SHARE,
      End: MOST_SHARE,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    move(target);
  };
  return (
    <div
      ref={element}
      class="terminal-divider"
      role="separator"
      tabIndex={0}
      aria-label={words.roomOfPanes}
      aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
      aria-valuemin={LEAST_SHARE}
      aria-valuemax={MOST_SHARE}
      aria-valuenow={Math.round(share)}
      onPointerDown={(event) => {
        event.preventDefault();
        element.current?.setPointerCapture(event.pointerId);
      }}
      onPointerMove={follow}
      onDblClick={() => move(50)}
      onKeyDown={onKeyDown}
    />
  );
}
