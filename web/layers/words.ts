/** Sentences around the two models and the bench that wraps a payload. */
import { inPageLanguage } from '../ui/i18n/page-language.ts';

const en = {
  sideBySide: 'OSI and TCP/IP side by side',
  onLinux: 'on Linux',
  layerOfTcpIp: (name: string, isLit: boolean) => `${name} layer of TCP/IP${isLit ? ', in this lab' : ''}`,
  thisLab: 'this lab',
  wrap: 'Wrap a payload',
  firstPayload: 'Hello from h1!',
  payload: 'Payload',
  times: 'Times',
  transport: 'Transport',
  asHttp: 'as an HTTP request',
  fits: (used: number, mtu: number) =>
    `✓ Fits: ${used} of ${mtu} bytes that the MTU allows. ${mtu - used} more would fit.`,
  segments: (count: number, bytes: number, mss: number, carried: number) =>
    `${count} segments: TCP cuts ${bytes} bytes so that each fits. It announces an MSS of ${mss} (MTU − 40), and carries ${carried} per segment, since timestamps take 12. IP has nothing to cut.`,
  fragments: (count: number, bytes: number, mtu: number) =>
    `✂ ${count} fragments: the datagram would be ${bytes} bytes, the MTU is ${mtu}. IP cuts it, and only the first piece carries the ports.`,
  refused: (bytes: number, transport: string) =>
    `✕ Refused: ${bytes} bytes in one ${transport} datagram are more than the length field of IPv4 can say (65,507). send() fails with "Message too long".`,
  moreLikeThese: (count: number) => `… ${count} more like these …`,
  packetSizes: (frame: number, packet: number, mtu: number) =>
    `${frame} bytes in a capture, ${packet} count against ${mtu}`,
  offset: (units: number, hasMore: boolean) => `, offset ${units} (× 8), ${hasMore ? 'more follow' : 'the last'}`,
  data: 'data',
  payloadPart: 'payload',
};

const zh: typeof en = {
  sideBySide: 'OSI 与 TCP/IP 对照',
  onLinux: '在 Linux 上',
  layerOfTcpIp: (name, isLit) => `TCP/IP 的${name}${isLit ? '，本实验涉及' : ''}`,
  thisLab: '本实验',
  wrap: '封装一份载荷',
  firstPayload: '你好，我是 h1！',
  payload: '载荷',
  times: '次数',
  transport: '传输协议',
  asHttp: '作为 HTTP 请求',
  fits: (used, mtu) => `✓ 放得下：MTU 允许 ${mtu} 字节，用了 ${used}，还能再放 ${mtu - used} 字节。`,
  segments: (count, bytes, mss, carried) =>
    `${count} 个报文段：TCP 把 ${bytes} 字节切成每段都放得下。它通告的 MSS 是 ${mss}（MTU − 40），每段实际携带 ${carried}，因为时间戳占 12 字节。IP 没有什么要切的。`,
  fragments: (count, bytes, mtu) =>
    `✂ ${count} 个分片：数据报有 ${bytes} 字节，而 MTU 是 ${mtu}。IP 把它切开，只有第一片带着端口。`,
  refused: (bytes, transport) =>
    `✕ 被拒绝：一个 ${transport} 数据报里的 ${bytes} 字节超过了 IPv4 长度字段所能表示的（65507）。send() 失败：“Message too long”。`,
  moreLikeThese: (count) => `……还有 ${count} 个这样的……`,
  packetSizes: (frame, packet, mtu) => `抓包里 ${frame} 字节，其中 ${packet} 计入 ${mtu}`,
  offset: (units, hasMore) => `，偏移 ${units}（× 8），${hasMore ? '后面还有' : '最后一片'}`,
  data: '数据',
  payloadPart: '载荷',
};

export const words = inPageLanguage({ en, zh });
