/** Puts kernel paths in the place of the lists that the server wrote. */
import { render } from 'preact';
import type { KernelFigureParts } from '../lesson/kernel-figure-parts.ts';
import { KernelPath } from './kernel-path.tsx';
import type { Direction } from './stage.ts';
import { pageLanguage } from '../ui/i18n/page-language.ts';

export async function mountPaths(
  figures: readonly HTMLElement[],
  { topology, watch, buttons }: KernelFigureParts,
): Promise<void> {
  const texts = pageLanguage === 'zh' ? (await import('./stages-zh.ts')).STAGES_ZH : null;
  for (const figure of figures) {
    // Written by course/pictures.ts, which has checked them against the lab.
    const options = JSON.parse(figure.dataset['options'] ?? '{}') as { node: string; direction: Direction };
    const known = topology.nodes.find(({ name }) => name === options.node);
    if (!known) continue;
    const ends = topology.links.flatMap(({ endpoints }) => endpoints.filter(({ node }) => node === known.name));
    const interfaces = [...new Set(ends.map((end) => end.interface))];
    const caption = figure.querySelector('figcaption');
    const picture = document.createElement('div');
    figure.replaceChildren(picture, ...(caption ? [caption] : []));
    render(
      <KernelPath
        node={{ ...known, interfaces }}
        direction={options.direction}
        watch={watch}
        buttons={buttons}
        texts={texts}
      />,
      picture,
    );
  }
}
