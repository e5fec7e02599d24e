/**
 * The layers of a packet as boxes in boxes, each of which opens to its fields. To the keyboard and to screen readers it is a tree
 * (WAI-ARIA APG, "Tree View") with one stop for the Tab key: layers, and in those that are open their fields.
 */
import { useState } from 'preact/hooks';
import type { AriaAttributes, JSX } from 'preact';
import type { Layer } from '../../server/packet/decode.ts';
import { useFocusStops, type FocusStops, type Lead } from '../ui/focus-stops.ts';
import { layerName } from './layer-names.ts';
import { isSame, valueWords, partOf, type Part } from './packet-parts.ts';
import { words } from './words.ts';

export interface PacketTreeProps {
  readonly layers: readonly Layer[];
  readonly lit: Part | null;
  readonly onLight: (part: Part) => void;
}

export function PacketTree({ layers, lit, onLight }: PacketTreeProps): JSX.Element {
  const innermost = layers.findLastIndex(({ protocol }) => layerName(protocol).models !== null);
  const [toggled, setToggled] = useState<ReadonlyMap<number, boolean>>(new Map());
  // A packet may hold a protocol twice, as an ICMP error does IP: each layer opens for itself.
  const isOpen = (at: number): boolean => toggled.get(at) ?? at === innermost;
  const toggle = (at: number): void => setToggled((old) => new Map(old).set(at, !isOpen(at)));
  const names = layers.flatMap(({ fields }, at) => [
    layerStop(at),
    ...(isOpen(at) ? fields.map((_field, index) => fieldStop(at, index)) : []),
  ]);
  const stops = useFocusStops(names, leadInTree);
  return (
    <div class="packet-layers" role="tree" aria-label={words.layersLabel} {...stops.area}>
      {layers.reduceRight<JSX.Element | null>(
        // Each layer inside the one before: that is what encapsulation is.
        (inner, layer, at) => (
          <LayerBox
            layer={layer}
            at={at}
            count={layers.length}
            inner={inner}
            isOpen={isOpen(at)}
            onToggle={() => toggle(at)}
            stops={stops}
            lit={lit}
            onLight={onLight}
          />
        ),
        null,
      )}
    </div>
  );
}

interface LayerBoxProps extends Pick<PacketTreeProps, 'lit' | 'onLight'> {
  readonly layer: Layer;
  /** Its place among the `count` layers of the packet. */
  readonly at: number;
  readonly count: number;
  readonly inner: JSX.Element | null;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly stops: FocusStops;
}

function LayerBox(props: LayerBoxProps): JSX.Element {
  const { layer, at, count, inner, isOpen, onToggle, stops, lit, onLight } = props;
  const { title, models } = layerName(layer.protocol);
  const light = (): void => onLight(partOf(layer));
  return (
    <div class="packet-layer" data-layer={models?.tcpip.toLowerCase() ?? 'data'}>
      <button
        class="packet-layer-head packet-part"
        type="button"
        {...stops.stop(layerStop(at))}
        {...treeItem(1, at, count)}
        aria-expanded={isOpen}
        onClick={onToggle}
        onMouseEnter={light}
        onFocus={light}
      >
        <b>{title}</b>
        <span class="packet-layer-size">{words.bytes(layer.length)}</span>
        {models && (
          <span class="packet-layer-models">
            OSI {words.osiLayers[models.osi]} · TCP/IP {words.tcpipLayers[models.tcpip]}
          </span>
        )}
      </button>
      {isOpen && (
        <div class="packet-fields">
          {layer.fields.map((field, index) => (
            <button
              key={`${field.name}-${index}`}
              type="button"
              class={isSame(field, lit) ? 'packet-field packet-part is-lit' : 'packet-field packet-part'}
              {...stops.stop(fieldStop(at, index))}
              {...treeItem(2, index, layer.fields.length)}
              onMouseEnter={() => onLight(field)}
              onFocus={() => onLight(field)}
              onClick={() => onLight(field)}
            >
              <code>{field.name}</code>
              <span class="packet-value">{valueWords(field.value)}</span>
            </button>
          ))}
        </div>
      )}
      {inner}
    </div>
  );
}

/** What the nesting of elements does not say: boxes are in boxes, but a layer that closes hides its fields alone. */
function treeItem(level: 1 | 2, at: number, count: number): AriaAttributes & { readonly role: 'treeitem' } {
  return { role: 'treeitem', 'aria-level': level, 'aria-posinset': at + 1, 'aria-setsize': count };
}

const leadInTree: Lead = (key, from, items) => {
  const at = items.indexOf(from);
  const opened = from.getAttribute('aria-expanded');
  switch (key) {
    case 'ArrowDown':
      return items[at + 1] ?? null;
    case 'ArrowUp':
      return items[at - 1] ?? null;
    case 'Home':
      return items[0] ?? null;
    case 'End':
      return items.at(-1) ?? null;
    case 'ArrowRight': {
      if (opened === 'false') press(from);
      const next = items[at + 1];
      return opened === 'true' && next && isField(next) ? next : null;
    }
    case 'ArrowLeft':
      if (opened === 'true') press(from);
      return isField(from) ? (items.slice(0, at).findLast((item) => !isField(item)) ?? null) : null;
    default:
      return undefined;
  }
};

function press(item: Element): void {
  if (item instanceof HTMLElement) item.click();
}

function isField(item: Element): boolean {
  return item.getAttribute('aria-level') === '2';
}

function layerStop(layer: number): string {
  return `layer ${layer}`;
}

function fieldStop(layer: number, field: number): string {
  return `field ${layer} ${field}`;
}
