/** Below a task's prose: what it waits for, its buttons, the verdict and the hints. */
import type { JSX } from 'preact';
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
  const task = context.store.task(name);
  if (!task) return null;
  if (task.status === 'locked') return <LockedPanel task={task} context={context} />;
  if (task.status === 'passed') return <PassedPanel task={task} />;
  return <OpenPanel task={task} context={context} />;
}

function PassedPanel({ task }: { readonly task: TaskView }): JSX.Element {
  return (
    <div class="task-panel">
      {task.verdict && <VerdictPanel task={task} verdict={task.verdict} />}
      <HintList task={task} />
    </div>
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
    <div class="task-panel">
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
    </div>
  );
}

function OpenPanel({ task, context }: PanelProps): JSX.Element {
  const hasAsked = context.actions.asked.value.has(task.name);
  const showsVerdict =
    task.verdict !== null && (hasAsked || task.status === 'lapsed' || task.verdict.outcome === 'error');
  return (
    <div class="task-panel">
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
    </div>
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
