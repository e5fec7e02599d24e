/** The packets that belong to one: a short mark in the list, all of them in the opened packet. Each leads there. */
import type { JSX } from 'preact';
import type { Packet } from './packet.ts';
import type { PacketStore } from './packet-store.ts';
import type { Relation, RelationKind } from './relations.ts';
import { wholeOf } from './whole-packet.ts';
import { words } from './words.ts';

/** In a row only what tells most: acknowledgements would stand in every one. */
const IN_ROW: readonly RelationKind[] = ['repeats', 'answers', 'answered', 'about', 'reported', 'repeated', 'fragment'];
const MOST_NUMBERS = 12;

export interface RelationMarkProps {
  readonly packet: Packet;
  readonly store: PacketStore;
  readonly onGo: (packet: Packet) => void;
}

export function RelationMark({ packet, store, onGo }: RelationMarkProps): JSX.Element | null {
  const first = inGroups(store.relationsOf(packet)).find(({ kind }) => IN_ROW.includes(kind));
  const to = first?.packets[0];
  if (!first || !to) return null;
  return (
    <button
      class={`packet-tie is-${first.kind}`}
      type="button"
      tabIndex={-1}
      title={words.goTo(to.number)}
      onClick={(event) => {
        event.stopPropagation();
        onGo(to);
      }}
    >
      {words.relation[first.kind](numbersOf(first.packets))}
    </button>
  );
}

export interface RelationListProps extends RelationMarkProps {
  readonly onOpenWhole: (whole: Packet, count: number) => void;
}

export function RelationList({ packet, store, onGo, onOpenWhole }: RelationListProps): JSX.Element | null {
  const groups = inGroups(store.relationsOf(packet));
  if (groups.length === 0) return null;
  const fragments = groups.find(({ kind }) => kind === 'fragment')?.packets;
  const whole = fragments ? wholeOf([packet, ...fragments]) : null;
  const kept = new Set(store.packets.value);
  return (
    <div class="packet-ties" role="group" aria-label={words.belongs}>
      {groups.map(({ kind, packets }) => (
        <span key={kind}>
          {words.relation[kind]('')}
          {packets.slice(0, MOST_NUMBERS).map((to) => (
            <button
              key={to.number}
              class="packet-tie"
              type="button"
              disabled={!kept.has(to)}
              title={kept.has(to) ? words.goTo(to.number) : words.gone}
              onClick={() => onGo(to)}
            >
              {to.number}
            </button>
          ))}
          {packets.length > MOST_NUMBERS && ` +${packets.length - MOST_NUMBERS}`}
        </span>
      ))}
      {fragments && whole && (
        <button class="button small" type="button" onClick={() => onOpenWhole(whole, fragments.length + 1)}>
          {words.openWhole}
        </button>
      )}
      {fragments && !whole && <span>{words.missingPieces}</span>}
    </div>
  );
}

interface Group {
  readonly kind: RelationKind;
  readonly packets: readonly Packet[];
}

function inGroups(relations: readonly Relation[]): Group[] {
  const groups = Map.groupBy(relations, ({ kind }) => kind);
  const rank = (kind: RelationKind): number => (IN_ROW.includes(kind) ? IN_ROW.indexOf(kind) : IN_ROW.length);
  return [...groups]
    .map(([kind, list]) => ({ kind, packets: list.map(({ to }) => to) }))
    .toSorted((a, b) => rank(a.kind) - rank(b.kind));
}

function numbersOf(packets: readonly Packet[]): string {
  const shown = packets.slice(0, 3).map(({ number }) => number);
  return `${shown.join(', ')}${packets.length > 3 ? ', …' : ''}`;
}
