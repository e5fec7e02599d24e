/** Frames of the websockets. Knows no logic. */
import { z } from 'zod';
import { AttemptView, SandboxView, TaskView } from './api.ts';

/** `/ws/attempts/:attempt`, server → browser, JSON text frames. The first frame is always `attempt`. */
export const LabFrame = z.discriminatedUnion('type', [
  /** `nowMs` is the server's clock: a computer that slept, or a page from the browser's cache, has lost count. */
  z.object({ type: z.literal('attempt'), attempt: AttemptView, nowMs: z.number() }),
  z.object({ type: z.literal('sandbox'), sandbox: SandboxView }),
  z.object({
    type: z.literal('task'),
    task: TaskView,
    points: z.object({ earned: z.number(), possible: z.number() }),
    isFinished: z.boolean(),
  }),
]);
export type LabFrame = z.infer<typeof LabFrame>;

/*
 * `/ws/attempts/:attempt/terminals/:node/:index?columns=…&rows=…`: one terminal; index 0, 1, … are several of one node.
 * Browser → server: binary frames are keystrokes (UTF-8); text frames are TerminalRequest as JSON.
 * Server → browser: binary frames are output; text frames are TerminalNotice as JSON.
 * The first server frame is a `screen` notice (what the screen showed, to be written after a reset; empty for a new shell).
 * Another one follows when a browser lagged so far behind that output was left out. `screen` data is not acknowledged.
 */
export const TerminalRequest = z.discriminatedUnion('type', [
  /** The browser has drawn this many bytes of output in all since the socket opened. */
  z.object({ type: z.literal('ack'), bytes: z.number().int().nonnegative() }),
  z.object({
    type: z.literal('resize'),
    columns: z.number().int().min(2).max(500),
    rows: z.number().int().min(1).max(200),
  }),
  /** Ends the shell and forgets the screen. */
  z.object({ type: z.literal('close') }),
]);
export type TerminalRequest = z.infer<typeof TerminalRequest>;

export const TerminalNotice = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('screen'),
    data: z.string(),
    columns: z.number(),
    rows: z.number(),
    isNewShell: z.boolean(),
  }),
  /** Another browser resized the terminal. */
  z.object({ type: z.literal('size'), columns: z.number(), rows: z.number() }),
  z.object({ type: z.literal('exit'), exitCode: z.number() }),
  z.object({ type: z.literal('ended'), reason: z.string() }),
]);
export type TerminalNotice = z.infer<typeof TerminalNotice>;

export * from './channel-limits.ts';
