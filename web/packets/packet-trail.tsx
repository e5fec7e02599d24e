/** Where else a packet passed: the same packet at every captured interface, side by side. */
import type { JSX } from 'preact';
import type { Packet } from './packet.ts';
import type { Trail } from './packet.ts';
import type { PacketStore } from './packet-store.ts';
import { words } from './words.ts';
import { tabulate, type TrailColumn } from './trail-table.ts';

export interface PacketTrailProps {
  readonly store: PacketStore;
  readonly packet: Packet;
}

export function PacketTrail({ store, packet }: PacketTrailProps): JSX.Element {
  const trail = store.trail.value;
  return (
    <div class="packet-trail">
      <button class="button small" type="button" disabled={trail === 'asked'} onClick={() => store.follow(packet)}>
        {trail === 'asked' ? words.looking : words.whereElse}
      </button>
      <div aria-live="polite">{trail !== null && trail !== 'asked' && <Answer trail={trail} />}</div>
    </div>
  );
}

function Answer({ trail }: { readonly trail: Trail }): JSX.Element {
  const { columns, rows } = tabulate(trail.passed);
  return (
    <>
      {columns.length === 0 ? (
        <p>{words.nowhere}</p>
      ) : (
        <div class="table-scroll" tabindex={0} role="group" aria-label={words.atEachInterface}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.field}</th>
                {columns.map((column, index) => (
                  <th key={index} scope="col">
                    <Column column={column} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ field, cells, isChanged }) => (
                <tr key={field} class={isChanged ? 'is-changed' : undefined}>
                  <th scope="row">
                    <code>{field}</code>
                  </th>
                  {cells.map(({ value, isChanged: isNew }, index) => (
                    <td key={index} class={isNew ? 'is-changed' : undefined}>
                      {isNew && <span aria-hidden="true">→ </span>}
                      {value}
                      {isNew && <span class="visually-hidden"> ({words.changed})</span>}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {trail.absent.length > 0 && <p class="muted">{words.didNotPass(trail.absent.join(', '))}</p>}
      {trail.late.length > 0 && <p class="muted">{words.late(trail.late.join(', '), trail.late.length)}</p>}
    </>
  );
}

function Column({ column: { endpoint, piece, afterMs } }: { readonly column: TrailColumn }): JSX.Element {
  return (
    <>
      <code>{endpoint}</code>
      {piece && <span class="packet-piece">{piece}</span>}
      <span class="packet-piece">+{afterMs.toFixed(3)} ms</span>
    </>
  );
}
