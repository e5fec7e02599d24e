/** One stage: a line to read at a glance, which opens to what happens there and how to see it. */
import type { JSX } from 'preact';
import type { WatchStore } from '../attempt/watch-store.ts';
import type { CodeButtonParts } from '../lesson/code-buttons.tsx';
import { CommandList } from './command-list.tsx';
import { readNumber } from './read-number.ts';
import type { Scope, Stage } from './stage.ts';
import { MachineNumbers, MachineTable } from './machine-numbers.tsx';
import { NumberTable, StageNumbers } from './stage-numbers.tsx';
import { lineFor, numbersOf, type NodeNumber, type PathNode } from './stages-of.ts';
import { words } from './words.ts';

export interface StageRowProps {
  readonly stage: Stage;
  readonly node: PathNode;
  readonly watch: WatchStore;
  readonly buttons: CodeButtonParts;
  /** Shows the other path; on the stage where packets go over to it. */
  readonly onFollow: (() => void) | undefined;
}

const SCOPE_NOTES: Readonly<Record<Scope, string | undefined>> = {
  node: undefined,
  machine: words.wholeMachine,
  socket: undefined,
};

export function StageRow({ stage, node, watch, buttons, onFollow }: StageRowProps): JSX.Element {
  const numbers = numbersOf(stage, node.interfaces);
  const classes = ['stage', `is-${stage.place}`];
  if (stage.notHere !== undefined) classes.push('is-not-here');
  if (stage.branch !== undefined) classes.push('is-branch');
  return (
    <li class={classes.join(' ')} data-stage={stage.id}>
      <Rail node={node.name} numbers={numbers} watch={watch} />
      <details>
        <summary>
          <span class="stage-head">
            <b class="stage-title">{stage.title}</b>
            {stage.notHere !== undefined && <span class="stage-mark">{words.notOnVeth}</span>}
            {stage.branch !== undefined && <span class="stage-mark">{words.branch}</span>}
            <span class="stage-what">{stage.what}</span>
          </span>
          {stage.notHere === undefined ? (
            <StageNumbers node={node.name} numbers={numbers} watch={watch} />
          ) : (
            <span class="stage-numbers stage-not-here">{stage.notHere}</span>
          )}
          {stage.machine && <MachineNumbers counters={stage.machine} watch={watch} />}
        </summary>
        <div class="stage-more">
          <p>{stage.more}</p>
          <dl>
            <dt>{words.inKernel}</dt>
            <dd>
              <code>{stage.kernel.name}</code> <span class="muted">{stage.kernel.file}</span>
            </dd>
            <dt>{words.itsNumber}</dt>
            <dd>{stage.where}</dd>
          </dl>
          {numbers.length > 0 && (
            <div class="table-scroll" tabindex={0} role="group" aria-label={words.countersOf(stage.title)}>
              <NumberTable node={node.name} numbers={numbers} watch={watch} />
            </div>
          )}
          {stage.machine && <MachineTable counters={stage.machine} watch={watch} />}
          <CommandList
            {...buttons}
            node={node.name}
            commands={stage.commands.map(({ line, shows, scope }) => {
              const note = SCOPE_NOTES[scope];
              return { line: lineFor(line, node), shows, ...(note === undefined ? {} : { note }) };
            })}
          />
          {onFollow && (
            <button class="button small" type="button" onClick={onFollow}>
              {words.follow}
            </button>
          )}
        </div>
      </details>
    </li>
  );
}

interface RailProps {
  readonly node: string;
  readonly numbers: readonly NodeNumber[];
  readonly watch: WatchStore;
}

/** The line beside the stages: it moves where packets do, and bears a cross where some were lost in the last minute. */
function Rail({ node, numbers, watch }: RailProps): JSX.Element {
  const nowMs = watch.beat.value;
  let isMoving = false;
  let isLosing = false;
  for (const number of numbers) {
    const reading = readNumber(watch, node, number, nowMs);
    if (number.kind === 'flow') isMoving ||= reading.perSecond > 0;
    if (number.kind === 'loss') isLosing ||= reading.lastMinute > 0;
  }
  return (
    <span class={`stage-rail${isMoving ? ' is-moving' : ''}${isLosing ? ' is-losing' : ''}`} aria-hidden="true">
      {isLosing ? '✕' : ''}
    </span>
  );
}
