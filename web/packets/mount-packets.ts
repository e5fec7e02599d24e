/** Brings `::packets` figures of a lesson to life as they come into sight; their code is loaded with the first. */
import { effect } from '@preact/signals';
import type { AttemptStore } from '../attempt/attempt-store.ts';
import type { WatchStore } from '../attempt/watch-store.ts';
import { endpointName, type PageTopology } from '../topology/graph.ts';

interface WrittenOptions {
  readonly at: string;
  readonly filter?: string;
  readonly bpf?: string;
}

/** `attempt` is null for a visitor. */
export function mountPacketFigures(
  lesson: HTMLElement,
  topology: PageTopology,
  watch: WatchStore,
  attempt: AttemptStore | null,
): void {
  const endpoints = topology.links.flatMap((link) => link.endpoints.map(endpointName));
  for (const figure of lesson.querySelectorAll<HTMLElement>('figure.picture[data-picture="packets"]')) {
    // Written by the server that made this page, as schema/picture-schema.ts describes.
    const options = JSON.parse(figure.dataset['options'] ?? '{}') as WrittenOptions;
    const caption = figure.querySelector('figcaption');
    const place = document.createElement('div');
    place.className = 'packets-room';
    // The static form is of another size; it comes back where the code cannot be loaded.
    const written = [...figure.childNodes].filter((node) => node !== caption);
    for (const node of written) node.remove();
    figure.prepend(place);
    let picture: Promise<(isSeen: boolean) => void> | null = null;
    const observer = new IntersectionObserver((entries) => {
      const isSeen = entries.at(-1)?.isIntersecting ?? false;
      if (!isSeen && !picture) return;
      picture ??= draw(place, options, endpoints, watch, attempt);
      picture.then(
        (show) => show(isSeen),
        () => {
          place.replaceChildren(...written);
          // Tried again when it is next seen.
          picture = null;
        },
      );
    });
    observer.observe(place);
  }
}

/** Settles with what has to be told whether the figure is in sight. */
async function draw(
  place: HTMLElement,
  { at, filter = '', bpf = '' }: WrittenOptions,
  endpoints: readonly string[],
  watch: WatchStore,
  attempt: AttemptStore | null,
): Promise<(isSeen: boolean) => void> {
  const [{ drawPackets }, { PacketStore }] = await Promise.all([
    import('./packets-figure.tsx'),
    import('./packet-store.ts'),
  ]);
  const attemptId = attempt?.id ?? null;
  const store = new PacketStore({ attemptId, recording: watch.recording, endpoint: at, filter, bpf });
  let isInSight = false;
  const tell = (): void => store.setState(attempt?.sandbox.peek().state === 'ready', isInSight && !document.hidden);
  effect(() => {
    void attempt?.sandbox.value;
    tell();
  });
  document.addEventListener('visibilitychange', tell);
  place.replaceChildren();
  drawPackets(place, { store, watch, attemptId, endpoints, bpf });
  return (isSeen) => {
    isInSight = isSeen;
    tell();
  };
}
