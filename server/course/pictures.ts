/** Living pictures as a page without script shows them: a labelled table or list inside a figure the page can bring to life. */
import type { Topology } from '../network/topology.ts';
import { endpointName } from '../network/topology.ts';
import { escapeHtml } from './code-block.ts';
import type { OpenedRecording } from './recording.ts';
import type { PictureOptions } from './schema/picture-schema.ts';
import type { LessonWords } from './lesson-words.ts';

export interface PicturePlace {
  readonly topology: Topology;
  /** The numbers and packets of the static form; without one it stands without numbers. */
  readonly recording: OpenedRecording | null;
  readonly words: LessonWords;
}

/** `<figure class="picture" data-picture=… data-options='{json}'>` with its static form. */
export function pictureHtml(picture: PictureOptions, place: PicturePlace, caption: string): string {
  const { name, ...options } = picture;
  const fallback = `${staticForm(picture, place)}${recordedNote(picture, place)}`;
  const shown = caption === '' ? captionOf(picture, place.words) : caption;
  return `<figure class="picture" data-picture="${name}" data-options="${escapeHtml(JSON.stringify(options))}">\n${fallback}\n<figcaption>${escapeHtml(shown)}</figcaption>\n</figure>\n`;
}

function codeOf(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

function headsOf(words: readonly string[]): string {
  return words.map((word) => `<th>${word}</th>`).join('');
}

function captionOf(picture: PictureOptions, { captions }: LessonWords): string {
  switch (picture.name) {
    case 'topology':
      return captions.topology;
    case 'counters':
      return captions.counters(picture.node);
    case 'packets':
      return captions.packets(picture.at);
    case 'kernel-path':
      return picture.direction === 'rx' ? captions.receives(picture.node) : captions.sends(picture.node);
    case 'journey':
      return captions.journey(picture.from);
    case 'layers':
      return captions.layers;
  }
}

function staticForm(picture: PictureOptions, place: PicturePlace): string {
  const { words } = place;
  switch (picture.name) {
    case 'topology':
      return topologyTable(place);
    case 'counters':
      return counterTable(picture.node, picture.names, place);
    case 'packets': {
      const filters = [picture.filter, picture.bpf].filter((filter) => filter !== undefined);
      return `<p>${words.packets(codeOf(picture.at), filters.map(codeOf))}</p>${packetTable(picture, place)}`;
    }
    case 'kernel-path':
      return pathList(picture, place);
    case 'journey':
      return `<p>${words.journey(codeOf(picture.command), codeOf(picture.from))}</p>`;
    case 'layers':
      return layersTable(words);
  }
}

function topologyTable({ topology, recording, words }: PicturePlace): string {
  const traffic = (endpoint: string): string => {
    if (!recording) return '';
    const totals = recording.traffic(endpoint);
    const lost = totals ? totals.rxDropped + totals.txDropped + totals.rxErrors + totals.txErrors : 0;
    const cells = totals ? [totals.txPackets, totals.rxPackets, lost] : ['–', '–', '–'];
    return cells.map((cell) => `<td>${cell}</td>`).join('');
  };
  const more = recording ? headsOf([words.network.sent, words.network.received, words.network.dropped]) : '';
  const rows = topology.links.flatMap((link, index) =>
    link.endpoints.map((endpoint, end) => {
      const peer = link.endpoints[end === 0 ? 1 : 0];
      const addresses = [...endpoint.ipv4, ...endpoint.ipv6].map(escapeHtml).join('<br>') || '–';
      return `<tr><td>${escapeHtml(endpoint.node)}</td><td>${escapeHtml(endpoint.interface)}</td><td>${addresses}</td><td>${escapeHtml(endpointName(peer))}</td><td>${end === 0 ? linkWords(topology, index, words) : ''}</td>${traffic(endpointName(endpoint))}</tr>`;
    }),
  );
  const lonely = topology.nodes.filter(
    (node) => !topology.links.some((link) => link.endpoints.some((endpoint) => endpoint.node === node.name)),
  );
  const lone = lonely.map(
    (node) =>
      `<tr><td>${escapeHtml(node.name)}</td><td>–</td><td>–</td><td>–</td><td></td>${recording ? '<td></td><td></td><td></td>' : ''}</tr>`,
  );
  const kinds = words.nodes(topology.nodes.map((node) => words.kinds[node.kind](codeOf(node.name))));
  const { node, interface: name, addresses, linkedTo, link } = words.network;
  return `<p>${kinds}</p>\n<table><thead><tr>${headsOf([node, name, addresses, linkedTo, link])}${more}</tr></thead><tbody>${[...rows, ...lone].join('')}</tbody></table>`;
}

function linkWords(topology: Topology, index: number, words: LessonWords): string {
  const link = topology.links[index];
  if (!link) return '';
  const impaired = link.impairments.some((impairment) => impairment !== null);
  return [link.mtu === null ? '' : `MTU ${link.mtu}`, impaired ? words.impaired : '']
    .filter((part) => part !== '')
    .join(words.listSeparator);
}

/** The counter that tells of each stage of the receive path, in the order of the words: `*` stands for each interface. */
const RECEIVE_COUNTERS: readonly (string | null)[] = [
  '*.rx_packets',
  null,
  null,
  '*.rx_dropped',
  null,
  null,
  null,
  'Ip.InReceives',
  null,
  'Ip.ForwDatagrams',
  'Ip.ReasmOKs',
  'Ip.InDelivers',
  'Tcp.InSegs',
  'Udp.RcvbufErrors',
  null,
];

const TRANSMIT_COUNTERS: readonly (string | null)[] = [
  null,
  null,
  'Tcp.OutSegs',
  'Ip.OutNoRoutes',
  'Ip.OutRequests',
  null,
  'Ip.FragCreates',
  null,
  null,
  null,
  '*.tx_packets',
  null,
  null,
];

function pathList(
  { node, direction }: PictureOptions & { name: 'kernel-path' },
  { topology, recording, words }: PicturePlace,
): string {
  const ends = topology.links.flatMap(({ endpoints }) => endpoints.filter((endpoint) => endpoint.node === node));
  const numbersOf = (counter: string): string => {
    const names = counter.startsWith('*.') ? ends.map((end) => `${end.interface}${counter.slice(1)}`) : [counter];
    const known = names.flatMap((name) => {
      const value = recording?.counter(node, name) ?? null;
      return value === null ? [] : [`<b>${value}</b> <code>${escapeHtml(name)}</code>`];
    });
    return known.length === 0 ? '' : ` (${known.join(words.listSeparator)})`;
  };
  const counters = direction === 'rx' ? RECEIVE_COUNTERS : TRANSMIT_COUNTERS;
  const stages = (direction === 'rx' ? words.receivePath : words.transmitPath).map((title, index) => {
    const counter = counters[index] ?? null;
    return `<li>${title}${counter === null ? '' : numbersOf(counter)}</li>`;
  });
  return `<ol>${stages.join('')}</ol>`;
}

function counterTable(node: string, names: readonly string[], { recording, words }: PicturePlace): string {
  if (!recording) return `<ul>${names.map((name) => `<li><code>${escapeHtml(name)}</code></li>`).join('')}</ul>`;
  const rows = names.map(
    (name) => `<tr><td><code>${escapeHtml(name)}</code></td><td>${recording.counter(node, name) ?? '–'}</td></tr>`,
  );
  return `<table><thead><tr>${headsOf([words.counter, words.sinceStart])}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** More are in the recording, and in the page with script. */
const MOST_ROWS = 12;

function packetTable(
  { at, filter = '' }: PictureOptions & { name: 'packets' },
  { recording, words }: PicturePlace,
): string {
  const { shown, count } = recording?.packets(at, filter, MOST_ROWS, words.summary) ?? { shown: [], count: 0 };
  const [first] = shown;
  if (!first) return '';
  const rows = shown.map(({ number, timeMs, length, summary: { source, destination, protocol, info } }) => {
    const cells = [number, ((timeMs - first.timeMs) / 1000).toFixed(6), source, destination, protocol, length, info];
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(String(cell))}</td>`).join('')}</tr>`;
  });
  const more = count > shown.length ? `<p>${words.more(count - shown.length)}</p>` : '';
  return `<table><thead><tr>${headsOf(words.packetColumns)}</tr></thead><tbody>${rows.join('')}</tbody></table>${more}`;
}

/** Says of numbers and packets that nobody's network makes them now; empty where there are none. */
function recordedNote(picture: PictureOptions, { recording, words }: PicturePlace): string {
  if (!recording || picture.name === 'layers' || picture.name === 'journey') return '';
  return `<p class="recorded-note">${words.recorded(escapeHtml(recording.recordedOn), escapeHtml(recording.kernel))}</p>`;
}

function layersTable({ layers: { examples, osi, tcpIp, cable } }: LessonWords): string {
  const [application, presentation, session, transport, network, dataLink, physical] = osi;
  const [applicationLayer, transportLayer, internetLayer, linkLayer] = tcpIp;
  return `<table><thead><tr><th>OSI</th><th>TCP/IP</th><th>${examples}</th></tr></thead><tbody>
<tr><td>${application}</td><td rowspan="3">${applicationLayer}</td><td rowspan="3">HTTP, DNS, SSH, TLS</td></tr>
<tr><td>${presentation}</td></tr>
<tr><td>${session}</td></tr>
<tr><td>${transport}</td><td>${transportLayer}</td><td>TCP, UDP</td></tr>
<tr><td>${network}</td><td>${internetLayer}</td><td>IPv4, IPv6, ICMP</td></tr>
<tr><td>${dataLink}</td><td rowspan="2">${linkLayer}</td><td rowspan="2">Ethernet, ARP, ${cable}</td></tr>
<tr><td>${physical}</td></tr>
</tbody></table>`;
}
