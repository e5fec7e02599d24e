/** Bodies of the HTTP API. contract/ holds all that web/ may import from server/ (besides packet/); it knows no logic. */
import { z } from 'zod';

/** Every error answer of the API: what happened, what to do. */
export const ApiError = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
});
export type ApiError = z.infer<typeof ApiError>;

export const JoinBody = z.object({
  name: z.string().trim().min(1, 'Write a name.').max(40, 'A name has at most 40 characters.'),
  next: z.string().max(200).optional(),
});
export type JoinBody = z.infer<typeof JoinBody>;

export const AnswerBody = z.object({ answer: z.union([z.string().max(500), z.array(z.string().max(500)).max(20)]) });
export type AnswerBody = z.infer<typeof AnswerBody>;

/** `locked`: needs others first. `open`: can be worked on. `passed`: done. `lapsed`: a held task that held before and does not now. */
export const TaskStatus = z.enum(['locked', 'open', 'passed', 'lapsed']);
export type TaskStatus = z.infer<typeof TaskStatus>;

export const VerdictView = z.object({
  outcome: z.enum(['pass', 'fail', 'error']),
  expected: z.string(),
  seen: z.string(),
  evidence: z.array(z.object({ label: z.string(), text: z.string() })),
  /** Milliseconds since the epoch. */
  atMs: z.number(),
  tookMs: z.number(),
});
export type VerdictView = z.infer<typeof VerdictView>;

export const TaskView = z.object({
  name: z.string(),
  title: z.string(),
  type: z.enum(['check', 'question']),
  status: TaskStatus,
  points: z.number(),
  needs: z.array(z.string()),
  verdict: VerdictView.nullable(),
  /** HTML of the hints opened so far, in order. */
  hints: z.array(z.string()),
  hintCount: z.number(),
  /** Milliseconds since the epoch from which the next hint may be opened; null when there is none. */
  nextHintAtMs: z.number().nullable(),
  /** HTML shown with the last verdict: the author's `pass` or `fail` text, or a question's `why` once it is passed. */
  feedbackHtml: z.string().nullable(),
  /** What the learner answered last. */
  answer: z.union([z.string(), z.array(z.string())]).nullable(),
});
export type TaskView = z.infer<typeof TaskView>;

/** What frames suffer on a link, in the words of tc-netem(8); absent is nothing. */
export const ImpairmentView = z.object({
  delayMs: z.number().optional(),
  jitterMs: z.number().optional(),
  lossPercent: z.number().optional(),
  duplicatePercent: z.number().optional(),
  corruptPercent: z.number().optional(),
  reorderPercent: z.number().optional(),
  rateBitsPerSecond: z.number().optional(),
  /** Frames that can wait. */
  limit: z.number().optional(),
});
export type ImpairmentView = z.infer<typeof ImpairmentView>;

const percent = z.number().min(0).max(100).nullable().exactOptional();
const milliseconds = z.number().min(0).max(60_000).nullable().exactOptional();

/** What one end of an adjustable link shall do from now on; what is not named stays. */
export const LinkBody = z.strictObject({
  /** Of frames that this end sends. Per key: absent keeps it, null takes it away; null as a whole takes all away. */
  impair: z
    .strictObject({
      delayMs: milliseconds,
      jitterMs: milliseconds,
      lossPercent: percent,
      duplicatePercent: percent,
      corruptPercent: percent,
      reorderPercent: percent,
      rateBitsPerSecond: z.number().min(1000).max(1e11).nullable().exactOptional(),
      limit: z.number().int().min(1).max(1e6).nullable().exactOptional(),
    })
    .nullable()
    .optional(),
  /** True pulls the cable: both ends lose the carrier. */
  down: z.boolean().optional(),
});
export type LinkBody = z.infer<typeof LinkBody>;

export const LinkView = z.object({
  /** As `h1:eth0`. */
  endpoints: z.tuple([z.string(), z.string()]),
  /** What frames sent by the first and by the second endpoint suffer. Faults of the lab are not told. */
  impairments: z.tuple([ImpairmentView.nullable(), ImpairmentView.nullable()]),
  /** The learner pulled the cable. */
  isDown: z.boolean(),
  /** The learner may change it. */
  isAdjustable: z.boolean(),
});
export type LinkView = z.infer<typeof LinkView>;

export const SandboxState = z.enum(['none', 'starting', 'ready', 'stopping', 'ended', 'failed']);
export type SandboxState = z.infer<typeof SandboxState>;

export const SandboxView = z.object({
  state: SandboxState,
  /** Why it ended or failed, and what to do. */
  reason: z.string().nullable(),
  hint: z.string().nullable(),
  nodes: z.array(z.object({ name: z.string(), kind: z.enum(['host', 'router', 'switch']) })),
  /** Links that are impaired or may be changed; others are plain. */
  links: z.array(LinkView),
  /** Steps of the start so far, in order, with the milliseconds since the click. */
  steps: z.array(z.object({ step: z.string(), node: z.string().optional(), elapsedMs: z.number() })),
  /** When idleness will end it (milliseconds since the epoch); null while none runs. */
  endsAtMs: z.number().nullable(),
  /** True in the last minutes before `endsAtMs`. */
  isEndingSoon: z.boolean(),
});
export type SandboxView = z.infer<typeof SandboxView>;

export const AttemptView = z.object({
  id: z.string(),
  labId: z.string(),
  sandbox: SandboxView,
  tasks: z.array(TaskView),
  points: z.object({ earned: z.number(), possible: z.number() }),
  isFinished: z.boolean(),
});
export type AttemptView = z.infer<typeof AttemptView>;

/** The island's start data, in a `<script type="application/json" id="lab-data">` of the lesson page. */
export const LabPageData = z.object({
  attempt: AttemptView,
  lab: z.object({ id: z.string(), title: z.string() }),
  topology: z.object({
    nodes: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['host', 'router', 'switch']),
        /** Column and row, where the author has chosen them. */
        at: z.tuple([z.number(), z.number()]).readonly().exactOptional(),
      }),
    ),
    links: z.array(
      z.object({
        endpoints: z.tuple([
          z.object({ node: z.string(), interface: z.string(), addresses: z.array(z.string()) }),
          z.object({ node: z.string(), interface: z.string(), addresses: z.array(z.string()) }),
        ]),
        mtu: z.number().nullable(),
        /** As the lab's file has them, of frames that the first and the second end send; absent for a perfect wire. */
        impairments: z.tuple([ImpairmentView.nullable(), ImpairmentView.nullable()]).readonly().exactOptional(),
      }),
    ),
  }),
  /** Where the recorded example of the lab is; null where it has none. */
  recording: z.string().nullable(),
  /** Nothing but this lab keeps the learner from the certificate. */
  isLastForCertificate: z.boolean(),
  previous: z.object({ id: z.string(), title: z.string() }).nullable(),
  next: z.object({ id: z.string(), title: z.string() }).nullable(),
});
export type LabPageData = z.infer<typeof LabPageData>;

/*
 * Routes (all JSON unless said otherwise; state-changing ones need the header `x-vethlab: 1` and a same-origin Origin):
 *   GET  /                                     HTML: the course; a join form for whoever has no session
 *   POST /join                                 form: JoinBody → 303 to `next`
 *   POST /leave                                form: revokes the session, ends its sandboxes → 303 /
 *   GET  /labs/<lab id>                        HTML: the lesson page (id has one slash or none)
 *   GET  /labs/<lab id>/assets/<file>          files of the lab
 *   GET  /api/attempts/:attempt                → AttemptView
 *   POST /api/attempts/:attempt/start          → AttemptView (202; progress comes over the socket)
 *   POST /api/attempts/:attempt/stop           → AttemptView: ends the sandbox, keeps progress
 *   POST /api/attempts/:attempt/reset          → { attempt: AttemptView }: a new attempt with new values; the page reloads
 *   POST /api/attempts/:attempt/extend         → AttemptView: pushes the idle end away
 *   POST /api/attempts/:attempt/links/:endpoint     LinkBody → AttemptView: changes an adjustable link; `h1:eth0` names the end
 *   POST /api/attempts/:attempt/tasks/:task/check   → TaskView
 *   POST /api/attempts/:attempt/tasks/:task/answer  AnswerBody → TaskView
 *   POST /api/attempts/:attempt/tasks/:task/hint    → TaskView: opens the next hint
 *   GET  /healthz, GET /metrics
 */
