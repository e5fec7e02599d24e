/** Fills the models of the pages from course, attempts and session. */
import type { Request } from 'express';
import type { LiveAttempt } from '../attempt/live-attempt.ts';
import type { LabPageData } from '../contract/api.ts';
import { linkedTerms } from '../course/glossary.ts';
import type { Lab, ResolvedLab } from '../course/lab.ts';
import { RECORDING_FILE } from '../course/recording.ts';
import type { Topology } from '../network/topology.ts';
import type { Session } from '../people/people.ts';
import type { LabProgressRow } from '../store/attempts.ts';
import { errorPage } from './pages/error-page.ts';
import { homePage } from './pages/home-page.ts';
import { labPage } from './pages/lab-page.ts';
import type { JoinFormModel, LabState, LabSummaryModel, ModuleModel, PointsModel, ShellModel } from './pages/models.ts';
import type { HttpParts } from './parts.ts';
import { sessionOf } from './parts.ts';
import { inWords } from '../base/sentence.ts';
import { othersFirst } from '../base/turn.ts';
import type { Language } from '../contract/language.ts';
import { languageOf, languagesOf } from './page-language.ts';
import { hasFinished, labsMissing, termsOf } from './course-facts.ts';

function stateOf(progress: LabProgressRow | undefined): LabState {
  if (progress?.finishedMs !== undefined && progress.finishedMs !== null) return 'done';
  return progress?.isStarted ? 'started' : 'new';
}

function summaryOf(
  parts: HttpParts,
  lab: Lab,
  language: Language,
  progress: LabProgressRow | undefined,
): LabSummaryModel {
  const { id, minutes, level, layers, isOptional } = lab;
  const { title, summary } = lab.heading(language);
  const points = { earned: progress?.earned ?? 0, possible: parts.previews.points(lab) };
  const missing = parts.kernel.explain(lab.requires).map((said) => inWords(said, language));
  return { id, title, summary, minutes, level, layers, isOptional, state: stateOf(progress), points, missing };
}

function modulesOf(parts: HttpParts, session: Session | null, language: Language): ModuleModel[] {
  const rows = session ? parts.attempts.progress(session.learner.id) : [];
  const byLab = new Map(rows.map((row) => [row.labId, row]));
  return parts.course().modules.map((module) => ({
    id: module.id,
    ...module.heading(language),
    labs: module.labs.map((lab) => summaryOf(parts, lab, language, byLab.get(lab.id))),
  }));
}

export function shellOf(
  parts: HttpParts,
  request: Request,
  session: Session | null,
  modules?: readonly ModuleModel[],
): ShellModel {
  const course = parts.course();
  const language = languageOf(request, course);
  const labs = (modules ?? modulesOf(parts, session, language)).flatMap((module) => module.labs);
  const sum = (pick: (points: PointsModel) => number): number =>
    labs.reduce((total, lab) => total + pick(lab.points), 0);
  return {
    courseTitle: course.heading(language).title,
    language,
    languages: languagesOf(course),
    learner: session && { name: session.learner.name },
    progress: session && { earned: sum((points) => points.earned), possible: sum((points) => points.possible) },
    path: request.method === 'GET' ? request.path : '/',
    assets: parts.assets,
    nowMs: parts.clock.now(),
    isAuthoring: parts.authoring !== null,
    isUserModeKernel: parts.kernel.isUserMode,
  };
}

export function renderHome(parts: HttpParts, request: Request, join?: JoinFormModel): string {
  const session = sessionOf(parts, request);
  const language = languageOf(request, parts.course());
  const modules = modulesOf(parts, session, language);
  const shell = shellOf(parts, request, session, modules);
  const hasCertificate = session !== null && hasFinished(parts, session);
  return homePage({
    shell,
    summary: parts.course().heading(language).summary,
    modules,
    hasCertificate,
    ...(join ? { join } : {}),
  });
}

export function renderError(
  parts: HttpParts,
  request: Request,
  status: number,
  message: string,
  hint?: string,
): string {
  const shell = shellOf(parts, request, sessionOf(parts, request));
  return errorPage({ shell, status, message, ...(hint === undefined ? {} : { hint }) });
}

/** The parts of a topology that a browser may know: nothing of what runs in the nodes. */
function topologyOf(topology: Topology): LabPageData['topology'] {
  return {
    nodes: topology.nodes.map(({ name, kind, at }) => ({ name, kind, ...(at ? { at } : {}) })),
    links: topology.links.map(({ endpoints: [a, b], mtu, impairments }) => ({
      endpoints: [
        { node: a.node, interface: a.interface, addresses: [...a.ipv4, ...a.ipv6] },
        { node: b.node, interface: b.interface, addresses: [...b.ipv4, ...b.ipv6] },
      ],
      mtu,
      ...(impairments.some((impairment) => impairment !== null) ? { impairments } : {}),
    })),
  };
}

export async function renderLab(
  parts: HttpParts,
  request: Request,
  session: Session | null,
  lab: Lab,
  attempt: LiveAttempt | null,
): Promise<string> {
  const language = languageOf(request, parts.course());
  const resolved: ResolvedLab = attempt?.edition(language) ?? parts.previews.of(lab, language);
  const html = resolved.lesson.html();
  await othersFirst();
  const modules = parts.course().modules;
  const inOrder = modules.flatMap((module) => module.labs);
  const place = inOrder.indexOf(lab);
  const module = modules.find((candidate) => candidate.labs.includes(lab));
  const linkTo = (other: Lab | undefined): { id: string; title: string } | null =>
    other ? { id: other.id, title: other.heading(language).title } : null;
  return labPage({
    shell: shellOf(parts, request, session),
    module: module ? { id: module.id, title: module.heading(language).title } : null,
    lab: {
      id: lab.id,
      title: resolved.title,
      summary: resolved.summary,
      minutes: lab.minutes,
      level: lab.level,
      layers: lab.layers,
      objectives: resolved.objectives,
      missing: parts.kernel.explain(lab.requires).map((said) => inWords(said, language)),
      sources: lab.sources,
      isOptional: lab.isOptional,
      language: resolved.language,
      newerIn: resolved.isBehind ? (lab.languages[0] ?? null) : null,
      html,
    },
    topology: topologyOf(resolved.topology),
    recording: lab.recording === null ? null : `/labs/${lab.id}/${RECORDING_FILE}`,
    terms: termsOf(linkedTerms(html), parts.course().glossary.terms(language)),
    isLastForCertificate: session !== null && labsMissing(parts, session).every((id) => id === lab.id),
    attempt: attempt?.view(language) ?? null,
    previous: linkTo(inOrder[place - 1]),
    next: linkTo(inOrder[place + 1]),
  });
}
