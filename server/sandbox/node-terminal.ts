/** An interactive login shell of a node on a pty that has a name in the node, where the runtime can do that. */
import { VethlabError } from '../base/errors.ts';
import { Emitter } from '../base/disposable.ts';
import { openRequest } from './agent.ts';
import type { Outer, Pty, TerminalSize } from './runtime.ts';

export interface NodeAddress {
  /** The process that holds the lab's namespaces. */
  readonly holder: number;
  readonly name: string;
  /** The node's first process. */
  readonly pid: number;
}

const START_MS = 10_000;

/** The shell is started when `isSetUp` resolves, and not when it rejects. */
export async function openNodeTerminal(
  outer: Outer,
  node: NodeAddress,
  size: TerminalSize,
  isSetUp: Promise<void>,
): Promise<Pty> {
  // It may reject before it is waited for.
  isSetUp.catch(() => undefined);
  if (!outer.openPty) {
    await isSetUp;
    return outer.terminal(['/run/vethlab/lib/node-terminal', String(node.holder), String(node.pid)], size);
  }
  // This directory is in the lab's own mount namespace: no learner can put something else in its place.
  const devpts = `/proc/${node.holder}/root/run/vethlab/lab/nodes/${node.name}/pts`;
  const { number, pty } = await outer.openPty(`${devpts}/ptmx`);
  try {
    await isSetUp;
  } catch (error) {
    pty.kill();
    throw error;
  }
  const exit = new Emitter<number>();
  let exitCode: number | undefined;
  let hasPtyEnded = false;
  let hasEnded = false;
  // The shell's status arrives on one way, the last of its output on the other: both must be there.
  const settle = (): void => {
    if (hasEnded || exitCode === undefined || !hasPtyEnded) return;
    hasEnded = true;
    exit.emit(exitCode);
  };
  const isStarted = Promise.withResolvers<void>();
  const request = ['terminal', String(node.pid), node.name, String(number), String(size.columns), String(size.rows)];
  const connection = await openRequest(outer, 'lab', request, (kind, [field]) => {
    if (kind === 'started') isStarted.resolve();
    else if (kind === 'failed') isStarted.reject(startError(field?.toString() ?? ''));
    else if (kind === 'exit') exitCode = Number(field?.toString());
    settle();
  }).catch((error: unknown) => {
    pty.kill();
    throw error;
  });
  pty.onExit(() => {
    hasPtyEnded = true;
    settle();
  });
  void connection.closed.then(() => {
    exitCode ??= 129;
    isStarted.reject(startError('the sandbox has ended'));
    // Programs that the shell left behind may hold the pty open.
    if (!hasPtyEnded) setTimeout(() => pty.kill(), 200).unref();
    settle();
  });
  const timer = setTimeout(() => isStarted.reject(startError('it took too long')), START_MS);
  try {
    await isStarted.promise;
  } catch (error) {
    connection.send('kill');
    pty.kill();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return {
    onData: (listener) => pty.onData(listener),
    onExit: (listener) => exit.listen(listener),
    get pendingInputBytes() {
      return pty.pendingInputBytes ?? 0;
    },
    write: (data) => pty.write(data),
    resize: (to) => pty.resize(to),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    kill: () => {
      connection.send('kill');
      pty.kill();
    },
  };
}

function startError(why: string): VethlabError {
  return new VethlabError('command_failed', `The terminal could not be opened: ${why}.`, {
    hint: 'Too many processes may be running in the sandbox; reset the lab if it does not recover.',
  });
}
