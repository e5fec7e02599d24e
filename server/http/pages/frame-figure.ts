/** The picture on the front page: one Ethernet frame, byte by byte, coloured by the layer that wrote it. */
import type { Layer } from '../../course/lab.ts';
import { html, type Html } from './html.ts';
import type { Messages } from './messages/en.ts';

interface Part {
  readonly layer: Layer;
  readonly label: string;
  readonly bytes: string;
}

// From 10.0.1.1 port 49152 to 10.0.2.1 port 80, don't fragment, TTL 64; the checksums are right.
const PARTS: readonly Part[] = [
  { layer: 'link', label: 'Ethernet', bytes: '0200000001020200000001010800' },
  { layer: 'internet', label: 'IPv4', bytes: '4500003a6b1e40004006b89e0a0001010a000201' },
  { layer: 'transport', label: 'TCP', bytes: 'c00000501f3a9c017be2d410501801f6eca20000' },
  { layer: 'application', label: 'HTTP', bytes: '474554202f20485454502f312e310d0a0d0a' },
];

export function frameFigure({ home: { frame } }: Messages): Html {
  const cells = PARTS.flatMap((part) => pairs(part.bytes).map((byte) => html`<b class="${part.layer}">${byte}</b>`));
  const legend = PARTS.map(
    (part) =>
      html`<li class="${part.layer}"><i></i>${part.label} <span>${frame.bytes(part.bytes.length / 2)}</span></li>`,
  );
  return html`<figure class="frame">
    <div class="frame-bytes" aria-hidden="true">${cells}</div>
    <figcaption>
      <p><code>GET /</code>${frame.caption}</p>
      <ul class="frame-legend">
        ${legend}
      </ul>
    </figcaption>
  </figure>`;
}

function pairs(hex: string): string[] {
  return hex.match(/../g) ?? [];
}
