/** Living pictures as a page without script shows them: a labelled table or list inside a figure the page can bring to life. */
import type { Topology } from '../network/topology.ts';
import { endpointName } from '../network/topology.ts';
import { escapeHtml } from './code-block.ts';
import type { PictureOptions } from './schema/picture-schema.ts';

/** `<figure class="picture" data-picture=… data-options='{json}'>` with its static form. */
export function pictureHtml(picture: PictureOptions, topology: Topology, caption: string): string {
  const { name, ...options } = picture;
  const fallback = staticForm(picture, topology);
  const words = caption === '' ? captionOf(picture) : caption;
  return `<figure class="picture" data-picture="${name}" data-options="${escapeHtml(JSON.stringify(options))}">\n${fallback}\n<figcaption>${escapeHtml(words)}</figcaption>\n</figure>\n`;
}

function captionOf(picture: PictureOptions): string {
  switch (picture.name) {
    case 'topology':
      return 'The network of this lab';
    case 'counters':
      return `Counters of ${picture.node}`;
    case 'packets':
      return `Packets at ${picture.at}`;
    case 'kernel-path':
      return picture.direction === 'rx'
        ? `How ${picture.node} receives a packet`
        : `How ${picture.node} sends a packet`;
    case 'journey':
      return `One packet of ${picture.from} on its way through the kernel`;
    case 'layers':
      return 'OSI and TCP/IP side by side';
  }
}

function staticForm(picture: PictureOptions, topology: Topology): string {
  switch (picture.name) {
    case 'topology':
      return topologyTable(topology);
    case 'counters':
      return `<ul>${picture.names.map((name) => `<li><code>${escapeHtml(name)}</code></li>`).join('')}</ul>`;
    case 'packets': {
      const filters = [picture.filter, picture.bpf].filter((filter) => filter !== undefined);
      const which =
        filters.length > 0
          ? ` that match ${filters.map((filter) => `<code>${escapeHtml(filter)}</code>`).join(' and ')}`
          : '';
      return `<p>The packets at <code>${escapeHtml(picture.at)}</code>${which}.</p>`;
    }
    case 'kernel-path':
      return `<ol>${(picture.direction === 'rx' ? RECEIVE_PATH : TRANSMIT_PATH).map((stage) => `<li>${stage}</li>`).join('')}</ol>`;
    case 'journey':
      return `<p>The packet that <code>${escapeHtml(picture.command)}</code> on <code>${escapeHtml(picture.from)}</code> sends, event by event.</p>`;
    case 'layers':
      return LAYERS_TABLE;
  }
}

function topologyTable(topology: Topology): string {
  const rows = topology.links.flatMap((link, index) =>
    link.endpoints.map((endpoint, end) => {
      const peer = link.endpoints[end === 0 ? 1 : 0];
      const addresses = [...endpoint.ipv4, ...endpoint.ipv6].map(escapeHtml).join('<br>') || '–';
      return `<tr><td>${escapeHtml(endpoint.node)}</td><td>${escapeHtml(endpoint.interface)}</td><td>${addresses}</td><td>${escapeHtml(endpointName(peer))}</td><td>${end === 0 ? linkWords(topology, index) : ''}</td></tr>`;
    }),
  );
  const lonely = topology.nodes.filter(
    (node) => !topology.links.some((link) => link.endpoints.some((endpoint) => endpoint.node === node.name)),
  );
  const lone = lonely.map(
    (node) => `<tr><td>${escapeHtml(node.name)}</td><td>–</td><td>–</td><td>–</td><td></td></tr>`,
  );
  const kinds = topology.nodes.map((node) => `<code>${escapeHtml(node.name)}</code> is a ${node.kind}`).join(', ');
  return `<p>${kinds}.</p>\n<table><thead><tr><th>Node</th><th>Interface</th><th>Addresses</th><th>Linked to</th><th>Link</th></tr></thead><tbody>${[...rows, ...lone].join('')}</tbody></table>`;
}

function linkWords(topology: Topology, index: number): string {
  const link = topology.links[index];
  if (!link) return '';
  const impaired = link.impairments.some((impairment) => impairment !== null);
  return [link.mtu === null ? '' : `MTU ${link.mtu}`, impaired ? 'impaired' : '']
    .filter((words) => words !== '')
    .join(', ');
}

const RECEIVE_PATH = [
  'NIC: a frame arrives',
  'DMA into the receive ring',
  'Hard interrupt',
  'Soft interrupt NET_RX: NAPI polls',
  'sk_buff',
  'Taps: tcpdump looks here',
  'Link layer: who takes this EtherType?',
  'IP in: is the header right?',
  'netfilter: prerouting',
  'Routing decision: for whom?',
  'Reassembly',
  'netfilter: input',
  'Transport: which socket?',
  'Receive queue of the socket',
  'Application: recv()',
];

const TRANSMIT_PATH = [
  'Application: send()',
  'Send buffer of the socket',
  'Transport: segment or datagram',
  'Route: which way out?',
  'IP out',
  'netfilter: output, postrouting',
  'Fragmentation',
  'Neighbour: which MAC address?',
  'Queueing discipline',
  'Taps: tcpdump looks here',
  'Driver',
  'Transmit ring and doorbell',
  'NIC: the frame leaves',
];

const LAYERS_TABLE = `<table><thead><tr><th>OSI</th><th>TCP/IP</th><th>Examples</th></tr></thead><tbody>
<tr><td>7 Application</td><td rowspan="3">Application</td><td rowspan="3">HTTP, DNS, SSH, TLS</td></tr>
<tr><td>6 Presentation</td></tr>
<tr><td>5 Session</td></tr>
<tr><td>4 Transport</td><td>Transport</td><td>TCP, UDP</td></tr>
<tr><td>3 Network</td><td>Internet</td><td>IPv4, IPv6, ICMP</td></tr>
<tr><td>2 Data link</td><td rowspan="2">Link</td><td rowspan="2">Ethernet, ARP, the cable</td></tr>
<tr><td>1 Physical</td></tr>
</tbody></table>`;
