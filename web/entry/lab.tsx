/** The lab page: wires the learner's attempt to lesson, tasks and terminals. Without an attempt, the lesson for a visitor. */
import '../ui/styles/tokens.css';
import '../ui/styles/base.css';
import '../ui/styles/shell.css';
import '../ui/styles/lab.css';
import '../ui/styles/prose.css';
import '../ui/styles/tasks.css';
import '../ui/styles/workspace.css';
import '../ui/styles/topology.css';
import '../ui/styles/counters.css';
import '../ui/styles/forced-colors.css';
import '../recording/source-note.css';
import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import type { LabPageData, LinkBody } from '../../server/contract/api.ts';
import { ApiClient } from '../attempt/api-client.ts';
import { AttemptActions } from '../attempt/attempt-actions.ts';
import { AttemptStore, type Turn } from '../attempt/attempt-store.ts';
import { ConnectionNotice } from '../attempt/connection-notice.tsx';
import { LabSocket } from '../attempt/lab-socket.ts';
import { WatchStore } from '../attempt/watch-store.ts';
import { words as attemptWords } from '../attempt/words.ts';
import type { EndpointSheetProps, OpenEndpoint } from '../endpoint/endpoint-sheet.tsx';
import { mountCounterFigures } from '../counters/mount-counters.tsx';
import { mountCodeButtons } from '../lesson/code-buttons.tsx';
import { mountKernelFigures } from '../lesson/kernel-figures.ts';
import { keepScrollablesReachable } from '../lesson/scrollables.ts';
import { explainTerms, type LessonTerm } from '../lesson/explain-terms.ts';
import { mountTopologyFigures } from '../lesson/topology-figures.tsx';
import { mountPacketFigures } from '../packets/mount-packets.ts';
import { RecordingPlayer } from '../recording/recording-player.ts';
import { FinishCard } from '../tasks/finish-card.tsx';
import { celebrate, mountTasks } from '../tasks/mount-tasks.tsx';
import { closeQuestion } from '../tasks/question-form.ts';
import { taskAnchor } from '../tasks/task-context.ts';
import { TaskRail } from '../tasks/task-rail.tsx';
import { words as taskWords } from '../tasks/words.ts';
import { TerminalArea } from '../terminal/terminal-area.tsx';
import { TerminalDesk } from '../terminal/terminal-desk.ts';
import { endpointName, type PageEndpoint } from '../topology/graph.ts';
import { TopologyPicture } from '../topology/topology-picture.tsx';
import { Announcer } from '../ui/announcer.ts';
import { ServerClock } from '../ui/clock.ts';
import { showCourseProgress } from '../ui/course-progress.ts';
import { wireDivider } from '../ui/divider.ts';
import { keepPlace } from '../ui/i18n/keep-place.ts';
import { wireMenus } from '../ui/menus.ts';
import { wireThemeToggle } from '../ui/theme-toggle.ts';
import { Toasts, ToastStack } from '../ui/toasts.tsx';
import { Views } from '../ui/views.ts';
import { whenIdle } from '../ui/when-idle.ts';
import { Workspace } from '../workspace/workspace.tsx';

wireThemeToggle();
wireMenus();
const views = new Views();
const lesson = byId('prose');
const announcer = new Announcer(document.body);
const divider = document.querySelector<HTMLElement>('.divider');
if (divider) wireDivider(divider);

// The server that wrote these made this script too: typed by the same contract, not parsed again.
const data = island('lab-data') as LabPageData | null;
if (data) openLab(data);
else previewLab(island('lab-preview') as Pick<LabPageData, 'topology' | 'recording'> | null);
keepScrollablesReachable(lesson);
keepPlace((view) => views.show(view));
explainTerms(lesson, island('lesson-terms') as readonly LessonTerm[] | null);

function openLab({ attempt, lab, topology, recording, isLastForCertificate, next }: LabPageData): void {
  const toasts = new Toasts();
  const store = new AttemptStore(attempt);
  const clock = new ServerClock();
  const socket = new LabSocket(attempt.id, (frame) => {
    if (frame.type === 'attempt') clock.set(frame.nowMs);
    store.applyFrame(frame);
  });
  const actions = new AttemptActions({ api: new ApiClient(attempt.id), store, toasts, announcer });
  const { now } = clock;
  const announce = (sentence: string): void => announcer.say(sentence);

  // What is typed while the network starts waits for it.
  const isThere = (): boolean => ['starting', 'ready'].includes(store.sandbox.value.state);
  const desk = new TerminalDesk({ attemptId: attempt.id, labId: lab.id, nodes: topology.nodes });
  effect(() => {
    const { state, reason } = store.sandbox.value;
    // A terminal that asks before the server knows of the start would be turned away.
    const isAsked = state === 'starting' && actions.isRunning('start');
    if (!isAsked) desk.setSandboxState(state, reason);
  });
  if (!isThere()) whenIdle(() => desk.prepare());
  const watch = new WatchStore(attempt.id, playerOf({ topology, recording }));
  effect(() => watch.setRunning(store.sandbox.value.state === 'ready'));
  const openTerminal = (node: string): void => {
    views.show('workspace');
    if (isThere()) desk.open(node);
    else askToStart(toasts);
  };
  const run = (node: string, line: string): boolean => {
    if (!isThere()) {
      askToStart(toasts);
      return false;
    }
    views.show('workspace');
    return desk.type(node, line);
  };

  const links = computed(() => store.sandbox.value.links);
  const openEndpoint = endpointSheet({
    topology,
    watch,
    attempt: store,
    links,
    onChangeLink: async (endpoint: string, body: LinkBody) => actions.changeLink(endpoint, body),
  });
  const context = { store, actions, now };
  mountTasks(lesson, context);
  mountCodeButtons(lesson, { run, announce });
  mountTopologyFigures(lesson, { topology, watch, links, onOpen: openTerminal, onEndpoint: openEndpoint });
  mountCounterFigures(lesson, watch, announce);
  mountPacketFigures(lesson, topology, watch, store);
  mountKernelFigures(lesson, { topology, watch, attempt: store, buttons: { run, announce } });
  render(<TaskRail context={context} />, byId('rail'));
  render(<FinishCard context={context} next={next} isLastForCertificate={isLastForCertificate} />, byId('finish'));
  render(
    <Workspace
      context={{
        ...context,
        topology,
        watch,
        links,
        openTerminal,
        openEndpoint,
        terminals: () => <TerminalArea desk={desk} />,
        focusTerminal: () => desk.focus(),
        isPrepared: desk.isPrepared,
        hasShell: desk.hasShell,
      }}
      announce={announce}
    />,
    emptied(byId('workspace-root')),
  );
  render(
    <>
      <ConnectionNotice socket={socket} />
      <ToastStack toasts={toasts} />
    </>,
    appended('div'),
  );
  effect(() => showCourseProgress(store.points.value.earned - attempt.points.earned));
  store.listenToTurns((turn) => tellTurn(turn, toasts, store));
}

function previewLab(preview: Pick<LabPageData, 'topology' | 'recording'> | null): void {
  const announce = (sentence: string): void => announcer.say(sentence);
  mountCodeButtons(lesson, { announce });
  for (const form of lesson.querySelectorAll<HTMLFormElement>('form.task-question')) closeQuestion(form);
  if (!preview) return;
  const { topology } = preview;
  const watch = new WatchStore(null, playerOf(preview));
  const links = signal([]);
  const openEndpoint = endpointSheet({
    topology,
    watch,
    attempt: null,
    links,
    onChangeLink: () => Promise.resolve(),
  });
  mountTopologyFigures(lesson, { topology, watch, links, onEndpoint: openEndpoint });
  mountCounterFigures(lesson, watch, announce);
  mountPacketFigures(lesson, topology, watch, null);
  mountKernelFigures(lesson, { topology, watch, attempt: null, buttons: { announce } });
  render(<TopologyPicture topology={topology} mostHeight={380} />, byId('preview-picture'));
}

/** Opens the sheet of an interface; its code is loaded with the first. */
function endpointSheet(props: Omit<EndpointSheetProps, 'open'>): (endpoint: PageEndpoint, from: Element) => void {
  const open = signal<OpenEndpoint | null>(null);
  let place: HTMLElement | null = null;
  return (endpoint, from) => {
    open.value = { endpoint, from };
    if (place) return;
    place = appended('div');
    import('../endpoint/endpoint-sheet.tsx').then(
      ({ EndpointSheet }) => place && render(<EndpointSheet {...props} open={open} />, place),
      () => (place = null),
    );
  };
}

/** A task that turned is shown where it stands, said aloud, and told in the corner when its place is out of sight. */
function tellTurn(turn: Turn, toasts: Toasts, store: AttemptStore): void {
  switch (turn.kind) {
    case 'passed': {
      const { task } = turn;
      announcer.say(taskWords.announcePassed(task.title, task.points));
      celebrate(lesson, task.name);
      views.markLesson();
      if (!isInSight(taskAnchor(task.name))) {
        const link = { href: `#${taskAnchor(task.name)}`, label: taskWords.show };
        toasts.show({ kind: 'success', message: taskWords.toastPassed(task.title), link });
      }
      return;
    }
    case 'lapsed':
      announcer.say(taskWords.announceLapsed(turn.task.title));
      return;
    case 'opened':
      return;
    case 'finished': {
      const { earned, possible } = store.points.value;
      announcer.say(taskWords.announceFinished);
      const hint = taskWords.earned(earned, possible);
      toasts.show({
        kind: 'success',
        message: taskWords.labFinished,
        hint,
        link: { href: '#finish', label: taskWords.whatComesNext },
      });
    }
  }
}

function askToStart(toasts: Toasts): void {
  toasts.show({ kind: 'note', message: attemptWords.notRunning, hint: attemptWords.startFirst });
}

function isInSight(id: string): boolean {
  if (views.isLessonHidden) return false;
  const box = document.getElementById(id)?.getBoundingClientRect();
  return box !== undefined && box.bottom > 80 && box.top < innerHeight - 40;
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page lacks #${id}.`);
  return element;
}

function emptied(element: HTMLElement): HTMLElement {
  element.replaceChildren();
  return element;
}

function appended(tag: string): HTMLElement {
  return document.body.appendChild(document.createElement(tag));
}

function island(id: string): unknown {
  const text = document.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : null;
}

/** Null for a lab without a recorded example. */
function playerOf({ topology, recording }: Pick<LabPageData, 'topology' | 'recording'>): RecordingPlayer | null {
  const endpoints = topology.links.flatMap((link) => link.endpoints.map(endpointName));
  return recording === null ? null : new RecordingPlayer(recording, endpoints);
}
