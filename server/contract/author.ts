/** What the page of an author is told while the lab is being written. Served by `lab preview` alone. */
import { z } from 'zod';

export const AuthorFault = z.object({
  file: z.string(),
  /** From 1. */
  line: z.number(),
  column: z.number(),
  message: z.string(),
  hint: z.string().nullable(),
  /** The line of the file, cut around the place, with a line of carets below it; null where the file is not there. */
  frame: z.string().nullable(),
  /** The lab on whose page it belongs. */
  labId: z.string().nullable(),
  /** Where on that page: at a task, or at one of the lesson's blocks, counted from 0; null for nowhere. */
  place: z.union([z.object({ task: z.string() }), z.object({ block: z.number() })]).nullable(),
});
export type AuthorFault = z.infer<typeof AuthorFault>;

/** Frames of `GET /author/events` (server-sent events); the first comes at once. */
export const AuthorState = z.object({
  /** Rises with every change of what is served. */
  version: z.number(),
  /** True when the network of the lab that is asked about (`?lab=`) runs as an earlier text of it said. */
  isRestartNeeded: z.boolean(),
  faults: z.array(AuthorFault),
});
export type AuthorState = z.infer<typeof AuthorState>;
