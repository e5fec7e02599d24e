/** The bytes of a packet, sixteen to a line, with their letters; those of what is pointed at are lit. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const PER_LINE = 16;
/** More than this is never one glance; the fields above say the rest. */
const MOST_BYTES = 2048;

export interface HexViewProps {
  readonly bytes: Uint8Array;
  readonly lit: { readonly offset: number; readonly length: number } | null;
  /** A byte was pointed at. */
  readonly onLight: (at: number) => void;
}

export function HexView({ bytes, lit, onLight }: HexViewProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const isPointing = useRef(false);
  useEffect(() => {
    // What was pointed at here is in sight; scrolling would take it from under the pointer.
    if (!box.current || !lit || lit.length === 0 || isPointing.current) return;
    const line = box.current.children[Math.floor(lit.offset / PER_LINE)];
    if (!(line instanceof HTMLElement)) return;
    const { scrollTop, clientHeight } = box.current;
    const top = line.offsetTop - box.current.offsetTop;
    if (top < scrollTop || top + line.offsetHeight > scrollTop + clientHeight) box.current.scrollTop = top - 20;
  }, [lit]);
  const shown = bytes.subarray(0, MOST_BYTES);
  const lines = Array.from({ length: Math.ceil(shown.length / PER_LINE) }, (_, line) => line * PER_LINE);
  const point = (event: MouseEvent): void => {
    const at = event.target instanceof HTMLElement ? event.target.dataset['at'] : undefined;
    if (at !== undefined) onLight(Number(at));
  };
  return (
    <div
      class="packet-hex"
      ref={box}
      role="group"
      aria-label="Bytes of the packet, in hexadecimal"
      tabindex={0}
      onMouseOver={point}
      onClick={point}
      onMouseEnter={() => (isPointing.current = true)}
      onMouseLeave={() => (isPointing.current = false)}
    >
      {lines.map((from) => (
        <HexLine
          key={from}
          from={from}
          bytes={shown}
          // A line is drawn anew only when its own light changes.
          litFrom={lit ? clamp(lit.offset - from) : 0}
          litTo={lit ? clamp(lit.offset + lit.length - from) : 0}
        />
      ))}
      {bytes.length > MOST_BYTES && <p class="muted">and {bytes.length - MOST_BYTES} bytes more</p>}
    </div>
  );
}

interface HexLineProps {
  readonly from: number;
  readonly bytes: Uint8Array;
  readonly litFrom: number;
  readonly litTo: number;
}

function HexLine({ from, bytes, litFrom, litTo }: HexLineProps): JSX.Element {
  const line = [...bytes.subarray(from, from + PER_LINE)];
  const classOf = (index: number): string | undefined => (index >= litFrom && index < litTo ? 'is-lit' : undefined);
  return (
    <div class="packet-hex-line">
      <span class="packet-hex-offset">{from.toString(16).padStart(4, '0')}</span>
      <span class="packet-hex-bytes">
        {line.map((byte, index) => (
          <span key={index} class={classOf(index)} data-at={from + index}>
            {byte.toString(16).padStart(2, '0')}
          </span>
        ))}
      </span>
      <span class="packet-hex-letters" aria-hidden="true">
        {line.map((byte, index) => (
          <span key={index} class={classOf(index)} data-at={from + index}>
            {byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'}
          </span>
        ))}
      </span>
    </div>
  );
}

function clamp(index: number): number {
  return Math.max(0, Math.min(PER_LINE, index));
}
