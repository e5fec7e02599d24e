/** Sentences of the comparison of a wrapped payload with the frames that really left. */
import { inPageLanguage } from '../../ui/i18n/page-language.ts';

const en = {
  title: 'And the real ones',
  howTo: (from: string, to: string) =>
    `Send these very bytes from ${from} to ${to}, and the frames that leave stand below.`,
  listen: (node: string) => `First, on ${node}: a program that listens`,
  send: (node: string) => `Then, on ${node}: the payload in one call`,
  sendOnly: (node: string) => `On ${node}: the payload in one call`,
  start: 'Start the lab to compare it with real frames.',
  tooLong: 'Too long for a line to type: compare a shorter payload.',
  waiting: (endpoint: string) => `Nothing of it has left ${endpoint} yet.`,
  packet: 'Packet',
  part: { ethernet: 'Ethernet', ip: 'IPv4', transport: 'Transport', data: 'Data' },
  wrapped: 'wrapped here',
  captured: (endpoint: string) => `captured at ${endpoint}`,
  same: 'As wrapped, to the byte.',
  differs: 'Not all is as wrapped:',
  number: (wrapped: number, real: number) => `${wrapped} packets were wrapped, ${real} left.`,
  mtu: 'The MTU of the interface is another one than above.',
  timestamps: 'This connection carries no timestamps: its headers are 12 bytes shorter.',
  options: 'The TCP header has other options than the timestamps.',
  clear: 'Forget these frames',
};

const zh: typeof en = {
  title: '再看真实的帧',
  howTo: (from, to) => `把同样的字节从 ${from} 发往 ${to}，真正发出的帧会显示在下面。`,
  listen: (node) => `先在 ${node} 上：一个监听的程序`,
  send: (node) => `再在 ${node} 上：一次调用发出载荷`,
  sendOnly: (node) => `在 ${node} 上：一次调用发出载荷`,
  start: '启动实验后，就能与真实的帧比较。',
  tooLong: '太长，一行命令写不下：请比较短一些的载荷。',
  waiting: (endpoint) => `${endpoint} 还没有发出其中任何数据。`,
  packet: '数据包',
  part: { ethernet: '以太网', ip: 'IPv4', transport: '传输层', data: '数据' },
  wrapped: '这里封装的',
  captured: (endpoint) => `在 ${endpoint} 抓到的`,
  same: '与封装的结果逐字节一致。',
  differs: '与封装的结果不完全一致：',
  number: (wrapped, real) => `封装得到 ${wrapped} 个数据包，实际发出 ${real} 个。`,
  mtu: '接口的 MTU 与上面的不同。',
  timestamps: '这条连接没有时间戳选项：首部短 12 字节。',
  options: 'TCP 首部中除时间戳外还有其他选项。',
  clear: '清除这些帧',
};

export const words = inPageLanguage({ en, zh });
