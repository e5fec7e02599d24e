/** A running topology, as the rest of the program sees it: run, read, open terminals, end. */
import type { ImpairmentChange, WireChanges } from '../network/impairment.ts';
import type { Endpoint, Topology } from '../network/topology.ts';
import type { ExecProcess, Pty, TerminalSize } from './runtime.ts';
import type { Said } from '../base/sentence.ts';

/** Steps that a start goes through; the page shows them, nodes one by one. */
export type StartStep = 'container' | 'lab' | 'network' | 'nodes' | 'captures' | 'ready';

export interface StartProgress {
  readonly step: StartStep;
  /** Present while single nodes report. */
  readonly node?: string;
  readonly elapsedMs: number;
}

export interface RunOptions {
  /** Default 10 000. A command that takes longer is killed with its children and reported as `command_timeout`. */
  readonly timeoutMs?: number;
  /** Written to the command's standard input, which is empty otherwise. */
  readonly stdin?: string;
}

export interface RunResult {
  readonly exitCode: number;
  /** UTF-8, cut at 1 MiB. */
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Which namespaces a platform command enters. None has more rights than the lab's root, who is nobody outside the lab:
 * - `outer`: programs and files of the image, pid namespace of the outer context (sees every process), no network.
 *   Writes to /run/vethlab/tmp only (`$TMPDIR`).
 * - `net`: as `outer`, in the node's network namespace. /sys is not the node's; /proc/net and /proc/sys/net are. What checks use.
 * - `node`: everything of the node, as its root, with the learner's own file system: what services, exec and solutions use.
 * - `judge`: network, pid and uts namespace of the node, its files read-only (without what a learner mounted), but programs
 *   and libraries of the image: what the check kind `command` uses. Owners of files show as the host numbers them (root is
 *   100000). A judge that is ended by a signal rejects with `command_failed`: it has not judged.
 */
export type RunContext = 'outer' | 'net' | 'node' | 'judge';

export interface Sandbox {
  readonly id: string;
  readonly topology: Topology;
  /** Milliseconds the last build took, by step. */
  readonly timings: Readonly<Record<string, number>>;
  /** Settles when it has ended, with words for the learner about who ended it and why. */
  readonly ended: Promise<Said>;

  /** Runs a shell line (bash) by the control shell. `node` is needed for every context but `outer`. */
  run(context: RunContext, node: string | null, line: string, options?: RunOptions): Promise<RunResult>;

  /** A long-running command in a context, with pipes. */
  spawn(context: RunContext, node: string | null, line: string): Promise<ExecProcess>;

  /** An interactive login shell of the node on a pty of its own. */
  openTerminal(node: string, size: TerminalSize): Promise<Pty>;

  /** `/proc/<pid of the node>/<name>` for each node and name; null when not readable. Starts no process on `oci`. */
  readProc(nodes: readonly string[], names: readonly string[]): Promise<Map<string, (string | null)[]>>;

  /**
   * Starts (or finds running) the capture of an endpoint, to the end of the sandbox. It runs from the outer context into a
   * bounded ring of files, so it survives a restart of the server.
   */
  startCapture(endpoint: Pick<Endpoint, 'node' | 'interface'>): Promise<CaptureFiles>;

  /**
   * The same for whoever only looks: the capture ends some time after the last one let go, also when that was the end of
   * the server, unless somebody started it for good. The ring stays to be read.
   */
  holdCapture(endpoint: Pick<Endpoint, 'node' | 'interface'>, options?: HoldOptions): Promise<HeldCapture>;

  /**
   * Changes what frames sent by this end of a link suffer; a change keeps what it does not name, null takes everything away.
   * Rejects with `bad_request` for a link that neither `impair`, `adjustable` nor a fault of the lab made a wire.
   */
  impair(endpoint: Pick<Endpoint, 'node' | 'interface'>, change: ImpairmentChange | null): Promise<void>;

  /** Pulls the cable of a link, or plugs it in again: both ends lose the carrier. Rejects as `impair` does. */
  setLinkDown(endpoint: Pick<Endpoint, 'node' | 'interface'>, down: boolean): Promise<void>;

  /** What `impair` and `setLinkDown` changed since the start. */
  readonly linkChanges: WireChanges;

  stop(reason: Said): Promise<void>;
}

/** Where a capture lives. Bytes are classic pcap (little endian, microseconds, Ethernet), snap length 9200. */
export interface CaptureFiles {
  /** Reads what came since the cursor; a cursor of null starts at the oldest byte kept. */
  readSince(cursor: CaptureCursor | null): Promise<CaptureChunk>;
  /** Directory of the ring, as the outer context names it. */
  readonly path: string;
}

export interface HoldOptions {
  /** From the last one who lets go to the end of the capture; default 30 000, in which a reload finds its packets again. */
  readonly graceMs?: number;
}

export interface HeldCapture extends CaptureFiles, Disposable {
  /** Nothing has been left out since then. Milliseconds since the epoch. */
  readonly sinceMs: number;
}

export interface CaptureCursor {
  /** Sequence number of the ring's file. */
  readonly file: number;
  readonly offset: number;
}

export interface CaptureChunk {
  /** Whole pcap records only, without file headers, oldest first. */
  readonly records: Uint8Array;
  readonly cursor: CaptureCursor;
  /** True when the ring had dropped bytes between the cursor given and the first record returned. */
  readonly isGap: boolean;
}
