/** The lab's network as it is this moment: addresses and MTUs that the learner changed stand in place of the written ones. Pure. */
import type { LinkView } from '../../server/contract/api.ts';
import type { InterfaceView } from '../../server/contract/watch.ts';
import { endpointName, type PageEndpoint, type PageLink, type PageTopology } from './graph.ts';
import { words } from './words.ts';

const USUAL_MTU = 1500;

/** `viewOf` gives null for what is not known: then the written values hold. */
export function liveTopology(
  topology: PageTopology,
  viewOf: (endpoint: string) => InterfaceView | null,
  links: readonly LinkView[] = [],
): PageTopology {
  const withImpairments = (link: PageLink): PageLink => {
    const name = endpointName(link.endpoints[0]);
    const view = links.find(({ endpoints }) => endpoints[0] === name);
    return view ? { ...link, impairments: view.impairments } : link;
  };
  return { nodes: topology.nodes, links: topology.links.map((link) => liveLink(withImpairments(link), viewOf)) };
}

function liveLink(link: PageLink, viewOf: (endpoint: string) => InterfaceView | null): PageLink {
  const [a, b] = link.endpoints;
  const written = link.mtu ?? USUAL_MTU;
  const mtuOf = (endpoint: PageEndpoint): number => viewOf(endpointName(endpoint))?.mtu ?? written;
  const [mtuA, mtuB] = [mtuOf(a), mtuOf(b)];
  const endpoints: PageLink['endpoints'] = [liveEndpoint(a, viewOf), liveEndpoint(b, viewOf)];
  if (mtuA !== mtuB) return { ...link, endpoints, mtus: words.both(mtuA, mtuB) };
  return { ...link, endpoints, mtu: link.mtu === null && mtuA === USUAL_MTU ? null : mtuA };
}

function liveEndpoint(endpoint: PageEndpoint, viewOf: (endpoint: string) => InterfaceView | null): PageEndpoint {
  const view = viewOf(endpointName(endpoint));
  if (!view || view.state === 'missing') return endpoint;
  // Link-local addresses come by themselves and would crowd the picture: the panel has them.
  const addresses = view.addresses.filter(
    (address) => !/^fe80:/i.test(address) || endpoint.addresses.includes(address),
  );
  return { ...endpoint, addresses };
}
