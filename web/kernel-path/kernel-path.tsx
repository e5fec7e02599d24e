/** A node's kernel as a packet sees it: the receive or the transmit path, with this node's numbers at each stage. */
import { useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { useLook } from '../attempt/use-look.ts';
import type { WatchStore } from '../attempt/watch-store.ts';
import type { CodeButtonParts } from '../lesson/code-buttons.tsx';
import { SourceNote } from '../recording/source-note.tsx';
import type { Direction, Place, Stage, TextsOfPaths } from './stage.ts';
import { MACHINE, machineNames } from './machine-numbers.tsx';
import { StageRow } from './stage-row.tsx';
import { countersOf, stagesOf, type PathNode } from './stages-of.ts';
import './kernel-path.css';
import { words } from './words.ts';

export interface KernelPathProps {
  readonly node: PathNode;
  /** The one that is shown first. */
  readonly direction: Direction;
  readonly watch: WatchStore;
  readonly buttons: CodeButtonParts;
  /** Of the stages, where the page is in another language than theirs. */
  readonly texts: TextsOfPaths | null;
}

const DIRECTIONS: readonly { readonly direction: Direction; readonly label: string }[] = [
  { direction: 'rx', label: words.receives },
  { direction: 'tx', label: words.sends },
];

export function KernelPath({ node, direction: first, watch, buttons, texts }: KernelPathProps): JSX.Element {
  const [direction, setDirection] = useState(first);
  const box = useRef<HTMLDivElement>(null);
  const stages = stagesOf(node.kind, direction, texts);
  const look = useMemo(() => {
    const own = stagesOf(node.kind, direction);
    const machine = machineNames(own.flatMap((stage) => stage.machine ?? []));
    return { counters: { [node.name]: countersOf(own, node.interfaces), [MACHINE]: machine } };
  }, [node, direction]);
  useLook(box, watch, look);
  const follow = (): void => {
    setDirection('tx');
    box.current?.scrollIntoView({ block: 'start' });
    // The button that was pressed goes away with its stage.
    box.current?.querySelector<HTMLElement>('[data-direction="tx"]')?.focus({ preventScroll: true });
  };
  return (
    <div class="kernel-path" ref={box}>
      <div class="path-head">
        <div class="path-switch" role="group" aria-label={words.pathOf(node.name)}>
          {DIRECTIONS.map(({ direction: one, label }) => (
            <button
              key={one}
              type="button"
              data-direction={one}
              aria-pressed={one === direction}
              onClick={() => setDirection(one)}
            >
              <b>{node.name}</b> {label}
            </button>
          ))}
        </div>
        <SourceNote watch={watch} live={words.live(node.name)} />
      </div>
      {placesOf(stages).map(({ place, list }) => (
        <div
          role="group"
          key={`${direction} ${place} ${list[0]?.id}`}
          class={`path-place is-${place}`}
          aria-label={words.places[place]}
        >
          <p class="path-name" aria-hidden="true">
            {words.places[place]}
          </p>
          <ol>
            {list.map((stage) => (
              <StageRow
                key={stage.id}
                stage={stage}
                node={node}
                watch={watch}
                buttons={buttons}
                onFollow={stage.branch === 'forward' ? follow : undefined}
              />
            ))}
          </ol>
        </div>
      ))}
    </div>
  );
}

/** Neighbouring stages of one place, together. */
function placesOf(stages: readonly Stage[]): { place: Place; list: Stage[] }[] {
  const places: { place: Place; list: Stage[] }[] = [];
  for (const stage of stages) {
    const last = places.at(-1);
    if (last?.place === stage.place) last.list.push(stage);
    else places.push({ place: stage.place, list: [stage] });
  }
  return places;
}
