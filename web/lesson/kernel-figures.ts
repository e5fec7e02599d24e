/** Brings `::kernel-path` and `::layers` of a lesson to life; their code is loaded only where a lesson has one. */
import type { KernelFigureParts } from './kernel-figure-parts.ts';

/** The form that the server wrote stays when the code cannot be loaded. */
export function mountKernelFigures(lesson: HTMLElement, parts: KernelFigureParts): void {
  const paths = figuresOf(lesson, 'kernel-path');
  const layers = figuresOf(lesson, 'layers');
  if (paths.length > 0) {
    void import('../kernel-path/mount-paths.tsx').then(
      ({ mountPaths }) => mountPaths(paths, parts),
      () => undefined,
    );
  }
  if (layers.length > 0) {
    void import('../layers/mount-layers.tsx').then(
      ({ mountLayers }) => mountLayers(layers, parts),
      () => undefined,
    );
  }
}

function figuresOf(lesson: HTMLElement, picture: string): HTMLElement[] {
  return [...lesson.querySelectorAll<HTMLElement>(`figure.picture[data-picture="${picture}"]`)];
}
