/** The fields of the link layer and of tunnels in Simplified Chinese. One line: name | meaning. */
export const LINK_MEANINGS_ZH = `
eth | 以太网帧首部：帧给哪个站、由哪个站发出、装着什么。
eth.dst | 在这条链路上应当接收此帧的站的硬件地址。
eth.dst.lg | 1 表示地址由人工或软件指定，0 表示由厂商编号保证唯一。
eth.dst.ig | 1 表示一组站（组播或广播），0 表示单个站。
eth.src | 把此帧送上链路的站的硬件地址。
eth.src.lg | 1 表示发送方的地址由人工或软件指定。
eth.src.ig | 正常的发送方总是 0：一组站不能发送。
eth.type | 帧的内容属于哪个协议，例如 0x0800 是 IPv4。
eth.len | 内容的字节数；只在较老的帧格式里，别的帧此处是类型。
eth.padding | 把帧补到以太网要求的 60 字节的零。
eth.trailer | 包后面没有任何首部提到的字节。
eth.fcs | 对整个帧的校验，接收的网卡据此丢弃损坏的帧。
vlan | 说明帧属于哪个虚拟局域网的标签。
vlan.priority | 0 到 7 的优先级，供排队的交换机使用。
vlan.dei | 1 表示拥塞时可以先丢此帧。
vlan.id | 虚拟局域网的编号，1 到 4094。
vlan.etype | 标签后面是哪个协议。
vlan.len | 标签后面内容的字节数，只在较老的帧格式里。
ieee8021ad | 两层标签中外面的一层：运营商的，包着客户的。
ieee8021ad.priority | 在运营商网络里的优先级。
ieee8021ad.dei | 1 表示运营商可以先丢此帧。
ieee8021ad.id | 运营商的虚拟局域网编号。
ieee8021ah.etype | 运营商标签后面是哪个协议。
sll | 不来自线路：抓包同时抓所有接口时 Linux 记下的信息。
sll.pkttype | 包是给本机的、给所有人的、给别人的，还是本机发出的。
sll.hatype | 接口的硬件种类。
sll.halen | 发送方硬件地址的字节数。
sll.src.eth | 发送方的硬件地址。
sll.etype | 后面是哪个协议。
arp | 询问或告知属于某个 IPv4 地址的硬件地址。
arp.hw.type | 链路种类；1 是以太网。
arp.proto.type | 要找的是哪种地址；0x0800 是 IPv4。
arp.hw.size | 硬件地址的字节数。
arp.proto.size | 协议地址的字节数。
arp.opcode | 1 是询问，2 是回答。
arp.isgratuitous | 1 表示没有人问：发送方与目标是同一地址，好让邻居更新自己的表。
arp.isprobe | 1 表示主机在使用一个地址之前先问它是否空闲。
arp.isannouncement | 1 表示主机宣布它已占用的地址。
arp.src.hw | 发送方的硬件地址。
arp.src.hw_mac | 发送方的硬件地址；接收方可以记下它。
arp.src.proto | 发送方的协议地址。
arp.src.proto_ipv4 | 发送方的 IPv4 地址。
arp.dst.hw | 目标的硬件地址；正在询问时为零。
arp.dst.hw_mac | 目标的硬件地址；正在询问时为零。
arp.dst.proto | 所询问的协议地址。
arp.dst.proto_ipv4 | 所询问的 IPv4 地址，或者回答是给谁的。
vxlan | 把整个以太网帧装在 UDP 里，让局域网跨越路由器。
vxlan.flags | 各标志位，其中 I 表示网络编号有效。
vxlan.flag_g | 1 表示带有组策略编号。
vxlan.flag_i | 1 表示网络编号有效；总是如此。
vxlan.flag_d | 1 表示不得从此包学习发送方的地址。
vxlan.flag_a | 1 表示策略已经应用过。
vxlan.flags_reserved | 尚无含义的位。
vxlan.gbp | 发送方所属策略组的编号。
vxlan.vni | 虚拟网络的编号，一千六百万之一。
vxlan.reserved8 | 尚无含义的字节。
gre | 在 IP 里携带任意协议的包。
gre.flags_and_version | 后面有哪些可选部分。
gre.flags.checksum | 1 表示后面有校验和。
gre.flags.routing | 旧式包里 1 表示带有路由。
gre.flags.key | 1 表示后面有密钥。
gre.flags.sequence_number | 1 表示后面有序号。
gre.flags.strict_source_route | 1 表示旧式路由是严格的。
gre.flags.recursion_control | 旧式包还可以再封装几次。
gre.flags.ack | 1 表示后面有确认（PPTP）。
gre.flags.reserved | 没有含义的位。
gre.flags.version | 0；PPTP 为 1。
gre.proto | 携带的是哪个协议，用 EtherType 表示。
gre.checksum | 对首部和内容的校验和。
gre.checksum.status | 该校验和是否正确：0 错，1 对，2 未验证。
gre.offset | 旧式路由从哪里继续。
gre.key | 区分两台主机之间多条隧道的数。
gre.sequence_number | 包在隧道里的序号，用来保持或检查顺序。
gre.ack_number | 对方收到的最大序号（PPTP）。
data | 不属于这里认识的任何协议的字节：应用所发送的。
data.data | 这些字节本身。
data.len | 有多少字节。
frame | 抓到的帧，还没有读任何首部。
frame.len | 在线路上的字节数。
frame.cap_len | 抓包保留的字节数。
frame.number | 帧在抓包中的序号。
frame.time_epoch | 抓到的时刻，自 1970 年起的秒数。
`;
