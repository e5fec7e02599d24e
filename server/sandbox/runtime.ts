/**
 * The port behind which sandboxes start. sandbox/ knows containers and namespaces; it knows no lab, task or learner.
 * What this port cannot say does not exist for the rest of the program.
 */

import type { Duplex } from 'node:stream';
import type { Said } from '../base/sentence.ts';

/** Ceilings of one sandbox, learner's processes and platform's helpers together. */
export interface Limits {
  readonly memoryBytes: number;
  readonly pids: number;
  /** 1 is one core. */
  readonly cpus: number;
  /** Size of the file system that the learner can write to. */
  readonly diskBytes: number;
}

export interface OuterSpec {
  /** Unique among all sandboxes of this machine; lower-case letters, digits and dashes. */
  readonly id: string;
  readonly limits: Limits;
}

export interface Runtime extends AsyncDisposable {
  readonly name: 'oci' | 'docker' | 'kubernetes';
  /** Starts an outer context: no network, read-only root file system of the lab image. Undoes itself on failure. */
  start(spec: OuterSpec): Promise<Outer>;
  /** Outer contexts of this installation that are running, also those an earlier server process started. */
  list(): Promise<Outer[]>;
}

/** The outer context of one sandbox. Platform commands run here; learners never get a process in it. */
export interface Outer {
  readonly id: string;
  /** Starts a command of the outer context with pipes. */
  exec(argv: readonly string[]): ExecProcess;
  /** Starts a command of the outer context on a pty of its own. */
  terminal(argv: readonly string[], size: TerminalSize): Pty;
  /** Connects to a unix socket of the outer context, given as the outer context names it. */
  connect(path: string): Promise<Duplex>;
  /**
   * Opens a new pty of a devpts by the path of its `ptmx` as the outer context sees it, so that the other end has a name in
   * there. Absent where the server does not share a kernel with the sandbox.
   */
  openPty?(ptmx: string): Promise<NamedPty>;
  /**
   * Reads files as the outer context sees them, in the order given; paths must not lead through symbolic links. A file that is not there or not readable is null.
   * Starts no process where the runtime can do without (goals: ten nodes, four files each, within 3 ms).
   */
  readFiles(paths: readonly string[]): Promise<(Buffer | null)[]>;
  /** Reads a part of one regular file, at most `length` bytes from `offset`; null when it is not there. */
  readPart(path: string, offset: number, length: number): Promise<Buffer | null>;
  /** Names in a directory, without `.` and `..`; empty when it is not there. */
  listFiles(directory: string): Promise<string[]>;
  /** Ends everything in it and frees namespaces, mounts and cgroups. Calling it again does nothing. */
  stop(): Promise<void>;
  /** Settles when the outer context has ended for whatever reason, with words for the learner. */
  readonly ended: Promise<Said>;
}

export interface NamedPty {
  /** The other end is `<number>` beside the `ptmx`. */
  readonly number: number;
  /** onExit is called when every process has closed the other end; its exit status is not known here. */
  readonly pty: Pty;
}

export interface ExecProcess {
  readonly stdin: NodeJS.WritableStream;
  readonly stdout: NodeJS.ReadableStream;
  readonly stderr: NodeJS.ReadableStream;
  /** Exit status; 128 + signal number when a signal ended it, 127 when it could not start. */
  readonly exit: Promise<number>;
  kill(): void;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** What a terminal session needs of a pty; node-pty's IPty has this shape on `oci`, a Docker exec stream on `docker`. */
export interface Pty {
  onData(listener: (data: Uint8Array) => void): Disposable;
  onExit(listener: (exitCode: number) => void): Disposable;
  write(data: string | Uint8Array): void;
  /** Bytes written that the kernel has not taken yet; absent where the adapter cannot tell. */
  readonly pendingInputBytes?: number;
  resize(size: TerminalSize): void;
  /** Stops reading: the kernel's buffer fills and the writer in the sandbox waits. */
  pause(): void;
  resume(): void;
  kill(): void;
}
