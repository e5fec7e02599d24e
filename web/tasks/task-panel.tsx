/** Below a task's prose: what it waits for, its buttons, the verdict and the hints. */
import type { JSX, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { TaskView } from '../../server/contract/api.ts';
import { Icon } from '../ui/icons.tsx';
import { HintButton, HintList } from './hints.tsx';
import { taskAnchor, type TaskContext } from './task-context.ts';
import { SeenSoFar, VerdictPanel } from './verdict.tsx';
import { words } from './words.ts';

export interface TaskPanelProps {
  readonly name: string;
  readonly context: TaskContext;
}

export function TaskPanel({ name, context }: TaskPanelProps): JSX.Element | null {
  const { store, actions } = context;
  const panel = useRef<HTMLDivElement>(null);
  const task = store.task(name);
  const isJudging = actions.isRunning(`check:${name}`) || actions.isRunning(`answer:${name}`);
  useSightOf(panel, '.verdict', isJudging);
  useSightOf(panel, '.hints > li:last-child', actions.isRunning(`hint:${name}`));
  if (!task) return null;
  return (
    <div class="task-panel" ref={panel}>
      {task.status === 'locked' && <LockedPanel task={task} context={context} />}
      {task.status === 'passed' && <PassedPanel task={task} />}
      {(task.status === 'open' || task.status === 'lapsed') && <OpenPanel task={task} context={context} />}
    </div>
  );
}

/** What the learner has asked for comes into sight when it is there, where it would lie beyond the window's edge. */
function useSightOf(panel: RefObject<HTMLElement | null>, selector: string, isComing: boolean): void {
  const wasComing = useRef(false);
  useEffect(() => {
    if (wasComing.current && !isComing) panel.current?.querySelector(selector)?.scrollIntoView({ block: 'nearest' });
    wasComing.current = isComing;
  }, [panel, selector, isComing]);
}

function PassedPanel({ task }: { readonly task: TaskView }): JSX.Element {
  return (
    <>
      {task.verdict && <VerdictPanel task={task} verdict={task.verdict} />}
      <HintList task={task} />
    </>
  );
}

interface PanelProps {
  readonly task: TaskView;
  readonly context: TaskContext;
}

function LockedPanel({ task, context }: PanelProps): JSX.Element {
  const needed = task.needs
    .map((name) => context.store.task(name))
    .filter((other) => other !== undefined && other.status !== 'passed') as TaskView[];
  const [before, between, after] = words.opensAfter;
  return (
    <p class="task-locked">
      <Icon name="locked" />
      <span>
        {before}
        {needed.map((other, index) => (
          <>
            {index > 0 && between}
            <a href={`#${taskAnchor(other.name)}`}>{other.title}</a>
          </>
        ))}
        {after}
      </span>
    </p>
  );
}

function OpenPanel({ task, context }: PanelProps): JSX.Element {
  const hasAsked = context.actions.asked.value.has(task.name);
  const showsVerdict =
    task.verdict !== null && (hasAsked || task.status === 'lapsed' || task.verdict.outcome === 'error');
  return (
    <>
      {task.status === 'lapsed' && (
        <p class="task-lapsed">
          <Icon name="lapsed" /> {words.lapsed}
        </p>
      )}
      {task.type === 'check' && (
        <div class="task-buttons">
          <CheckButton task={task} context={context} />
          <HintButton task={task} context={context} />
        </div>
      )}
      {task.type === 'question' && task.hints.length < task.hintCount && (
        <div class="task-buttons">
          <HintButton task={task} context={context} />
        </div>
      )}
      {task.verdict && showsVerdict && <VerdictPanel task={task} verdict={task.verdict} />}
      {task.type === 'check' && !showsVerdict && <SeenSoFar verdict={task.verdict} />}
      <HintList task={task} />
    </>
  );
}

function CheckButton({ task, context }: PanelProps): JSX.Element {
  const { store, actions } = context;
  const { state } = store.sandbox.value;
  if (state !== 'ready') {
    const isStarting = state === 'starting';
    return (
      <button
        class="button"
        type="button"
        aria-disabled={isStarting}
        onClick={() => void (isStarting || actions.start())}
      >
        <Icon name="play" />
        {isStarting ? words.startingTheLab : words.startToTry}
      </button>
    );
  }
  const isChecking = actions.isRunning(`check:${task.name}`);
  return (
    <button
      class={`button primary${isChecking ? ' is-busy' : ''}`}
      type="button"
      aria-disabled={isChecking}
      onClick={() => void actions.check(task.name)}
    >
      <Icon name="check" />
      {isChecking ? words.checking : words.check}
    </button>
  );
}
