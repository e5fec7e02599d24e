/**
 * Choosing another language loads the page again in it. This brings the reader back to where they were: the same task or
 * paragraph at the same height, the same half on a narrow screen, answers that were not sent yet. Terminals and networks
 * belong to the server and do not notice.
 */
import { forget, recall, remember } from '../remember.ts';

const KEY = 'vethlab.place';
/** Pictures that load late push the text down; until then the place is held. */
const HOLD_MS = 1500;

interface Place {
  readonly path: string;
  /** What both languages have, with its distance from the top of the page. */
  readonly marks: readonly (readonly [key: string, top: number])[];
  readonly scrollTop: number;
  readonly view: string | null;
  /** The link was chosen with the keyboard, which goes on from there. */
  readonly isByKeyboard: boolean;
  readonly answers: Readonly<Record<string, readonly (string | boolean)[]>>;
}

/** `showView` is for pages whose halves take turns. Call it when the page is complete. */
export function keepPlace(showView?: (view: 'lesson' | 'workspace') => void): void {
  forgetParameter();
  const place = takePlace();
  if (place) restore(place, showView);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-language]') : null;
    if (link) remember(KEY, JSON.stringify(placeNow(event.detail === 0)), 'session');
  });
}

/** The choice is kept; a link that is copied from the address bar should not carry it to others. */
function forgetParameter(): void {
  const url = new URL(location.href);
  if (!url.searchParams.has('language')) return;
  url.searchParams.delete('language');
  history.replaceState(history.state, '', url);
}

function placeNow(isByKeyboard: boolean): Place {
  return {
    path: location.pathname,
    marks: [...marksNow()].map(([key, element]) => [key, topOf(element)]),
    scrollTop: scrollY,
    isByKeyboard,
    view: document.body.dataset['view'] ?? null,
    answers: Object.fromEntries(
      [...document.querySelectorAll<HTMLFormElement>('form.task-question[data-task]')].map((form) => [
        form.dataset['task'] ?? '',
        inputsOf(form).map((input) => (isTicked(input) ? input.checked : input.value)),
      ]),
    ),
  };
}

function takePlace(): Place | null {
  const text = recall(KEY, 'session');
  forget(KEY, 'session');
  if (text === null) return null;
  // Written by this file in the page before.
  const place = JSON.parse(text) as Place;
  return place.path === location.pathname ? place : null;
}

function restore(place: Place, showView: ((view: 'lesson' | 'workspace') => void) | undefined): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form.task-question[data-task]')) {
    const answers = place.answers[form.dataset['task'] ?? ''] ?? [];
    inputsOf(form).forEach((input, index) => {
      const answer = answers[index];
      if (typeof answer === 'boolean') input.checked = answer;
      else if (answer !== undefined) input.value = answer;
    });
  }
  if (place.view === 'workspace') showView?.('workspace');
  if (place.isByKeyboard) document.querySelector<HTMLElement>('a[data-language]')?.focus({ preventScroll: true });
  scrollToPlace(place);
  const observer = new ResizeObserver(() => scrollToPlace(place));
  observer.observe(document.body);
  const release = (): void => observer.disconnect();
  setTimeout(release, HOLD_MS);
  for (const name of ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const) {
    addEventListener(name, release, { once: true, passive: true });
  }
}

/** As far between the mark above and the one below as before: a paragraph has another length in another language. */
function scrollToPlace({ marks, scrollTop }: Place): void {
  const now = marksNow();
  const common = marks.flatMap(([key, before]) => {
    const element = now.get(key);
    return element ? [{ before, after: topOf(element) }] : [];
  });
  const ends = [
    { before: 0, after: 0 },
    ...common.toSorted((one, other) => one.before - other.before),
    { before: document.documentElement.scrollHeight, after: document.documentElement.scrollHeight },
  ];
  // What is read is a little below the top edge.
  const line = scrollTop + innerHeight / 3;
  const index = ends.findLastIndex(({ before }) => before <= line);
  const [above, below] = [ends[index], ends[index + 1]];
  if (!above || scrollTop === 0) return;
  const share = below && below.before > above.before ? (line - above.before) / (below.before - above.before) : 0;
  scrollTo({ top: above.after + share * ((below?.after ?? above.after) - above.after) - innerHeight / 3 });
}

/** Tasks and terms have the same names in every language; headings and pictures the same order. */
function marksNow(): Map<string, Element> {
  const marks = new Map<string, Element>();
  // What stands beside a lesson stays where it is.
  const text = document.querySelector('#prose') ?? document.querySelector('main');
  for (const element of text?.querySelectorAll('[id]:not([id^="h-"])') ?? []) marks.set(`#${element.id}`, element);
  for (const selector of ['h2', 'figure.picture', 'figure.run']) {
    const all = [...(text?.querySelectorAll(selector) ?? [])];
    all.forEach((element, index) => marks.set(`${selector} ${index} of ${all.length}`, element));
  }
  return marks;
}

function topOf(element: Element): number {
  return Math.round(element.getBoundingClientRect().top + scrollY);
}

function inputsOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name="answer"]')];
}

function isTicked(input: HTMLInputElement): boolean {
  return input.type === 'radio' || input.type === 'checkbox';
}
