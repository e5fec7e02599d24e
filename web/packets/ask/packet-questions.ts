/** What one packet can be asked about: its layers, the lengths of its headers, its ports and numbers, its bytes. Pure. */
import type { Decoded, Field, Layer } from '../../../server/packet/decode.ts';
import { layerName } from '../layer-names.ts';
import type { Packet } from '../packet.ts';
import { words as packetWords } from '../words.ts';
import { shuffled, type ByteRange, type Question } from './question.ts';
import { words } from './words.ts';

const { tcpipLayers } = packetWords;

const ETHERNET_BYTES = 14;
const TCPIP = ['Application', 'Transport', 'Internet', 'Link'] as const;
/** Fields whose layer is worth a question: each course names them. */
const TELLING = [
  'eth.dst',
  'eth.src',
  'eth.type',
  'arp.opcode',
  'ip.ttl',
  'ip.proto',
  'ip.id',
  'ip.flags.mf',
  'ip.frag_offset',
  'ip.checksum',
  'ip.src',
  'ipv6.hlim',
  'icmp.type',
  'icmp.seq',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.flags.syn',
  'tcp.window_size_value',
  'tcp.seq_raw',
  'udp.dstport',
  'udp.length',
  'http.request.method',
  'http.host',
  'dns.qry.name',
] as const;
const CHOICES = 4;

/** Of IP: RFC 5237, the numbers that labs meet. */
const PROTOCOLS: ReadonlyMap<number, string> = new Map([
  [1, 'ICMP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [47, 'GRE'],
]);

/** All of them; the caller takes one that was not asked yet. */
export function questionsAbout(packet: Packet, decoded: Decoded, random: () => number): Question[] {
  // Of what an error quotes and of what is in a tunnel there would be two of everything.
  const layers = outerLayers(decoded.layers);
  if (decoded.error !== undefined || layers.length < 2) return [];
  return [
    ...layerQuestions(packet, layers),
    ...headerQuestions(packet, layers),
    ...byteQuestions(packet, layers, random),
    ...internetQuestions(packet, layers),
    ...transportQuestions(packet, layers),
  ];
}

function outerLayers(layers: readonly Layer[]): readonly Layer[] {
  const at = layers.findIndex(
    (layer, index) => layers.findIndex(({ protocol }) => protocol === layer.protocol) < index,
  );
  return at < 0 ? layers : layers.slice(0, at);
}

function layerQuestions(packet: Packet, layers: readonly Layer[]): Question[] {
  return TELLING.flatMap((name) => {
    const found = fieldOf(layers, name);
    const { models, title } = found ? layerName(found.layer.protocol) : { models: null, title: '' };
    if (!found || models === null) return [];
    return [
      {
        // Once answered for one packet it is answered for all.
        key: `layer ${name}`,
        packet,
        text: words.layerOf(name),
        form: { type: 'choice', choices: TCPIP.map((layer) => tcpipLayers[layer]), right: tcpipLayers[models.tcpip] },
        why: words.layerWhy(name, String(found.field.value), title),
        bytes: rangesOf(found.field),
      } satisfies Question,
    ];
  });
}

function headerQuestions(packet: Packet, layers: readonly Layer[]): Question[] {
  return ['eth', 'ip', 'ipv6', 'tcp', 'udp'].flatMap((protocol) => {
    const layer = layers.find((one) => one.protocol === protocol);
    if (!layer) return [];
    const { title } = layerName(protocol);
    const { offset, length } = layer;
    return [
      {
        key: `header ${protocol} ${length}`,
        packet,
        text: words.headerLength(title),
        form: { type: 'number', right: length },
        why: words.headerWhy(title, length, offset, offset + length - 1),
        bytes: [{ offset, length }],
      } satisfies Question,
    ];
  });
}

/** "Which field are these bytes?" with others of the same packet to choose from. */
function byteQuestions(packet: Packet, layers: readonly Layer[], random: () => number): Question[] {
  const fields = layers
    .filter(({ protocol }) => protocol !== 'data')
    .flatMap((layer) => layer.fields)
    .filter(({ name, length }) => length > 0 && length <= 6 && (TELLING as readonly string[]).includes(name));
  // Flags share their byte with others: it would have several right answers.
  const clear = fields.filter((field) => !field.name.includes('flags') && !field.name.includes('frag_offset'));
  return clear.map((field) => {
    const others = shuffled(
      clear.filter(({ name }) => name !== field.name).map(({ name }) => name),
      random,
    );
    return {
      key: `bytes ${field.name} ${String(field.value)}`,
      packet,
      text: words.litField,
      form: {
        type: 'choice',
        choices: shuffled([field.name, ...others.slice(0, CHOICES - 1)], random),
        right: field.name,
      },
      why: words.litFieldWhy(field.name, String(field.value)),
      bytes: rangesOf(field),
      isLitFirst: true,
    };
  });
}

function internetQuestions(packet: Packet, layers: readonly Layer[]): Question[] {
  const length = fieldOf(layers, 'ip.len');
  const protocol = fieldOf(layers, 'ip.proto');
  const offset = fieldOf(layers, 'ip.frag_offset');
  const questions: Question[] = [];
  if (length && layers[0]?.protocol === 'eth' && layers[1]?.protocol === 'ip') {
    const right = Number(length.field.value);
    if (right === packet.length - ETHERNET_BYTES) {
      questions.push({
        key: `mtu ${right}`,
        packet,
        text: words.againstMtu,
        form: { type: 'number', right },
        why: words.againstMtuWhy(packet.length, right),
        bytes: rangesOf(length.field),
      });
    }
  }
  const name = PROTOCOLS.get(Number(protocol?.field.value));
  if (protocol && name !== undefined) {
    questions.push({
      key: `behind ${name}`,
      packet,
      text: words.behind,
      form: { type: 'choice', choices: [...PROTOCOLS.values()], right: name },
      why: words.behindWhy(Number(protocol.field.value)),
      bytes: rangesOf(protocol.field),
    });
  }
  const steps = Number(offset?.field.value ?? 0);
  if (offset && steps > 0) {
    questions.push({
      key: `starts ${steps}`,
      packet,
      text: words.startsAt,
      form: { type: 'number', right: steps * 8 },
      why: words.startsWhy(steps, steps * 8),
      bytes: rangesOf(offset.field),
    });
  }
  return questions;
}

function transportQuestions(packet: Packet, layers: readonly Layer[]): Question[] {
  const transport = layers.find(({ protocol }) => protocol === 'tcp' || protocol === 'udp');
  if (!transport) return [];
  const { protocol } = transport;
  const questions: Question[] = [];
  const source = fieldOf(layers, `${protocol}.srcport`);
  if (source) {
    const port = Number(source.field.value);
    questions.push({
      key: `port ${port}`,
      packet,
      text: words.answerPort,
      form: { type: 'number', right: port },
      why: words.answerPortWhy(port),
      bytes: rangesOf(source.field),
    });
  }
  const carried =
    protocol === 'tcp'
      ? Number(fieldOf(layers, 'tcp.len')?.field.value ?? 0)
      : Number(fieldOf(layers, 'udp.length')?.field.value ?? 8) - 8;
  if (carried > 0 && transport.offset + transport.length + carried <= packet.bytes.length) {
    questions.push({
      key: `carried ${carried}`,
      packet,
      text: words.carried(protocol.toUpperCase()),
      form: { type: 'number', right: carried },
      why: words.carriedWhy(carried),
      bytes: [{ offset: transport.offset + transport.length, length: carried }],
    });
  }
  const seq = fieldOf(layers, 'tcp.seq_raw');
  if (seq && carried > 0) {
    const number = Number(seq.field.value);
    const right = (number + carried) >>> 0;
    questions.push({
      key: `ack ${number}`,
      packet,
      text: words.acknowledgement(number, carried),
      form: { type: 'number', right },
      why: words.acknowledgementWhy(number, carried, right),
      bytes: rangesOf(seq.field),
    });
  }
  return questions;
}

function fieldOf(layers: readonly Layer[], name: string): { field: Field; layer: Layer } | null {
  for (const layer of layers) {
    for (const field of layer.fields) if (field.name === name) return { field, layer };
  }
  return null;
}

function rangesOf({ offset, length }: Field): ByteRange[] {
  return length > 0 ? [{ offset, length }] : [];
}
