/** Puts the two models in the place of the table that the server wrote. */
import { render } from 'preact';
import type { KernelFigureParts } from '../lesson/kernel-figure-parts.ts';
import { LayersFigure } from './layers-figure.tsx';
import { MODEL, type TcpIpLayer } from './model-rows.ts';
import { pageLanguage } from '../ui/i18n/page-language.ts';

const LAYERS: readonly TcpIpLayer[] = ['application', 'transport', 'internet', 'link'];
const USUAL_MTU = 1500;

export async function mountLayers(
  figures: readonly HTMLElement[],
  { topology, attempt, buttons }: KernelFigureParts,
): Promise<void> {
  const model = pageLanguage === 'zh' ? (await import('./model-rows-zh.ts')).MODEL_ZH : MODEL;
  const mtu = Math.min(USUAL_MTU, ...topology.links.map((link) => link.mtu ?? USUAL_MTU));
  const lit = litLayers();
  for (const figure of figures) {
    const caption = figure.querySelector('figcaption');
    const picture = document.createElement('div');
    figure.replaceChildren(picture, ...(caption ? [caption] : []));
    render(
      <LayersFigure model={model} lit={lit} mtu={mtu} topology={topology} attempt={attempt} buttons={buttons} />,
      picture,
    );
  }
}

/** The lab's layers, which the head of the lesson shows as a small stack. */
function litLayers(): ReadonlySet<TcpIpLayer> {
  return new Set(LAYERS.filter((layer) => document.querySelector(`.lesson-head .layer-stack .lit.${layer}`)));
}
