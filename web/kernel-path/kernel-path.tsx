/** A node's kernel as a packet sees it: the receive or the transmit path, with this node's numbers at each stage. */
import { useMemo, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { useLook } from '../attempt/use-look.ts';
import type { WatchStore } from '../attempt/watch-store.ts';
import type { CodeButtonParts } from '../lesson/code-buttons.tsx';
import { SourceNote } from '../recording/source-note.tsx';
import { PLACE_NAMES, type Direction, type Place, type Stage } from './stage.ts';
import { StageRow } from './stage-row.tsx';
import { countersOf, stagesOf, type PathNode } from './stages-of.ts';
import './kernel-path.css';

export interface KernelPathProps {
  readonly node: PathNode;
  /** The one that is shown first. */
  readonly direction: Direction;
  readonly watch: WatchStore;
  readonly buttons: CodeButtonParts;
}

const DIRECTIONS: readonly { readonly direction: Direction; readonly words: string }[] = [
  { direction: 'rx', words: '↓ receives' },
  { direction: 'tx', words: '↑ sends' },
];

export function KernelPath({ node, direction: first, watch, buttons }: KernelPathProps): JSX.Element {
  const [direction, setDirection] = useState(first);
  const box = useRef<HTMLDivElement>(null);
  const stages = stagesOf(node.kind, direction);
  const look = useMemo(
    () => ({ counters: { [node.name]: countersOf(stagesOf(node.kind, direction), node.interfaces) } }),
    [node, direction],
  );
  useLook(box, watch, look);
  const follow = (): void => {
    setDirection('tx');
    box.current?.scrollIntoView({ block: 'start' });
  };
  return (
    <div class="kernel-path" ref={box}>
      <div class="path-head">
        <div class="path-switch" role="group" aria-label={`Path of ${node.name}`}>
          {DIRECTIONS.map(({ direction: one, words }) => (
            <button key={one} type="button" aria-pressed={one === direction} onClick={() => setDirection(one)}>
              <b>{node.name}</b> {words}
            </button>
          ))}
        </div>
        <SourceNote watch={watch} live={`● Live numbers of ${node.name}, counted since its start`} />
      </div>
      {placesOf(stages).map(({ place, list }) => (
        <div
          role="group"
          key={`${direction} ${place} ${list[0]?.id}`}
          class={`path-place is-${place}`}
          aria-label={PLACE_NAMES[place]}
        >
          <p class="path-name" aria-hidden="true">
            {PLACE_NAMES[place]}
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
