/** Keeps the points of the whole course in the header true while points are earned in this page. */

/** `gained` counts from the loading of the page; it is negative when a task lapsed. */
export function showCourseProgress(gained: number): void {
  const line = document.querySelector<HTMLElement>('.course-progress');
  if (!line) return;
  const earned = Number(line.dataset['earned']) + gained;
  const possible = Number(line.dataset['possible']);
  const number = line.querySelector('b');
  if (number) number.textContent = String(earned);
  const meter = line.querySelector<HTMLElement>('.meter i');
  if (meter && possible > 0) meter.style.width = `${Math.round((earned / possible) * 100)}%`;
}
