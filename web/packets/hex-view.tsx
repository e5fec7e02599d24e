/** The bytes of a packet, sixteen to a line, with their letters; those of what is pointed at are lit. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { words } from './words.ts';

const PER_LINE = 16;
/** More than this is never one glance; the fields above say the rest. */
const MOST_BYTES = 2048;

export interface LitBytes {
  readonly offset: number;
  readonly length: number;
}

export interface HexViewProps {
  readonly bytes: Uint8Array;
  readonly lit: readonly LitBytes[];
  /** A byte was pointed at. */
  readonly onLight?: (at: number) => void;
  readonly label?: string | undefined;
}

export function HexView({ bytes, lit, onLight, label = words.hexLabel }: HexViewProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const isPointing = useRef(false);
  useEffect(() => {
    // What was pointed at here is in sight; scrolling would take it from under the pointer.
    const first = lit.find(({ length }) => length > 0);
    if (!box.current || !first || isPointing.current) return;
    const line = box.current.children[Math.floor(first.offset / PER_LINE)];
    if (!(line instanceof HTMLElement)) return;
    const { scrollTop, clientHeight } = box.current;
    const top = line.offsetTop - box.current.offsetTop;
    if (top < scrollTop || top + line.offsetHeight > scrollTop + clientHeight) box.current.scrollTop = top - 20;
  }, [lit]);
  const shown = bytes.subarray(0, MOST_BYTES);
  const lines = Array.from({ length: Math.ceil(shown.length / PER_LINE) }, (_, line) => line * PER_LINE);
  const point = (event: MouseEvent): void => {
    const at = event.target instanceof HTMLElement ? event.target.dataset['at'] : undefined;
    if (at !== undefined) onLight?.(Number(at));
  };
  return (
    <div
      class="packet-hex"
      ref={box}
      role="group"
      aria-label={label}
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
          lit={maskOf(lit, from)}
        />
      ))}
      {bytes.length > MOST_BYTES && <p class="muted">{words.bytesMore(bytes.length - MOST_BYTES)}</p>}
    </div>
  );
}

interface HexLineProps {
  readonly from: number;
  readonly bytes: Uint8Array;
  /** A bit for each byte. */
  readonly lit: number;
}

function HexLine({ from, bytes, lit }: HexLineProps): JSX.Element {
  const line = [...bytes.subarray(from, from + PER_LINE)];
  const classOf = (index: number): string | undefined => ((lit >> index) & 1 ? 'is-lit' : undefined);
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

function maskOf(lit: readonly LitBytes[], from: number): number {
  let mask = 0;
  for (const { offset, length } of lit) {
    for (let at = Math.max(offset, from); at < Math.min(offset + length, from + PER_LINE); at += 1)
      mask |= 1 << (at - from);
  }
  return mask;
}
