/** The line between lesson and network: dragged by pointer, moved by arrow keys, remembered in this browser. */
import { remember } from './remember.ts';

const LEAST = 25;
const MOST = 75;
const STEP = 2;

/** Sets `--lesson-share` on the root element, in percent of the width. */
export function wireDivider(divider: HTMLElement): void {
  const root = document.documentElement;
  const share = (): number => Number.parseFloat(root.style.getPropertyValue('--lesson-share')) || 50;
  const move = (percent: number): void => {
    const rounded = Math.round(Math.min(MOST, Math.max(LEAST, percent)) * 10) / 10;
    root.style.setProperty('--lesson-share', `${rounded}%`);
    divider.setAttribute('aria-valuenow', String(Math.round(rounded)));
  };
  const keep = (): void => remember('vethlab.lesson-share', String(share()));
  move(share());

  divider.addEventListener('pointerdown', (event) => {
    divider.setPointerCapture(event.pointerId);
    divider.classList.add('is-dragged');
    event.preventDefault();
  });
  divider.addEventListener('pointermove', (event) => {
    if (divider.hasPointerCapture(event.pointerId)) move((event.clientX / root.clientWidth) * 100);
  });
  const drop = (): void => {
    if (!divider.classList.contains('is-dragged')) return;
    divider.classList.remove('is-dragged');
    keep();
  };
  divider.addEventListener('pointerup', drop);
  divider.addEventListener('lostpointercapture', drop);
  divider.addEventListener('dblclick', () => {
    move(50);
    keep();
  });
  divider.addEventListener('keydown', (event) => {
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: share() - STEP,
      ArrowRight: share() + STEP,
      Home: LEAST,
      End: MOST,
    };
    const target = moves[event.key];
    if (target === undefined) return;
    event.preventDefault();
    move(target);
    keep();
  });
}
