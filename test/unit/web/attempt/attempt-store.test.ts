import { describe, expect, it } from 'vitest';
import type { AttemptView, TaskStatus, TaskView } from '../../../../server/contract/api.ts';
import { AttemptStore, type Turn } from '../../../../web/attempt/attempt-store.ts';
import { NO_SANDBOX } from '../../../support/sandbox-view.ts';

function task(name: string, status: TaskStatus): TaskView {
  return {
    name,
    title: name,
    type: 'check',
    status,
    points: 1,
    needs: [],
    verdict: null,
    hints: [],
    hintCount: 0,
    nextHintAtMs: null,
    feedbackHtml: null,
    answer: null,
  };
}

function attempt(tasks: TaskView[], isFinished = false): AttemptView {
  const sandbox = { ...NO_SANDBOX, state: 'ready' } as const;
  return {
    id: 'a',
    labId: 'l',
    sandbox: { ...sandbox, nodes: [], links: [], steps: [] },
    tasks,
    points: { earned: 0, possible: 2 },
    isFinished,
  };
}

function listened(tasks: TaskView[]): { store: AttemptStore; turns: string[] } {
  const store = new AttemptStore(attempt(tasks));
  const turns: string[] = [];
  store.listenToTurns((turn: Turn) =>
    turns.push(turn.kind === 'finished' ? 'finished' : `${turn.kind} ${turn.task.name}`),
  );
  return { store, turns };
}

describe('AttemptStore', () => {
  it('tells once that a task passed, however often the server says so', () => {
    const { store, turns } = listened([task('one', 'open'), task('two', 'locked')]);
    const frame = {
      type: 'task',
      task: task('one', 'passed'),
      points: { earned: 1, possible: 2 },
      isFinished: false,
    } as const;
    store.applyFrame(frame);
    store.applyFrame(frame);
    expect(turns).toEqual(['passed one']);
    expect(store.points.value.earned).toBe(1);
    expect(store.task('one')?.status).toBe('passed');
  });

  it('tells nothing about what was so already when the page connects again', () => {
    const { store, turns } = listened([task('one', 'passed'), task('two', 'open')]);
    store.applyFrame({ type: 'attempt', nowMs: 0, attempt: attempt([task('one', 'passed'), task('two', 'open')]) });
    expect(turns).toEqual([]);
  });

  it('tells what turned while the page was offline, and that the lab is finished', () => {
    const { store, turns } = listened([task('one', 'open'), task('two', 'locked')]);
    store.applyFrame({
      type: 'attempt',
      nowMs: 0,
      attempt: attempt([task('one', 'passed'), task('two', 'passed')], true),
    });
    expect(turns).toEqual(['passed one', 'passed two', 'finished']);
  });

  it('tells when a held task lapses and when a task opens', () => {
    const { store, turns } = listened([task('one', 'passed'), task('two', 'locked')]);
    store.applyFrame({ type: 'attempt', nowMs: 0, attempt: attempt([task('one', 'lapsed'), task('two', 'open')]) });
    expect(turns).toEqual(['lapsed one', 'opened two']);
  });

  it('changes the sandbox alone by a sandbox frame', () => {
    const { store, turns } = listened([task('one', 'open')]);
    const ended = { ...store.sandbox.value, state: 'ended', reason: 'It was idle.' } as const;
    store.applyFrame({ type: 'sandbox', sandbox: ended });
    expect(store.sandbox.value.reason).toBe('It was idle.');
    expect(store.tasks.value).toHaveLength(1);
    expect(turns).toEqual([]);
  });
});
