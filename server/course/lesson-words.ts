/** Words that the platform adds to a lesson: captions, the forms of questions, pictures as lists and tables. */
import { languageOfTag, type ByLanguage } from '../contract/language.ts';
import { SUMMARY_WORDS } from '../packet/summary-words.ts';
import { SUMMARY_WORDS_ZH } from '../packet/summary-words-zh.ts';

const en = {
  /** A part of a translation. */
  behind: 'The original of this part has changed since it was translated.',
  readOriginal: (language: string) => `Read it in ${language}`,
  yourAnswer: 'Your answer',
  answer: 'Answer',
  captions: {
    topology: 'The network of this lab',
    counters: (node: string) => `Counters of ${node}`,
    packets: (at: string) => `Packets at ${at}`,
    receives: (node: string) => `How ${node} receives a packet`,
    sends: (node: string) => `How ${node} sends a packet`,
    journey: (from: string) => `One packet of ${from} on its way through the kernel`,
    layers: 'OSI and TCP/IP side by side',
  },
  /** Parts are HTML. */
  packets: (at: string, filters: readonly string[]) =>
    `The packets at ${at}${filters.length === 0 ? '' : ` that match ${filters.join(' and ')}`}.`,
  journey: (command: string, from: string) => `The packet that ${command} on ${from} sends, event by event.`,
  kinds: {
    host: (node: string) => `${node} is a host`,
    router: (node: string) => `${node} is a router`,
    switch: (node: string) => `${node} is a switch`,
  },
  nodes: (nodes: readonly string[]) => `${nodes.join(', ')}.`,
  network: {
    node: 'Node',
    interface: 'Interface',
    addresses: 'Addresses',
    linkedTo: 'Linked to',
    link: 'Link',
    sent: 'Sent',
    received: 'Received',
    dropped: 'Dropped',
  },
  counter: 'Counter',
  sinceStart: 'Since the start',
  packetColumns: ['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'Info'],
  /** Of a packet in one line. */
  summary: SUMMARY_WORDS,
  more: (count: number) => `and ${count} more.`,
  recorded: (date: string, kernel: string) =>
    `A recorded example of this lab, made on ${date} with Linux ${kernel}. Your own network will show its own.`,
  impaired: 'impaired',
  receivePath: [
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
  ],
  transmitPath: [
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
  ],
  layers: {
    examples: 'Examples',
    osi: ['7 Application', '6 Presentation', '5 Session', '4 Transport', '3 Network', '2 Data link', '1 Physical'],
    tcpIp: ['Application', 'Transport', 'Internet', 'Link'],
    cable: 'the cable',
  },
  listSeparator: ', ',
};

export type LessonWords = typeof en;

const zh: LessonWords = {
  behind: '这一部分翻译之后，原文又有改动。',
  readOriginal: (language) => `读原文（${language}）`,
  yourAnswer: '你的答案',
  answer: '提交答案',
  captions: {
    topology: '本实验的网络',
    counters: (node) => `${node} 的计数器`,
    packets: (at) => `${at} 处的数据包`,
    receives: (node) => `${node} 怎样接收一个包`,
    sends: (node) => `${node} 怎样发送一个包`,
    journey: (from) => `${from} 的一个包穿过内核的旅程`,
    layers: 'OSI 与 TCP/IP 对照',
  },
  packets: (at, filters) => `${at} 处${filters.length === 0 ? '' : `匹配 ${filters.join(' 和 ')} `}的数据包。`,
  journey: (command, from) => `${from} 上的 ${command} 发出的那个包，逐个事件地看。`,
  kinds: {
    host: (node) => `${node} 是主机`,
    router: (node) => `${node} 是路由器`,
    switch: (node) => `${node} 是交换机`,
  },
  nodes: (nodes) => `${nodes.join('，')}。`,
  network: {
    node: '节点',
    interface: '接口',
    addresses: '地址',
    linkedTo: '对端',
    link: '链路',
    sent: '发送',
    received: '接收',
    dropped: '丢弃',
  },
  counter: '计数器',
  sinceStart: '自启动以来',
  packetColumns: ['序号', '时间', '源', '目的', '协议', '长度', '信息'],
  summary: SUMMARY_WORDS_ZH,
  more: (count) => `另有 ${count} 个。`,
  recorded: (date, kernel) =>
    `这是本实验的一份录制示例，${date} 在 Linux ${kernel} 上录制。你自己的网络会显示它自己的数据。`,
  impaired: '有损伤',
  receivePath: [
    '网卡：一个帧到达',
    'DMA 写入接收环',
    '硬中断',
    '软中断 NET_RX：NAPI 轮询',
    'sk_buff',
    '抓包点：tcpdump 在这里看',
    '链路层：谁来接收这个 EtherType？',
    'IP 输入：首部正确吗？',
    'netfilter：prerouting',
    '路由判决：给谁的？',
    '重组',
    'netfilter：input',
    '传输层：哪个套接字？',
    '套接字的接收队列',
    '应用：recv()',
  ],
  transmitPath: [
    '应用：send()',
    '套接字的发送缓冲区',
    '传输层：报文段或数据报',
    '路由：从哪里出去？',
    'IP 输出',
    'netfilter：output、postrouting',
    '分片',
    '邻居：哪个 MAC 地址？',
    '排队规则（qdisc）',
    '抓包点：tcpdump 在这里看',
    '驱动',
    '发送环与门铃',
    '网卡：帧发出',
  ],
  layers: {
    examples: '例子',
    osi: ['7 应用层', '6 表示层', '5 会话层', '4 传输层', '3 网络层', '2 数据链路层', '1 物理层'],
    tcpIp: ['应用层', '传输层', '网络层', '链路层'],
    cable: '线缆',
  },
  listSeparator: '、',
};

const words: ByLanguage<LessonWords> = { en, zh };

/** For a lesson in a language that the pages are not written in: English. */
export function lessonWords(language: string): LessonWords {
  return words[languageOfTag(language) ?? 'en'];
}
