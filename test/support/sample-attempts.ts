/** Attempts in every state that a page can show, made from the tasks of a real lab. */
import type { AttemptView, SandboxView, TaskView, VerdictView } from '../../server/contract/api.ts';
import type { ResolvedLab } from '../../server/course/lab.ts';

export const SAMPLE_STATES = [
  'new',
  'starting',
  'running',
  'failed',
  'passed',
  'hints',
  'lapsed',
  'ending',
  'ended',
  'broken',
  'finished',
] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];

const MINUTE_MS = 60_000;

export function sampleAttempt(lab: ResolvedLab, state: SampleState): AttemptView {
  const tasks = lab.tasks.map((_, index) => sampleTask(lab, index, state));
  const possible = tasks.reduce((sum, task) => sum + task.points, 0);
  const earned = tasks.filter(({ status }) => status === 'passed').reduce((sum, task) => sum + task.points, 0);
  const sandbox = sampleSandbox(lab, state);
  return {
    id: `${lab.id}~${state}`,
    labId: lab.id,
    sandbox,
    tasks,
    points: { earned, possible },
    isFinished: state === 'finished',
  };
}

export function sampleSandbox(lab: ResolvedLab, state: SampleState): SandboxView {
  const nodes = lab.topology.nodes.map(({ name, kind }) => ({ name, kind }));
  const base = { reason: null, hint: null, nodes, links: [], steps: [], endsAtMs: null, isEndingSoon: false };
  switch (state) {
    case 'new':
      return { ...base, state: 'none' };
    case 'starting':
      return {
        ...base,
        state: 'starting',
        steps: [
          { step: 'sandbox started', elapsedMs: 21 },
          { step: 'links', elapsedMs: 34 },
          ...nodes.slice(0, -1).map(({ name }) => ({ step: 'ready', node: name, elapsedMs: 48 })),
        ],
      };
    case 'ending':
      return { ...base, state: 'ready', endsAtMs: Date.now() + 4.4 * MINUTE_MS, isEndingSoon: true };
    case 'ended':
      return {
        ...base,
        state: 'ended',
        reason: 'It ended after 30 minutes without input.',
        hint: 'Start it again to go on.',
      };
    case 'broken':
      return {
        ...base,
        state: 'failed',
        reason: 'The machine that runs the labs is full: 40 of 40 networks are running.',
        hint: 'Try again in a few minutes.',
      };
    default:
      return { ...base, state: 'ready', endsAtMs: Date.now() + 28 * MINUTE_MS };
  }
}

function sampleTask(lab: ResolvedLab, index: number, state: SampleState): TaskView {
  const task = lab.tasks[index];
  if (!task) throw new Error(`The lab has no task ${index}.`);
  const passedCount = state === 'finished' ? lab.tasks.length : state === 'new' ? 0 : Math.min(2, lab.tasks.length - 1);
  const firstCheck = lab.tasks.findIndex(({ type }, at) => type === 'check' && at >= passedCount);
  const passedNames = new Set(lab.tasks.slice(0, passedCount).map(({ name }) => name));
  const isPassed = index < passedCount || (state === 'passed' && index === firstCheck);
  const isShown = index === firstCheck;
  const status = isPassed
    ? 'passed'
    : state === 'lapsed' && isShown
      ? 'lapsed'
      : task.needs.every((name) => passedNames.has(name))
        ? 'open'
        : 'locked';
  const hintsShown = state === 'hints' && isShown ? task.hints.slice(0, 1) : [];
  const verdict = isPassed ? PASS : (state === 'failed' || state === 'lapsed') && isShown ? FAIL : null;
  const next = task.hints[hintsShown.length];
  const praise = task.type === 'question' ? task.why : task.pass;
  const feedback = isPassed ? praise : verdict && task.fail;
  return {
    name: task.name,
    title: task.title,
    type: task.type,
    status,
    points: task.points,
    needs: [...task.needs],
    verdict: verdict && { ...verdict, atMs: Date.now() },
    hints: hintsShown.map((hint) => hint.html()),
    hintCount: task.hints.length,
    nextHintAtMs: next ? (state === 'hints' ? Date.now() + 2 * MINUTE_MS : Date.now() - 1) : null,
    feedbackHtml: feedback?.html() ?? null,
    answer: isPassed && task.type === 'question' ? (task.choices?.[0] ?? '8e:1f:6a:40:d3:07') : null,
  };
}

const PASS: VerdictView = {
  outcome: 'pass',
  expected: 'Ip.FragCreates on h1 grows by at least 3.',
  seen: 'Ip.FragCreates on h1 grew by 3, from 0 to 3.',
  evidence: [{ label: 'Counters of h1', text: 'Ip.FragOKs      0 → 1\nIp.FragFails    0 → 0\nIp.FragCreates  0 → 3' }],
  atMs: 0,
  tookMs: 4,
};

const FAIL: VerdictView = {
  outcome: 'fail',
  expected: 'At least 2 packets that match “icmp && ip.flags.mf == 1” at r1:eth0.',
  seen: 'r1:eth0 saw 2 ICMP packets since the task opened; none of them has the MF flag.',
  evidence: [
    {
      label: 'Packets at r1:eth0',
      text: '17  4.113842  10.0.1.1 → 10.0.2.1  ICMP 1042  Echo request  id=0x2f31 seq=1 ttl=64\n18  4.114002  10.0.2.1 → 10.0.1.1  ICMP 1042  Echo reply    id=0x2f31 seq=1 ttl=63',
    },
  ],
  atMs: 0,
  tookMs: 12,
};
