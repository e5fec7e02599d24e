/** One packet opened: its layers as boxes in boxes, and its bytes, each pointing at the other. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { decodeFrame } from '../../server/packet/decode.ts';
import { FAULT_WORDS } from '../../server/packet/faults.ts';
import { FAULT_WORDS_ZH } from '../../server/packet/faults-zh.ts';
import type { Meaning } from '../../server/packet/meanings.ts';
import { HexView } from './hex-view.tsx';
import type { Packet } from './packet.ts';
import { partAt, valueWords, type Part } from './packet-parts.ts';
import { PacketTree } from './packet-tree.tsx';
import { words } from './words.ts';
import { inPageLanguage, pageLanguage } from '../ui/i18n/page-language.ts';

const faultWords = inPageLanguage({ en: FAULT_WORDS, zh: FAULT_WORDS_ZH });

type MeaningOf = (name: string) => Meaning | undefined;

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
  const decoded = useMemo(
    () => decodeFrame(packet.bytes, { originalLength: packet.length, timeMs: packet.timeMs, faultWords }),
    [packet],
  );
  const [lit, setLit] = useState<Part | null>(null);
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

  const lightByte = (at: number): void => setLit(partAt(decoded.layers, at));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  };

  return (
    <section class="packet-detail" aria-label={title} onKeyDown={onKeyDown}>
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
        <PacketTree layers={decoded.layers} lit={lit} onLight={setLit} />
        <div class="packet-bytes">
          <HexView bytes={packet.bytes} lit={lit ? [lit] : []} onLight={lightByte} />
          <PartMeaning part={lit} meaningOf={meaningOf} />
        </div>
      </div>
      {children}
    </section>
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
      {part.value === null ? '' : ` = ${valueWords(part.value)}`} <span class="muted">({where})</span>
      <br />
      {meaning?.meaning} <span class="muted">{meaning?.source}</span>
    </p>
  );
}

function bytesWords(offset: number, length: number): string {
  return length === 1 ? words.byte(offset) : words.byteRange(offset, offset + length - 1);
}
