/** One packet opened: its layers as boxes in boxes, and its bytes, each pointing at the other. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { decodeFrame, type Field, type Layer } from '../../server/packet/decode.ts';
import type { Meaning } from '../../server/packet/meanings.ts';
import { HexView } from './hex-view.tsx';
import { layerName } from './layer-names.ts';
import type { Packet } from './packet.ts';
import { words } from './words.ts';
import { pageLanguage } from '../ui/i18n/page-language.ts';

const MOST_LETTERS = 120;

type MeaningOf = (name: string) => Meaning | undefined;

/** A field, or a whole layer under its own name. */
interface Part extends Pick<Field, 'name' | 'offset' | 'length'> {
  readonly value: Field['value'] | null;
}

export interface PacketDetailProps {
  readonly packet: Packet;
  /** Other than its number says. */
  readonly title?: string | undefined;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function PacketDetail({
  packet,
  title = words.packet(packet.number),
  onClose,
  children,
}: PacketDetailProps): JSX.Element {
  const box = useRef<HTMLElement>(null);
  const decoded = useMemo(
    () => decodeFrame(packet.bytes, { originalLength: packet.length, timeMs: packet.timeMs }),
    [packet],
  );
  const [lit, setLit] = useState<Part | null>(null);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [meaningOf, setMeaningOf] = useState<MeaningOf | null>(null);
  useEffect(() => setLit(null), [packet]);
  useEffect(() => {
    // Hundreds of sentences, loaded with the first packet that is opened.
    const meanings =
      pageLanguage === 'zh' ? import('../../server/packet/meanings-zh.ts') : import('../../server/packet/meanings.ts');
    meanings.then(
      (module) => setMeaningOf(() => module.meaningOf),
      () => undefined,
    );
  }, []);

  const innermost = decoded.layers.findLast((layer) => layerName(layer.protocol).tcpip !== null);
  const isOpen = (layer: Layer): boolean => toggled.get(layer.protocol) ?? layer === innermost;
  const toggle = (layer: Layer): void => setToggled((old) => new Map(old).set(layer.protocol, !isOpen(layer)));
  const lightByte = (at: number): void => setLit(partAt(decoded.layers, at));
  const onKeyDown = (event: KeyboardEvent): void => {
    // Elsewhere (bytes, the table of where it passed) arrows scroll.
    const isOnPart = event.target instanceof Element && event.target.closest('.packet-part') !== null;
    if (event.key === 'Escape') onClose();
    else if (isOnPart && (event.key === 'ArrowDown' || event.key === 'ArrowUp'))
      step(box.current, event.key === 'ArrowDown' ? 1 : -1);
    else return;
    event.preventDefault();
  };

  return (
    <section class="packet-detail" ref={box} aria-label={title} onKeyDown={onKeyDown}>
      <div class="packet-detail-head">
        <b>{title}</b>
        <span class="muted">
          {words.bytes(packet.length)}
          {packet.bytes.length < packet.length ? words.firstKept(packet.bytes.length) : ''}
        </span>
        <button class="icon-button" type="button" aria-label={words.closePacket(packet.number)} onClick={onClose}>
          ×
        </button>
      </div>
      {decoded.error !== undefined && <p class="packet-fault">✕ {decoded.error}</p>}
      <div class="packet-panes">
        <div class="packet-layers">
          {nest(decoded.layers, (layer, inner) => (
            <LayerBox
              layer={layer}
              inner={inner}
              isOpen={isOpen(layer)}
              onToggle={() => toggle(layer)}
              lit={lit}
              onLight={setLit}
            />
          ))}
        </div>
        <div class="packet-bytes">
          <HexView bytes={packet.bytes} lit={lit ? [lit] : []} onLight={lightByte} />
          <PartMeaning part={lit} meaningOf={meaningOf} />
        </div>
      </div>
      {children}
    </section>
  );
}

/** Each layer inside the one before: that is what encapsulation is. */
function nest(
  layers: readonly Layer[],
  box: (layer: Layer, inner: JSX.Element | null) => JSX.Element,
): JSX.Element | null {
  return layers.reduceRight<JSX.Element | null>((inner, layer) => box(layer, inner), null);
}

interface LayerBoxProps {
  readonly layer: Layer;
  readonly inner: JSX.Element | null;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly lit: Part | null;
  readonly onLight: (part: Part) => void;
}

function LayerBox({ layer, inner, isOpen, onToggle, lit, onLight }: LayerBoxProps): JSX.Element {
  const { title, osi, tcpip } = layerName(layer.protocol);
  const whole: Part = { name: layer.protocol, value: null, offset: layer.offset, length: layer.length };
  return (
    <div class="packet-layer" data-layer={tcpip?.toLowerCase() ?? 'data'}>
      <button
        class="packet-layer-head packet-part"
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        onMouseEnter={() => onLight(whole)}
        onFocus={() => onLight(whole)}
      >
        <b>{title}</b>
        <span class="packet-layer-size">{words.bytes(layer.length)}</span>
        {tcpip && (
          <span class="packet-layer-models">
            OSI {osi} · TCP/IP {tcpip}
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
              onMouseEnter={() => onLight(field)}
              onFocus={() => onLight(field)}
              onClick={() => onLight(field)}
            >
              <code>{field.name}</code>
              <span class="packet-value">{cut(field.value)}</span>
            </button>
          ))}
        </div>
      )}
      {inner}
    </div>
  );
}

function PartMeaning({
  part,
  meaningOf,
}: {
  readonly part: Part | null;
  readonly meaningOf: MeaningOf | null;
}): JSX.Element {
  if (!part) return <p class="packet-meaning muted">{words.pointAtSomething}</p>;
  const meaning = meaningOf?.(part.name);
  const where = part.length === 0 ? words.workedOut : bytesWords(part.offset, part.length);
  return (
    <p class="packet-meaning" aria-live="polite">
      <code>{part.name}</code>
      {part.value === null ? '' : ` = ${cut(part.value)}`} <span class="muted">({where})</span>
      <br />
      {meaning?.meaning} <span class="muted">{meaning?.source}</span>
    </p>
  );
}

/** Contents can be thousands of bytes; the hex view has them all. */
function cut(value: string | number): string {
  const text = String(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}

function bytesWords(offset: number, length: number): string {
  return length === 1 ? words.byte(offset) : words.byteRange(offset, offset + length - 1);
}

/** The smallest part that holds the byte. */
function partAt(layers: readonly Layer[], at: number): Part | null {
  let best: Part | null = null;
  for (const layer of layers) {
    const whole: Part = { name: layer.protocol, value: null, offset: layer.offset, length: layer.length };
    for (const part of [whole, ...layer.fields]) {
      const isInside = at >= part.offset && at < part.offset + part.length;
      if (isInside && (!best || part.length < best.length || best.value === null)) best = part;
    }
  }
  return best;
}

function isSame(field: Field, lit: Part | null): boolean {
  return lit !== null && field.name === lit.name && field.offset === lit.offset && field.value === lit.value;
}

function step(box: HTMLElement | null, by: 1 | -1): void {
  const parts = [...(box?.querySelectorAll<HTMLElement>('.packet-part') ?? [])];
  const at = parts.indexOf(document.activeElement as HTMLElement);
  parts[Math.max(0, Math.min(parts.length - 1, at + by))]?.focus();
}
