/** Keeps one open lesson page up to date: what changed since the last frame, never more than the newest state of each thing. */
import type { WebSocket } from 'ws';
import type { AttemptChange, LiveAttempt } from '../attempt/live-attempt.ts';
import { CLOSE_NOT_FOUND } from '../contract/frames.ts';
import type { LabFrame } from '../contract/frames.ts';
import type { Language } from '../contract/language.ts';

/** Changes that come together leave together. */
const GATHER_MS = 20;
/** A browser that does not read gets nothing more until it has read; then it gets the newest. */
const HIGH_WATER_BYTES = 256 * 1024;
const RETRY_MS = 250;

/** Serves until the socket closes. Who may listen is decided by the caller. */
export function serveLab(socket: WebSocket, attempt: LiveAttempt, language: Language): void {
  const dirtyTasks = new Set<string>();
  const lastTasks = new Map<string, string>();
  let isSandboxDirty = false;
  let lastSandbox = '';
  let lastState = attempt.run?.state;
  let timer: NodeJS.Timeout | null = null;

  const send = (frame: LabFrame): void => socket.send(JSON.stringify(frame));

  const flush = (): void => {
    timer = null;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > HIGH_WATER_BYTES) {
      timer = setTimeout(flush, RETRY_MS);
      return;
    }
    if (isSandboxDirty) {
      const sandbox = attempt.sandboxView(language);
      const text = JSON.stringify(sandbox);
      if (text !== lastSandbox) send({ type: 'sandbox', sandbox });
      lastSandbox = text;
    }
    for (const name of dirtyTasks) {
      const task = attempt.taskView(name, language);
      const text = JSON.stringify(task);
      if (text !== lastTasks.get(name)) {
        send({ type: 'task', task, points: attempt.points, isFinished: attempt.isFinished });
      }
      lastTasks.set(name, text);
    }
    isSandboxDirty = false;
    dirtyTasks.clear();
  };

  const hear = (change: AttemptChange): void => {
    switch (change.type) {
      case 'closed':
        socket.close(CLOSE_NOT_FOUND, 'The lab was reset.');
        return;
      case 'sandbox':
        isSandboxDirty = true;
        // What a learner waits for: that the network is there, or is not.
        if (attempt.run?.state !== lastState) {
          lastState = attempt.run?.state;
          if (timer) clearTimeout(timer);
          return flush();
        }
        break;
      case 'task':
        dirtyTasks.add(change.name);
        break;
    }
    timer ??= setTimeout(flush, GATHER_MS);
  };

  const view = attempt.view(language);
  lastSandbox = JSON.stringify(view.sandbox);
  for (const task of view.tasks) lastTasks.set(task.name, JSON.stringify(task));
  send({ type: 'attempt', attempt: view, nowMs: attempt.nowMs });

  const subscription = attempt.watch(hear);
  socket.on('close', () => {
    if (timer) clearTimeout(timer);
    subscription[Symbol.dispose]();
  });
}
