/** What can be wrong with a frame, in Simplified Chinese. */
import type { FaultWords } from './faults.ts';

export const FAULT_WORDS_ZH: FaultWords = {
  unknownLinkType: (linkType) => `这里不认识链路类型为 ${linkType} 的帧。`,
  cut: (kept) => `抓包只保留了这个帧的前 ${kept} 字节。`,
  missing: () => '某个首部说后面还有更多字节，实际却没有那么多。',
  tooDeep: () => '首部嵌套得太深。',
  otherVersion: (announced, version) => `它被声明为 ${announced}，版本字段却是 ${version}。`,
  headerLength: (protocol, claimed, least) => `${protocol} 首部自称有 ${claimed} 字节，但它至少有 ${least} 字节。`,
  optionLength: (protocol, at) => `第 ${at} 字节处的 ${protocol} 选项的长度与它的首部不符。`,
  ipv4LengthBelowHeader: (total, header) => `IPv4 总长度（${total}）小于首部长度（${header}）。`,
  ipv4Length: (claimed, there) => `IPv4 首部说有 ${claimed} 字节，帧里却只有 ${there} 字节。`,
  ipv6PayloadLength: (claimed, there) => `IPv6 首部说载荷有 ${claimed} 字节，帧里却只有 ${there} 字节。`,
  ipv6OptionLength: (at) => `第 ${at} 字节处的 IPv6 选项超出了它的首部。`,
  neighborOptionLength: (at) => `第 ${at} 字节处的选项长度为零（RFC 4861 第 4.6 节禁止这样）。`,
  udpLengthBelowHeader: (length, header) => `UDP 长度（${length}）小于首部的 ${header} 字节。`,
  udpLength: (claimed, there) => `UDP 首部说有 ${claimed} 字节，包里却只有 ${there} 字节。`,
  dnsPointer: () => '压缩的 DNS 名字指向了自己或后面的位置。',
  dnsLabel: () => 'DNS 标签的类型在 RFC 1035 中没有定义。',
  dnsNameLength: () => 'DNS 名字超过了 255 字节。',
  ednsOptionLength: () => 'EDNS 选项比它所在的记录还长。',
  dhcpOptionLength: (code, length) => `DHCP 选项 ${code} 的长度（${length}）不是 RFC 2132 允许的。`,
};
