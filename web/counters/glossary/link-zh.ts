/** Interfaces, queueing disciplines and connection tracking in Simplified Chinese: the sentences of link.ts. */
import type { SentencesOf } from './group.ts';
import type { CONNTRACK, INTERFACE, QDISC } from './link.ts';

export const INTERFACE_ZH: SentencesOf<typeof INTERFACE> = {
  rx_packets: '接口收到并交给协议栈的帧。',
  tx_packets: '接口发出的帧。在 veth 上，稍后才切开的大帧算一个。',
  rx_bytes: '收到的帧的字节数，含以太网首部，不含前导码和校验。',
  tx_bytes: '发出的帧的字节数，含以太网首部，不含前导码和校验。',
  rx_errors: '收到而损坏的帧：长度、CRC、帧、FIFO 和溢出错误之和。',
  tx_errors: '因故障没有发出的帧：失去载波、中止、队列欠载。',
  rx_dropped: '完好收到、却在任何协议之前丢弃的帧：没有内存，或没有人接收这个 EtherType。',
  tx_dropped: '在出去的路上丢弃的帧；在 veth 上也包括对端停用而没有接的。',
  multicast: '收到的组播帧。',
  collisions: '两个站在共享线缆上同时发送；在今天的任何链路上都是 0。',
  rx_compressed: '收到的压缩包；只有串行链路才有。',
  tx_compressed: '发出的压缩包；只有串行链路才有。',
  rx_crc_errors: '收到而校验（FCS）不符的帧：在线缆上损坏了。veth 没有。',
  rx_frame_errors: '收到而不是整字节结束的帧。',
  rx_length_errors: '收到而对链路来说太短或太长的帧。',
  rx_fifo_errors: '因网卡缓冲区溢出而丢失的帧。',
  rx_missed_errors: '因接收环没有空位而被网卡丢弃的帧：内核清空得太慢。',
  rx_over_errors: '因网卡没有缓冲区而丢失的帧。',
  rx_nohandler: '因接口没有在用而收到后丢弃的帧，例如 bond 中不活动的端口。',
  rx_otherhost_dropped: '因目的 MAC 是别人的而丢弃的帧；在接口处于混杂模式或交换机泛洪时出现。',
  tx_aborted_errors: '网卡放弃的帧，在旧链路上因碰撞太多。',
  tx_carrier_errors: '因链路在此期间中断而没有发出的帧。',
  tx_fifo_errors: '因网卡在帧的中途断了数据而没有发出的帧。',
  tx_heartbeat_errors: '收发器缺失的心跳；只有双绞线之前的以太网才有。',
  tx_window_errors: '发得太晚、看不到碰撞的帧；只有半双工链路才有。',
  carrier_changes: '链路接通或断开的次数。',
};

export const QDISC_ZH: SentencesOf<typeof QDISC> = {
  bytes: '经过接口前这个队列的字节数。',
  packets: '经过这个队列的包；要由接口切开的大包按切开后的数目算。',
  drops: '队列丢弃的包：队列已满，或它的规则如此（netem 的丢包、fq_codel 的提前丢弃）。',
  overlimits: '因速率不允许而让包等待的次数；对 tbf 是正常的，不是丢失。',
  requeues: '因接口没法接而把包放回队列的次数。',
  backlog: '不是累计：此刻在队列里等待的字节数。',
  qlen: '不是累计：此刻在队列里等待的包数。',
};

export const CONNTRACK_ZH: SentencesOf<typeof CONNTRACK> = {
  count: '不是累计：本节点此刻为 NAT 和有状态规则所跟踪的连接数。',
};
