/** The same network in words: one row per end of a link. */
import type { JSX } from 'preact';
import type { PageTopology } from './graph.ts';

export function TopologyTable({ topology }: { readonly topology: PageTopology }): JSX.Element {
  const kinds = new Map(topology.nodes.map(({ name, kind }) => [name, kind]));
  const rows = topology.links.flatMap(({ endpoints: [a, b], mtu }) => [
    { here: a, there: b, mtu },
    { here: b, there: a, mtu },
  ]);
  const order = topology.nodes.map(({ name }) => name);
  rows.sort((a, b) => order.indexOf(a.here.node) - order.indexOf(b.here.node));
  const alone = topology.nodes.filter(({ name }) => !rows.some(({ here }) => here.node === name));
  return (
    <div class="table-scroll" tabindex={0} role="group" aria-label="Table of the network">
      <table>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">Interface</th>
            <th scope="col">Addresses</th>
            <th scope="col">Linked to</th>
            <th scope="col">MTU</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ here, there, mtu }) => (
            <tr key={`${here.node}:${here.interface}`}>
              <th scope="row">
                {here.node} <span class="muted">{kinds.get(here.node)}</span>
              </th>
              <td>{here.interface}</td>
              <td>{here.addresses.length > 0 ? here.addresses.join(', ') : 'none'}</td>
              <td>{`${there.node}:${there.interface}`}</td>
              <td>{mtu ?? 1500}</td>
            </tr>
          ))}
          {alone.map(({ name, kind }) => (
            <tr key={name}>
              <th scope="row">
                {name} <span class="muted">{kind}</span>
              </th>
              <td colSpan={4}>no links</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
