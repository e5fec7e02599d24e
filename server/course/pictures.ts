/** Living pictures as a page without script shows them: a labelled table or list inside a figure the page can bring to life. */
import type { Topology } from '../network/topology.ts';
import { endpointName } from '../network/topology.ts';
import { escapeHtml } from './code-block.ts';
import type { OpenedRecording } from './recording.ts';
import type { PictureOptions } from './schema/picture-schema.ts';

export interface PicturePlace {
  readonly topology: Topology;
  /** The numbers and packets of the static form; without one it stands without numbers. */
  readonly recording: OpenedRecording | null;
}

/** `<figure class="picture" data-picture=… data-options='{json}'>` with its static form. */
export function pictureHtml(picture: PictureOptions, place: PicturePlace, caption: string): string {
  const { name, ...options } = picture;
  const fallback = `${staticForm(picture, place)}${recordedNote(picture, place)}`;
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

function staticForm(picture: PictureOptions, { topology, recording }: PicturePlace): string {
  switch (picture.name) {
    case 'topology':
      return topologyTable(topology, recording);
    case 'counters':
      return counterTable(picture.node, picture.names, recording);
    case 'packets': {
      const filters = [picture.filter, picture.bpf].filter((filter) => filter !== undefined);
      const which =
        filters.length > 0
          ? ` that match ${filters.map((filter) => `<code>${escapeHtml(filter)}</code>`).join(' and ')}`
          : '';
      return `<p>The packets at <code>${escapeHtml(picture.at)}</code>${which}.</p>${packetTable(picture, recording)}`;
    }
    case 'kernel-path':
      return pathList(picture, topology, recording);
    case 'journey':
      return `<p>The packet that <code>${escapeHtml(picture.command)}</code> on <code>${escapeHtml(picture.from)}</code> sends, event by event.</p>`;
    case 'layers':
      return LAYERS_TABLE;
  }
}

function topologyTable(topology: Topology, recording: OpenedRecording | null): string {
  const traffic = (endpoint: string): string => {
    if (!recording) return '';
    const totals = recording.traffic(endpoint);
    const lost = totals ? totals.rxDropped + totals.txDropped + totals.rxErrors + totals.txErrors : 0;
    const cells = totals ? [totals.txPackets, totals.rxPackets, lost] : ['–', '–', '–'];
    return cells.map((cell) => `<td>${cell}</td>`).join('');
  };
  const more = recording ? '<th>Sent</th><th>Received</th><th>Dropped</th>' : '';
  const rows = topology.links.flatMap((link, index) =>
    link.endpoints.map((endpoint, end) => {
      const peer = link.endpoints[end === 0 ? 1 : 0];
      const addresses = [...endpoint.ipv4, ...endpoint.ipv6].map(escapeHtml).join('<br>') || '–';
      return `<tr><td>${escapeHtml(endpoint.node)}</td><td>${escapeHtml(endpoint.interface)}</td><td>${addresses}</td><td>${escapeHtml(endpointName(peer))}</td><td>${end === 0 ? linkWords(topology, index) : ''}</td>${traffic(endpointName(endpoint))}</tr>`;
    }),
  );
  const lonely = topology.nodes.filter(
    (node) => !topology.links.some((link) => link.endpoints.some((endpoint) => endpoint.node === node.name)),
  );
  const lone = lonely.map(
    (node) =>
      `<tr><td>${escapeHtml(node.name)}</td><td>–</td><td>–</td><td>–</td><td></td>${recording ? '<td></td><td></td><td></td>' : ''}</tr>`,
  );
  const kinds = topology.nodes.map((node) => `<code>${escapeHtml(node.name)}</code> is a ${node.kind}`).join(', ');
  return `<p>${kinds}.</p>\n<table><thead><tr><th>Node</th><th>Interface</th><th>Addresses</th><th>Linked to</th><th>Link</th>${more}</tr></thead><tbody>${[...rows, ...lone].join('')}</tbody></table>`;
}

function linkWords(topology: Topology, index: number): string {
  const link = topology.links[index];
  if (!link) return '';
  const impaired = link.impairments.some((impairment) => impairment !== null);
  return [link.mtu === null ? '' : `MTU ${link.mtu}`, impaired ? 'impaired' : '']
    .filter((words) => words !== '')
    .join(', ');
}

/** Stages and, where one number tells of them, the counter: `*` stands for each interface of the node. */
type StaticStage = readonly [title: string, counter?: string];

const RECEIVE_PATH: readonly StaticStage[] = [
  ['NIC: a frame arrives', '*.rx_packets'],
  ['DMA into the receive ring'],
  ['Hard interrupt'],
  ['Soft interrupt NET_RX: NAPI polls', '*.rx_dropped'],
  ['sk_buff'],
  ['Taps: tcpdump looks here'],
  ['Link layer: who takes this EtherType?'],
  ['IP in: is the header right?', 'Ip.InReceives'],
  ['netfilter: prerouting'],
  ['Routing decision: for whom?', 'Ip.ForwDatagrams'],
  ['Reassembly', 'Ip.ReasmOKs'],
  ['netfilter: input', 'Ip.InDelivers'],
  ['Transport: which socket?', 'Tcp.InSegs'],
  ['Receive queue of the socket', 'Udp.RcvbufErrors'],
  ['Application: recv()'],
];

const TRANSMIT_PATH: readonly StaticStage[] = [
  ['Application: send()'],
  ['Send buffer of the socket'],
  ['Transport: segment or datagram', 'Tcp.OutSegs'],
  ['Route: which way out?', 'Ip.OutNoRoutes'],
  ['IP out', 'Ip.OutRequests'],
  ['netfilter: output, postrouting'],
  ['Fragmentation', 'Ip.FragCreates'],
  ['Neighbour: which MAC address?'],
  ['Queueing discipline'],
  ['Taps: tcpdump looks here'],
  ['Driver', '*.tx_packets'],
  ['Transmit ring and doorbell'],
  ['NIC: the frame leaves'],
];

function pathList(
  { node, direction }: PictureOptions & { name: 'kernel-path' },
  topology: Topology,
  recording: OpenedRecording | null,
): string {
  const ends = topology.links.flatMap(({ endpoints }) => endpoints.filter((endpoint) => endpoint.node === node));
  const numbersOf = (counter: string): string => {
    const names = counter.startsWith('*.') ? ends.map((end) => `${end.interface}${counter.slice(1)}`) : [counter];
    const known = names.flatMap((name) => {
      const value = recording?.counter(node, name) ?? null;
      return value === null ? [] : [`<b>${value}</b> <code>${escapeHtml(name)}</code>`];
    });
    return known.length === 0 ? '' : ` (${known.join(', ')})`;
  };
  const stages = direction === 'rx' ? RECEIVE_PATH : TRANSMIT_PATH;
  return `<ol>${stages.map(([title, counter]) => `<li>${title}${counter === undefined ? '' : numbersOf(counter)}</li>`).join('')}</ol>`;
}

function counterTable(node: string, names: readonly string[], recording: OpenedRecording | null): string {
  if (!recording) return `<ul>${names.map((name) => `<li><code>${escapeHtml(name)}</code></li>`).join('')}</ul>`;
  const rows = names.map(
    (name) => `<tr><td><code>${escapeHtml(name)}</code></td><td>${recording.counter(node, name) ?? '–'}</td></tr>`,
  );
  return `<table><thead><tr><th>Counter</th><th>Since the start</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** More are in the recording, and in the page with script. */
const MOST_ROWS = 12;

function packetTable(
  { at, filter = '' }: PictureOptions & { name: 'packets' },
  recording: OpenedRecording | null,
): string {
  const { shown, count } = recording?.packets(at, filter, MOST_ROWS) ?? { shown: [], count: 0 };
  const [first] = shown;
  if (!first) return '';
  const rows = shown.map(({ number, timeMs, length, summary: { source, destination, protocol, info } }) => {
    const cells = [number, ((timeMs - first.timeMs) / 1000).toFixed(6), source, destination, protocol, length, info];
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(String(cell))}</td>`).join('')}</tr>`;
  });
  const heads = ['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'Info'];
  const more = count > shown.length ? `<p>and ${count - shown.length} more.</p>` : '';
  return `<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>${more}`;
}

/** Says of numbers and packets that nobody's network makes them now; empty where there are none. */
function recordedNote(picture: PictureOptions, { recording }: PicturePlace): string {
  if (!recording || picture.name === 'layers' || picture.name === 'journey') return '';
  return `<p class="recorded-note">A recorded example of this lab, made on ${escapeHtml(recording.recordedOn)} with Linux ${escapeHtml(recording.kernel)}. Your own network will show its own.</p>`;
}

const LAYERS_TABLE = `<table><thead><tr><th>OSI</th><th>TCP/IP</th><th>Examples</th></tr></thead><tbody>
<tr><td>7 Application</td><td rowspan="3">Application</td><td rowspan="3">HTTP, DNS, SSH, TLS</td></tr>
<tr><td>6 Presentation</td></tr>
<tr><td>5 Session</td></tr>
<tr><td>4 Transport</td><td>Transport</td><td>TCP, UDP</td></tr>
<tr><td>3 Network</td><td>Internet</td><td>IPv4, IPv6, ICMP</td></tr>
<tr><td>2 Data link</td><td rowspan="2">Link</td><td rowspan="2">Ethernet, ARP, the cable</td></tr>
<tr><td>1 Physical</td></tr>
</tbody></table>`;
