/** Processes and ptys of this machine in the shapes of the Runtime port. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { spawn as spawnNodePty } from 'node-pty';
import type { ExecProcess, Pty, TerminalSize } from '../runtime.ts';

export function spawnProcess(argv: readonly string[]): ExecProcess {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { stdio: 'pipe' });
  child.stdin.on('error', () => {
    // The process ended without reading all of its input; its exit status says the rest.
  });
  const exit = new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    exit,
    kill: () => void child.kill('SIGTERM'),
  };
}

export function spawnPty(argv: readonly string[], size: TerminalSize): Pty {
  const [program = '', ...args] = argv;
  const pty = spawnNodePty(program, args, {
    name: 'xterm-256color',
    cols: size.columns,
    rows: size.rows,
    encoding: null,
  });
  return {
    onData: (listener) => {
      // With encoding null node-pty hands over Buffers, whatever its types say.
      const registration = pty.onData((data: string | Buffer) =>
        listener(typeof data === 'string' ? Buffer.from(data) : data),
      );
      return { [Symbol.dispose]: () => registration.dispose() };
    },
    onExit: (listener) => {
      const registration = pty.onExit(({ exitCode, signal }) => listener(signal ? 128 + signal : exitCode));
      return { [Symbol.dispose]: () => registration.dispose() };
    },
    write: (data) => pty.write(typeof data === 'string' ? data : Buffer.from(data)),
    resize: ({ columns, rows }) => pty.resize(columns, rows),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    kill: () => pty.kill('SIGKILL'),
  };
}
