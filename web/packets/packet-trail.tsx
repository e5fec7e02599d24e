/** Where else a packet passed: the same packet at every captured interface, side by side. */
import type { JSX } from 'preact';
import type { Packet, PacketStore, Trail } from './packet-store.ts';
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
        {trail === 'asked' ? 'Looking…' : 'Where else did it pass?'}
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
        <p>No capture holds this packet any more.</p>
      ) : (
        <div class="table-scroll" tabindex={0} role="group" aria-label="The packet at each interface">
          <table>
            <thead>
              <tr>
                <th scope="col">Field</th>
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
                      {isNew && <span class="visually-hidden"> (changed)</span>}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {trail.absent.length > 0 && <p class="muted">It did not pass {trail.absent.join(', ')}.</p>}
      {trail.late.length > 0 && (
        <p class="muted">
          {trail.late.join(', ')} {trail.late.length === 1 ? 'is' : 'are'} recorded only from now on: send a packet
          again to see it there too.
        </p>
      )}
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
