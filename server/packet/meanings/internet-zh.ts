/** The fields of the internet layer in Simplified Chinese. One line: name | meaning. */
export const INTERNET_MEANINGS_ZH = `
ip | IPv4 首部：包跨越网络从哪里到哪里，以及可以怎样被切开。
ip.version | 4：本首部所遵循的 IP 版本。
ip.hdr_len | 含选项的首部字节数；线路上以四字节为单位。
ip.dsfield | 路由器应当怎样对待此包：类别和拥塞标记。
ip.dsfield.dscp | 路由器可以照顾的服务类别；0 是普通。
ip.dsfield.ecn | 拥塞：0 不懂，1 和 2 懂，3 表示某台路由器拥塞了。
ip.len | 整个包的字节数，含本首部。
ip.id | 同一个包的各分片共有的号码。
ip.flags | 与分片有关的三位合在一起。
ip.flags.rb | 必须为 0。
ip.flags.df | 1 表示禁止路由器切开此包：太大就丢弃并报告。
ip.flags.mf | 1 表示同一个包后面还有分片。
ip.frag_offset | 本片在整体中的位置，以八字节为单位。
ip.ttl | 还能被多少台路由器转发；每台减一，到零就丢弃。
ip.proto | 内容属于哪个协议：1 ICMP，6 TCP，17 UDP。
ip.checksum | 只对本首部的校验和；每台路由器都重新计算。
ip.checksum.status | 该校验和是否正确：0 错，1 对，2 未验证。
ip.checksum_calculated | 本首部的校验和应当是多少。
ip.src | 发送此包的主机的地址。
ip.dst | 此包要给的主机的地址。
ip.opt.type | 这是哪个选项，含复制位和类别。
ip.opt.type.copy | 1 表示该选项进入每个分片。
ip.opt.type.class | 0 用于控制，2 用于测量。
ip.opt.type.number | 选项在其类别中的号码。
ip.opt.len | 选项的字节数，含类型和长度。
ip.opt.ptr | 下一台路由器在选项的何处读写，从 1 数起。
ip.opt.overflow | 有多少台路由器没有找到空位。
ip.opt.flag | 记录什么：0 时间，1 地址和时间，3 指定地址的时间。
ip.opt.ra | 0：每台路由器都应当查看此包。
ip.opt.time_stamp | 这一跳处理此包的时刻，世界时零点起的毫秒数。
ip.opt.time_stamp_addr | 已记录或应当记录时间的那一跳的地址。
ip.rec_rt | 途中某台路由器写在这里的地址。
ip.src_rt | 此包还要经过的地址。
ip.empty_rt | 给另一台路由器的地址留的空位。
ip.cur_rt | 源路由的下一站；路由的最后一个地址是目的地。
ip.options.eol | 选项结束；其余是填充。
ip.options.nop | 选项之间的一字节填充。
ip.options.record_route | 路由器把自己的地址写在这里。
ip.options.timestamp | 各跳把时间写在这里。
ip.options.routeralert | 请每台路由器都查看此包。
ip.options.route | 包必须经过的各站，中间走哪条路都行。
ip.options.source_route | 包必须一站接一站直接经过的各站。
ipv6 | IPv6 首部：包跨越网络从哪里到哪里。
ipv6.version | 6：本首部所遵循的 IP 版本。
ipv6.tclass | 路由器应当怎样对待此包：类别和拥塞标记。
ipv6.tclass.dscp | 路由器可以照顾的服务类别；0 是普通。
ipv6.tclass.ecn | 拥塞：0 不懂，1 和 2 懂，3 表示某台路由器拥塞了。
ipv6.flow | 同一次对话的包共有的号码，好让路由器使它们走同一条路。
ipv6.plen | 这个 40 字节首部之后的字节数。
ipv6.nxt | 后面是什么首部：扩展首部，或内容的协议。
ipv6.hlim | 还能被多少台路由器转发。
ipv6.src | 发送此包的主机的地址。
ipv6.dst | 此包要给的主机的地址。
ipv6.hopopts | 给途中每台路由器的选项。
ipv6.hopopts.nxt | 后面是什么首部。
ipv6.hopopts.len | 以八字节为单位的长度，不含第一个单位。
ipv6.hopopts.len_oct | 同样的长度，以字节表示。
ipv6.dstopts | 给目的地的选项。
ipv6.dstopts.nxt | 后面是什么首部。
ipv6.dstopts.len | 以八字节为单位的长度，不含第一个单位。
ipv6.dstopts.len_oct | 同样的长度，以字节表示。
ipv6.routing | 包在途中要经过的各站。
ipv6.routing.nxt | 后面是什么首部。
ipv6.routing.len | 以八字节为单位的长度，不含第一个单位。
ipv6.routing.len_oct | 同样的长度，以字节表示。
ipv6.routing.type | 路由的种类；0 已被禁用。
ipv6.routing.segleft | 前面还有多少站。
ipv6.fraghdr | 说明这是一个大包的一片；IPv6 里只有发送方切。
ipv6.fraghdr.nxt | 被切部分以什么首部开头。
ipv6.fraghdr.reserved_octet | 没有含义的字节。
ipv6.fraghdr.offset | 本片在整体中的位置，以八字节为单位。
ipv6.fraghdr.reserved_bits | 没有含义的位。
ipv6.fraghdr.more | 1 表示同一个包后面还有分片。
ipv6.fraghdr.ident | 同一个包的各分片共有的号码。
ipv6.opt | 一个选项。
ipv6.opt.type | 这是哪个选项，以及不认识时怎么办。
ipv6.opt.type.action | 不认识该选项的节点怎么办：0 跳过，1 丢弃，2 和 3 丢弃并报告。
ipv6.opt.type.change | 1 表示路由器可以改动选项的数据。
ipv6.opt.type.rest | 选项号码的其余部分。
ipv6.opt.length | 选项中数据的字节数。
ipv6.opt.pad1 | 一字节填充。
ipv6.opt.padn | 多字节填充。
ipv6.opt.router_alert | 路由器应当查看此包；0 用于组播监听者。
ipv6.opt.jumbo | 普通字段装不下的包长度。
icmp | 关于 IP 本身的消息：差错，以及 ping 用的回显。
icmp.type | 消息种类：8 请求回显，0 应答，3 不可达，11 超时。
icmp.code | 更确切地说明发生了什么；类型 3 中：1 主机，3 端口，4 包太大又不许切。
icmp.checksum | 对整条消息的校验和。
icmp.checksum.status | 该校验和是否正确：0 错，1 对，2 未验证。
icmp.ident | 一条 ping 命令的所有请求共用的号码。
icmp.ident_le | 同一个号码按另一种字节序来读，有些系统这样写。
icmp.seq | 本请求的序号；应答会重复它。
icmp.seq_le | 同一个序号按另一种字节序来读，有些系统这样写。
icmp.data_time | ping 发出它的时刻，写在数据里。
icmp.data_time_relative | 此帧在那之后多久被抓到。
icmp.unused | 没有含义的字节，为零。
icmp.reserved | 没有含义的字节，为零。
icmp.length | 引用的包的长度（以字为单位），后面还有内容时才有。
icmp.mtu | 下一条链路能传的最大的包。
icmp.pointer | 引用的包里哪个字节不对。
icmp.redir_gw | 去往此目的地更好的路由器。
icmp.originate_timestamp | 发送方发出的时刻，世界时零点起的毫秒数。
icmp.receive_timestamp | 请求到达的时刻。
icmp.transmit_timestamp | 应答离开的时刻。
icmp.address_mask | 网络掩码。
icmpv6 | 关于 IPv6 的消息：差错、回显，以及寻找邻居和路由器。
icmpv6.type | 消息种类：128 以下是差错；128 和 129 是回显，133 到 137 是邻居发现。
icmpv6.code | 更确切地说明发生了什么。
icmpv6.checksum | 对消息和 IPv6 地址的校验和。
icmpv6.checksum.status | 该校验和是否正确：0 错，1 对，2 未验证。
icmpv6.reserved | 没有含义的字节，为零。
icmpv6.length | 引用的包的长度，后面还有内容时才有。
icmpv6.mtu | 下一条链路能传的最大的包。
icmpv6.pointer | 引用的包里哪个字节不对。
icmpv6.echo.identifier | 一条 ping 命令的所有请求共用的号码。
icmpv6.echo.sequence_number | 本请求的序号；应答会重复它。
icmpv6.nd.ra.cur_hop_limit | 主机应当使用的跳数限制；0 表示由主机自定。
icmpv6.nd.ra.flag | 路由器的各标志合在一起。
icmpv6.nd.ra.flag.m | 1：地址来自 DHCPv6。
icmpv6.nd.ra.flag.o | 1：其他设置来自 DHCPv6。
icmpv6.nd.ra.flag.h | 1：路由器是移动主机的家乡代理。
icmpv6.nd.ra.flag.prf | 路由器之间的优先：1 高，0 中，3 低。
icmpv6.nd.ra.flag.p | 1：路由器代表其他主机。
icmpv6.nd.ra.flag.rsv | 尚无含义的位。
icmpv6.nd.ra.router_lifetime | 作为默认路由器的有效秒数；0 表示不是。
icmpv6.nd.ra.reachable_time | 有应答的邻居在多少毫秒内算可达。
icmpv6.nd.ra.retrans_timer | 两次请求之间的毫秒数。
icmpv6.nd.ns.target_address | 所询问的是哪个地址的硬件地址。
icmpv6.nd.na.flag | 各标志合在一起。
icmpv6.nd.na.flag.r | 1：发送方是路由器。
icmpv6.nd.na.flag.s | 1：这是对请求的回答。
icmpv6.nd.na.flag.o | 1：请替换你记下的内容。
icmpv6.nd.na.flag.rsv | 尚无含义的位。
icmpv6.nd.na.target_address | 所告知的地址。
icmpv6.nd.rd.target_address | 去往该目的地更好的下一跳。
icmpv6.rd.na.destination_address | 对哪个目的地更好。
icmpv6.opt | 一个选项。
icmpv6.opt.type | 这是哪个选项。
icmpv6.opt.length | 它的长度，以八字节为单位。
icmpv6.opt.linkaddr | 一个硬件地址。
icmpv6.opt.src_linkaddr | 发送方的硬件地址。
icmpv6.opt.target_linkaddr | 目标的硬件地址。
icmpv6.opt.prefix.length | 前缀有多少位有效。
icmpv6.opt.prefix.flag | 前缀的各标志合在一起。
icmpv6.opt.prefix.flag.l | 1：此前缀的地址就在本链路上。
icmpv6.opt.prefix.flag.a | 1：主机可以用此前缀给自己生成地址。
icmpv6.opt.prefix.flag.r | 1：前缀里是路由器的完整地址。
icmpv6.opt.prefix.flag.reserved | 尚无含义的位。
icmpv6.opt.prefix.valid_lifetime | 前缀有效的秒数。
icmpv6.opt.prefix.preferred_lifetime | 其地址优先使用的秒数。
icmpv6.opt.prefix | 前缀本身。
icmpv6.opt.mtu | 本链路上所有主机应当使用的 MTU。
icmpv6.opt.nonce | 把回答与提问对上、或把自己的探测与别人的区分开的随机数。
icmpv6.opt.rdnss.lifetime | 这些域名服务器可用的秒数。
icmpv6.opt.rdnss | 一台域名服务器的地址。
icmpv6.mld.maximum_response_delay | 监听者应在多少毫秒内回答。
icmpv6.mld.maximum_response_code | 同样的意思，编码后范围更大。
icmpv6.mld.multicast_address | 所询问的组；零表示全部。
icmpv6.mld.flag | 查询的各标志合在一起。
icmpv6.mld.flag.s | 1：其他路由器不要更新自己的计时器。
icmpv6.mld.flag.qrv | 路由器重复多少次。
icmpv6.mld.flag.reserved | 尚无含义的位。
icmpv6.mld.qqi | 路由器两次查询之间的秒数，经过编码。
icmpv6.mld.nb_sources | 列出了多少个源。
icmpv6.mld.source_address | 所询问的一个源。
icmpv6.mldr.nb_mcast_records | 报告了多少个组。
icmpv6.mldr.mar | 一个组。
icmpv6.mldr.mar.record_type | 报告什么：1、2 是状态，3、4 是变化；4“不排除任何源”是加入，3“不包含任何源”是离开。
icmpv6.mldr.mar.aux_data_len | 附加数据的字数；目前没有定义。
icmpv6.mldr.mar.nb_sources | 该组列出了多少个源。
icmpv6.mldr.mar.multicast_address | 该组。
icmpv6.mldr.mar.source_address | 该组想要或不想要的一个源。
`;
