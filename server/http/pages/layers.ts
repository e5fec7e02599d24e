/** The four layers of the TCP/IP model as a small stack with the ones of a lab lit. */
import type { Layer } from '../../course/lab.ts';
import { html, type Html } from './html.ts';
import type { Messages } from './messages/en.ts';

const LAYERS: readonly Layer[] = ['application', 'transport', 'internet', 'link'];

/** The stack as a picture, and the names of the lit layers in words. */
export function layerStack(words: Messages, lit: readonly Layer[]): Html | null {
  if (lit.length === 0) return null;
  const names = LAYERS.filter((layer) => lit.includes(layer)).map((layer) => words.layers[layer]);
  const bars = LAYERS.map((layer) => html`<i class="${lit.includes(layer) ? `lit ${layer}` : ''}"></i>`);
  return html`<span class="layers"
    ><span class="layer-stack" aria-hidden="true">${bars}</span
    ><span class="layer-names">${names.join(words.separator)}</span></span
  >`;
}
