/** Code and tables that are wider than the lesson scroll sideways: by keyboard too, and only those are tab stops. */

export function keepScrollablesReachable(lesson: HTMLElement): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (!(target instanceof HTMLElement)) continue;
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute('tabindex');
    }
  });
  for (const element of lesson.querySelectorAll('pre, table')) observer.observe(element);
}
