/** The fields of the transport layer in Simplified Chinese. One line: name | meaning. */
export const TRANSPORT_MEANINGS_ZH = `
tcp | 两个应用之间可靠的字节流：编号、确认、丢失重传。
tcp.srcport | 发送方应用的端口。
tcp.dstport | 接收方应用的端口。
tcp.len | 本报文段的数据字节数，由 IP 和 TCP 首部的长度算出。
tcp.seq_raw | 本段第一个字节在发送方字节流中的序号。
tcp.ack_raw | 发送方接下来期待的字节的序号：此前的都已到达。
tcp.hdr_len | 含选项的首部字节数；线路上以四字节为单位。
tcp.flags | 各控制位合在一起。
tcp.flags.res | 尚无含义的位。
tcp.flags.ae | 精确拥塞反馈的一部分。
tcp.flags.cwr | 发送方在收到拥塞标记后已经减速。
tcp.flags.ece | 接收方看到了拥塞标记；在 SYN 里表示懂得这种标记。
tcp.flags.urg | 紧急指针有效。
tcp.flags.ack | 确认号有效；除第一个报文段外都置位。
tcp.flags.push | 把已到达的数据立即交给应用。
tcp.flags.reset | 连接不存在，或立即终止。
tcp.flags.syn | 打开连接，并给出初始序号。
tcp.flags.fin | 发送方没有更多数据：关闭它的方向。
tcp.window_size_value | 接收方此刻还能接收多少字节，未乘扩大因子。
tcp.checksum | 对报文段和 IP 地址的校验和。
tcp.checksum.status | 该校验和是否正确：0 错，1 对，2 未验证。
tcp.checksum_calculated | 这些字节的校验和应当是多少。
tcp.urgent_pointer | 紧急数据到哪里为止，从序号算起。
tcp.options | 所有选项合在一起。
tcp.options.eol | 选项结束；其余是填充。
tcp.options.nop | 选项之间的一字节填充。
tcp.options.mss | 发出此选项的一方能接收的最大报文段。
tcp.options.wscale | 窗口值要扩大多少。
tcp.options.sack_perm | 发送方懂得选择确认。
tcp.options.sack | 缺口之后哪些数据块已经到达。
tcp.options.timestamp | 自己的时钟值，以及回送的对方时钟值，用来测量往返时间。
tcp.option_kind | 这是哪个选项。
tcp.option_len | 选项的字节数，含类型和长度。
tcp.options.mss_val | 发送方每段最多能接收的数据字节数。
tcp.options.wscale.shift | 窗口值左移的位数。
tcp.options.wscale.multiplier | 同样的意思，写成倍数：窗口值乘以它。
tcp.options.sack.count | 列出了几个块。
tcp.options.sack_le | 一个已到达的块的第一个序号。
tcp.options.sack_re | 该块之后的下一个序号。
tcp.options.timestamp.tsval | 发送方发出本段时的时钟值。
tcp.options.timestamp.tsecr | 发送方最近看到的对方时钟值。
tcp.payload | 本段携带的流中的字节。
udp | 两个应用之间的单条消息，不保证到达和顺序。
udp.srcport | 发送方应用的端口。
udp.dstport | 接收方应用的端口。
udp.length | 首部与数据的字节数。
udp.checksum | 对消息和 IP 地址的校验和；发送方没有计算时为零。
udp.checksum.status | 该校验和是否正确：0 错，1 对，2 未验证，3 没有，4 必须有却没有。
udp.checksum_calculated | 这些字节的校验和应当是多少。
udp.payload | 应用发送的消息。
`;
