/** What a summary says in words, in Simplified Chinese. Tokens of protocols (`seq=`, `Win=`, flags) stay as they are. */
import type { SummaryWords } from './summary-words.ts';

function describeArp(opcode: number | string | undefined, text: (name: string) => string): string {
  const source = text('arp.src.proto_ipv4');
  const target = text('arp.dst.proto_ipv4');
  if (opcode === 1) {
    if (text('arp.isannouncement') === '1') return `ARP 宣告 ${source}`;
    if (text('arp.isgratuitous') === '1') return `免费 ARP ${source}（请求）`;
    if (text('arp.isprobe') === '1') return `谁是 ${target}？（ARP 探测）`;
    return `谁是 ${target}？请告诉 ${source}`;
  }
  if (opcode === 2) {
    if (text('arp.isgratuitous') === '1') return `免费 ARP ${source}（应答）`;
    return `${source} 位于 ${text('arp.src.hw_mac')}`;
  }
  return `ARP 操作码 ${opcode ?? '?'}`;
}

const UNREACHABLE: readonly string[] = [
  '网络不可达',
  '主机不可达',
  '协议不可达',
  '端口不可达',
  '需要分片',
  '源路由失败',
  '目的网络未知',
  '目的主机未知',
  '源主机被隔离',
  '网络被管理策略禁止',
  '主机被管理策略禁止',
  '该服务类型的网络不可达',
  '该服务类型的主机不可达',
  '通信被管理策略过滤',
];

function describeIcmp(type: number, code: number): string {
  switch (type) {
    case 0:
      return 'Echo（ping）应答';
    case 3:
      return `目的不可达（${UNREACHABLE[code] ?? `代码 ${code}`}）`;
    case 4:
      return '源抑制（流量控制）';
    case 5:
      return `重定向（针对${code === 0 ? '网络' : '主机'}）`;
    case 8:
      return 'Echo（ping）请求';
    case 11:
      return `超时（${code === 0 ? '途中 TTL 用尽' : '分片重组超时'}）`;
    case 12:
      return '参数有问题';
    case 13:
      return '时间戳请求';
    case 14:
      return '时间戳应答';
    default:
      return `ICMP 类型 ${type} 代码 ${code}`;
  }
}

const UNREACHABLE_6: readonly string[] = [
  '没有到目的地的路由',
  '被管理策略禁止',
  '超出源地址的范围',
  '地址不可达',
  '端口不可达',
];

const ICMPV6: ReadonlyMap<number, string> = new Map([
  [2, '包太大'],
  [4, '参数有问题'],
  [128, 'Echo（ping）请求'],
  [129, 'Echo（ping）应答'],
  [130, '组播侦听者查询'],
  [131, '组播侦听者报告'],
  [132, '组播侦听者离开'],
  [133, '路由器请求'],
  [134, '路由器通告'],
  [135, '邻居请求'],
  [136, '邻居通告'],
  [137, '重定向'],
  [143, '组播侦听者报告 v2'],
]);

function describeIcmpv6(type: number, code: number): string {
  if (type === 1) return `目的不可达（${UNREACHABLE_6[code] ?? `代码 ${code}`}）`;
  if (type === 3) return `超时（${code === 0 ? '途中跳数限制用尽' : '分片重组超时'}）`;
  return ICMPV6.get(type) ?? `ICMPv6 类型 ${type} 代码 ${code}`;
}

export const SUMMARY_WORDS_ZH: SummaryWords = {
  arp: describeArp,
  icmp: describeIcmp,
  icmpv6: describeIcmpv6,
  solicits: (target) => ` 谁是 ${target}？`,
  from: (mac) => ` 来自 ${mac}`,
  isAt: (mac) => ` 位于 ${mac}`,
  ipProtocol: (number) => `IP 协议 ${number}`,
  ipFragment: (facts) => `IP 分片（${facts}）`,
  nextHeader: (number) => `IPv6 下一个首部 ${number}`,
  ipv6Fragment: (facts) => `IPv6 分片（${facts}）`,
  dns: (isResponse, id) => `标准查询${isResponse ? '的响应' : ''} ${id}`,
  dnsFailure: (code) => (code === 3 ? ' 没有这个域名' : ` 错误 ${code}`),
  etherType: (type) => `以太网类型 ${type}`,
  length: (bytes) => `802.3，${bytes} 字节`,
  continuation: '后续数据',
};
