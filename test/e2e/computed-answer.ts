/** What a learner types to read what a question is compared with. */
import type { AddressAsk } from '../../server/check/kinds/address.ts';
import type { LinkAsk } from '../../server/check/kinds/link.ts';
import type { NeighborAsk } from '../../server/check/kinds/neighbor.ts';
import type { SocketAsk } from '../../server/check/kinds/socket.ts';

interface Line {
  readonly node: string;
  readonly line: string;
}

/** A kind that no lab asks for yet throws: say here how it is read. */
export function lineThatReads({ name, spec }: { readonly name: string; readonly spec: unknown }): Line {
  switch (name) {
    case 'command': {
      const { node, run } = spec as { node: string; run: string };
      return { node, line: run };
    }
    case 'link': {
      const { node, interface: link } = spec as LinkAsk;
      return { node, line: `cat /sys/class/net/${link}/address` };
    }
    case 'address': {
      const { node, interface: link } = spec as AddressAsk;
      return { node, line: `ip -4 -o address show dev ${link} | awk '{ print $4 }' | cut -d/ -f1` };
    }
    case 'neighbor': {
      const { node, ip } = spec as NeighborAsk;
      return { node, line: `ip neighbor show ${ip} | grep -o 'lladdr [^ ]*' | cut -d' ' -f2` };
    }
    case 'socket': {
      const { node, proto, local } = spec as SocketAsk;
      const end = local?.clauses[0];
      const port = end && 'value' in end ? end.value : '';
      return { node, line: `ss -Hna --${proto} | awk '$4 ~ /${port}$/ { print $2; exit }'` };
    }
    default:
      throw new Error(`How a learner reads the answer of a “${name}” is not written.`);
  }
}
