/** The author's form of a topology → the resolved one of network/. Pure. */
import type { Endpoint, Fault, Impairment, Link, Topology } from '../network/topology.ts';
import type {
  AuthorEndpoint,
  AuthorFault,
  AuthorImpair,
  AuthorLink,
  AuthorTopology,
} from './schema/topology-schema.ts';

export function resolveTopology(author: AuthorTopology): Topology {
  return {
    nodes: Object.entries(author.nodes).map(([name, node]) => ({ name, ...node })),
    links: author.links.map(resolveLink),
    faults: author.faults.map(resolveFault),
  };
}

function resolveLink(link: AuthorLink): Link {
  const [first, second] = link.endpoints;
  const impairments = Array.isArray(link.impair) ? link.impair : [link.impair ?? null, link.impair ?? null];
  return {
    endpoints: [endpointOf(link, first, 0), endpointOf(link, second, 1)],
    mtu: link.mtu ?? null,
    impairments: [impairmentOf(impairments[0] ?? null), impairmentOf(impairments[1] ?? null)],
    offload: link.offload,
    adjustable: link.adjustable,
  };
}

/** What the endpoint says of itself stands beside what the link says of it. */
export function endpointOf(link: AuthorLink, end: AuthorEndpoint, index: 0 | 1): Endpoint {
  return {
    node: end.node,
    interface: end.interface,
    mac: end.mac ?? link.mac?.[index] ?? null,
    ipv4: [...(end.ipv4 ?? []), ...(link.ipv4?.[index] ?? [])],
    ipv6: [...(end.ipv6 ?? []), ...(link.ipv6?.[index] ?? [])],
  };
}

function impairmentOf(impair: AuthorImpair | null): Impairment | null {
  if (!impair) return null;
  const { delay, jitter, loss, duplicate, corrupt, reorder, rate, limit } = impair;
  const impairment: Impairment = {
    ...(delay === undefined ? {} : { delayMs: delay }),
    ...(jitter === undefined ? {} : { jitterMs: jitter }),
    ...(loss === undefined ? {} : { lossPercent: loss }),
    ...(duplicate === undefined ? {} : { duplicatePercent: duplicate }),
    ...(corrupt === undefined ? {} : { corruptPercent: corrupt }),
    ...(reorder === undefined ? {} : { reorderPercent: reorder }),
    ...(rate === undefined ? {} : { rateBitsPerSecond: rate }),
    ...(limit === undefined ? {} : { limit }),
  };
  return Object.keys(impairment).length === 0 ? null : impairment;
}

function resolveFault(fault: AuthorFault): Fault {
  const impairment = fault.impair === undefined ? null : impairmentOf(fault.impair);
  return {
    atMs: fault.at,
    ...(fault.for === undefined ? {} : { forMs: fault.for }),
    node: fault.link.node,
    interface: fault.link.interface,
    ...(impairment ? { impairment } : {}),
    ...(fault.down === undefined ? {} : { down: fault.down }),
  };
}
