/** The rows of model-rows.ts in Simplified Chinese, loaded where they are shown. */
import { MODEL, type ModelGroup, type ModelRow } from './model-rows.ts';

interface RowTexts extends Pick<ModelRow, 'title' | 'linux' | 'more'> {
  readonly unit?: string;
  /** What each command shows, in their order. */
  readonly commands: readonly string[];
}

/** By the English title. */
export const ROWS_ZH: Readonly<Record<string, RowTexts>> = {
  Application: {
    title: '应用层',
    unit: '消息',
    linux: '程序及其库：HTTP、DNS、SSH',
    more: '说的是什么：一个请求、一个回答、一个名字。对下面各层来说，它只是没有含义的数据。OSI 分成三层的，TCP/IP 只有一层，所以“七层”就是 TCP/IP 的第四层。',
    commands: ['请求和回答，逐行显示', '程序交给内核、从内核取走的东西'],
  },
  Presentation: {
    title: '表示层',
    linux: '程序里的库：TLS、字符集、JSON',
    more: '怎样书写：加密、压缩、用哪种字符。在 Linux 上这是程序里的库的工作，内核不参与（除非它应程序的要求加密 TLS 记录）。',
    commands: ['TLS 的记录：类型可读，内容不可读'],
  },
  Session: {
    title: '会话层',
    linux: '程序：登录、cookie、它保持的连接',
    more: '谁和谁交谈、谈多久。程序保持连接、重新建立连接，并记住对方是谁。对内核来说每个连接是一个套接字，对程序来说是一个文件描述符。',
    commands: ['连接以及持有它们的程序'],
  },
  'System calls and sockets': {
    title: '系统调用与套接字',
    unit: '字节',
    linux: 'send()、recv()、struct socket、缓冲区',
    more: '不在任何模型里，却是等待最多的地方：程序交出字节就继续做别的，内核把字节放在记在套接字账上的缓冲区里。往上，字节属于程序；往下，属于内核。',
    commands: ['每个套接字的缓冲区里有什么在等'],
  },
  Transport: {
    title: '传输层',
    unit: '报文段（TCP）、数据报（UDP）',
    linux: 'net/ipv4/tcp*.c、udp.c：端口、顺序、窗口',
    more: '从程序到程序。端口说明是哪个套接字。TCP 给字节编号，重发丢失的数据，为接收方和网络放慢速度；UDP 什么都不做。',
    commands: ['窗口、往返时间和重传', 'TCP 和 UDP 的统计'],
  },
  Network: {
    title: '网络层',
    unit: '包',
    linux: '路由、IP、ICMP、分片、netfilter',
    more: '从主机到主机，经过多少个网络都行。地址全程不变（除非被转换）；TTL 每过一台路由器就变小。',
    commands: ['包往哪里走', 'IP 和 ICMP 的统计'],
  },
  'Data link': {
    title: '数据链路层',
    unit: '帧',
    linux: '邻居表、网桥、排队规则（qdisc）',
    more: '从一个接口到同一链路上的下一个接口。MAC 地址在每条链路上都是新的：目的地址是下一跳的，不是远端主机的。',
    commands: ['哪个 MAC 地址属于哪个邻居', '五个帧及其 MAC 地址'],
  },
  Physical: {
    title: '物理层',
    unit: '比特',
    linux: '驱动和网卡；这里由一对 veth 代替',
    more: '光、电压、无线电。你的网络一样也没有：veth 是从一端到另一端的函数调用。它的状态、MTU 和数字看起来与真实网卡一样。',
    commands: ['每个接口的状态、帧数、错误和丢弃'],
  },
};

/** By the English name. */
export const GROUPS_ZH: Readonly<Record<string, string>> = {
  Application: '应用层',
  'Border of the kernel': '内核的边界',
  Transport: '传输层',
  Internet: '网络层',
  Link: '链路层',
};

export const MODEL_ZH: readonly ModelGroup[] = MODEL.map((group) => ({
  ...group,
  name: GROUPS_ZH[group.name] ?? group.name,
  rows: group.rows.map((row) => translated(row, ROWS_ZH[row.title])),
}));

function translated(row: ModelRow, texts: RowTexts | undefined): ModelRow {
  if (!texts) return row;
  const { commands, ...others } = texts;
  return {
    ...row,
    ...others,
    commands: row.commands.map((command, index) => ({ ...command, shows: commands[index] ?? command.shows })),
  };
}
