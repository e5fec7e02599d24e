/** The fields of the applications in Simplified Chinese. One line: name | meaning. */
export const APPLICATION_MEANINGS_ZH = `
dns | 询问或告知属于某个名字的东西：多半是它的地址。
mdns | 与 DNS 相同，只是向链路上所有人问以 .local 结尾的名字。
llmnr | 没有域名服务器时，向链路上所有人询问名字。
dns.length | 后面消息的字节数，只在 TCP 上。
dns.id | 回答据此找到它的提问。
dns.flags | 各标志合在一起。
dns.flags.response | 0 提问，1 回答。
dns.flags.opcode | 提问的种类；0 是普通的。
dns.flags.authoritative | 1：回答的服务器自己负责这个名字。
dns.flags.truncated | 1：回答装不下；请改用 TCP 再问。
dns.flags.recdesired | 1：请替我去问别的服务器。
dns.flags.recavail | 1：这台服务器会替客户去问别人。
dns.flags.z | 没有含义的位，为零。
dns.flags.authenticated | 1：服务器已验证所有签名；在提问里表示请告知。
dns.flags.checkdisable | 1：不要替我验证签名。
dns.flags.rcode | 结果：0 正常，2 服务器失败，3 没有此名，5 拒绝。
dns.flags.conflict | 1：有几台主机自称是这个名字。
dns.flags.tentative | 1：主机还不确定这个名字是否归它独有。
dns.count.queries | 后面有几个问题。
dns.count.answers | 后面有几个回答。
dns.count.auth_rr | 有几条记录指出负责的服务器。
dns.count.add_rr | 有几条附加记录可供参考。
dns.qry.name | 所询问的名字。
dns.qry.name.len | 它有多少个字符。
dns.count.labels | 点号之间有几段。
dns.qry.type | 问的是什么：1 IPv4 地址，28 IPv6 地址，15 邮件服务器，12 地址对应的名字。
dns.qry.class | 1：互联网。
dns.qry.qu | 1：请只回答我一个。
dns.resp.name | 此记录所说的名字。
dns.resp.type | 此记录装着什么。
dns.resp.class | 1：互联网。
dns.resp.cache_flush | 1：忘掉你之前对这个名字所知的。
dns.resp.ttl | 此记录可以保留的秒数。
dns.resp.len | 记录数据的字节数。
dns.a | 这个名字的一个 IPv4 地址。
dns.aaaa | 这个名字的一个 IPv6 地址。
dns.cname | 这个名字是此名字的别名。
dns.ns | 负责这个名字的一台服务器。
dns.ptr.domain_name | 属于某个地址的名字。
dns.mx.preference | 先试哪台邮件服务器：数最小的。
dns.mx.mail_exchange | 为这个名字收邮件的服务器。
dns.txt.length | 文本的字节数。
dns.txt | 关于这个名字的自由文本。
dns.soa.mname | 此区域的第一台服务器。
dns.soa.rname | 负责人的邮箱地址，用点号代替 @。
dns.soa.serial_number | 区域的版本。
dns.soa.refresh_interval | 其他服务器隔多少秒来看有没有新版本。
dns.soa.retry_interval | 失败后隔多少秒再试。
dns.soa.expire_limit | 多少秒后放弃这个区域。
dns.soa.minimum_ttl | “没有此名”可以保留的秒数。
dns.srv.service | 服务。
dns.srv.proto | 用哪个协议。
dns.srv.name | 谁的服务。
dns.srv.priority | 先试哪台服务器：数最小的。
dns.srv.weight | 同一优先级的服务器之间的份额。
dns.srv.port | 服务的端口。
dns.srv.target | 提供服务的主机。
dns.rr.udp_payload_size | 发送方通过 UDP 能接收的最大回答的字节数。
dns.resp.ext_rcode | 结果的高位。
dns.resp.edns0_version | 扩展的版本。
dns.resp.z | 扩展的标志。
dns.resp.z.do | 1：请把签名也发来。
dns.resp.z.reserved | 尚无含义的位。
dns.opt | 一个选项。
dns.opt.code | 哪个选项。
dns.opt.len | 它的数据的字节数。
dns.opt.data | 它的数据。
dhcp | 给主机地址和设置。
dhcp.type | 1 从客户到服务器，2 相反。
dhcp.hw.type | 链路种类；1 是以太网。
dhcp.hw.len | 硬件地址的字节数。
dhcp.hops | 经过了多少个中继。
dhcp.id | 回答据此找到它的提问。
dhcp.secs | 客户开始以来的秒数。
dhcp.flags | 各标志合在一起。
dhcp.flags.bc | 1：请回答给所有人，我还没有地址。
dhcp.flags.reserved | 没有含义的位。
dhcp.ip.client | 客户已有的地址。
dhcp.ip.your | 服务器提供或给予的地址。
dhcp.ip.server | 可从它加载系统的服务器。
dhcp.ip.relay | 经由的中继。
dhcp.hw.mac_addr | 客户的硬件地址。
dhcp.hw.addr | 客户的硬件地址。
dhcp.hw.addr_padding | 给更长的硬件地址留的空位。
dhcp.server | 加载用的服务器的名字。
dhcp.file | 要加载的文件。
dhcp.cookie | 99.130.83.99：后面是选项。
dhcp.option.type | 这是哪个选项。
dhcp.option.length | 它的值的字节数。
dhcp.option.value | 它的值。
dhcp.option.end | 选项结束。
dhcp.option.padding | 只作填充的字节。
dhcp.option.dhcp | 对话的步骤：1 发现，2 提供，3 请求，5 确认，6 拒绝。
dhcp.option.subnet_mask | 地址的哪一部分指网络。
dhcp.option.router | 可用的路由器。
dhcp.option.domain_name_server | 可用的域名服务器。
dhcp.option.broadcast_address | 链路上所有主机的地址。
dhcp.option.requested_ip_address | 客户想要的地址。
dhcp.option.dhcp_server_id | 所指或回答的服务器的地址。
dhcp.option.ntp_server | 可用的时间服务器。
dhcp.option.ip_address_lease_time | 地址租用的秒数。
dhcp.option.renewal_time_value | 多少秒后向这台服务器续租。
dhcp.option.rebinding_time_value | 多少秒后向任意服务器续租。
dhcp.option.interface_mtu | 本链路应使用的 MTU。
dhcp.option.dhcp_max_message_size | 客户能接收的最大消息。
dhcp.option.request_list_item | 客户想要的一个选项。
dhcp.option.hostname | 客户的名字。
dhcp.option.domain_name | 用来补全名字的域。
dhcp.option.message | 为什么被拒绝。
dhcp.option.vendor_class_id | 这是哪种客户。
http | 请求或送来一个页面或其他资源。
http.request | 1：这是请求。
http.response | 1：这是响应。
http.request.method | 做什么：GET 取，POST 送，HEAD 只要首部。
http.request.uri | 所请求的，照第一行所写。
http.request.uri.path | 它的路径。
http.request.uri.query | 问号后面的部分。
http.request.uri.query.parameter | 查询的一项。
http.request.version | 客户所说的版本。
http.request.full_uri | 由主机和路径拼成的完整地址。
http.request.line | 一行首部的原文。
http.response.version | 服务器所说的版本。
http.response.code | 结果：2xx 成功，3xx 去别处，4xx 客户的错，5xx 服务器的错。
http.response.code.desc | 这个数的含义。
http.response.phrase | 服务器对它的说法。
http.response.line | 一行首部的原文。
http.host | 所请求的站点名，因为一台服务器可能服务多个站点。
http.user_agent | 哪个程序在请求。
http.accept | 客户接受哪些种类的内容。
http.accept_language | 它偏好的语言。
http.accept_encoding | 它懂得的压缩方式。
http.authorization | 证明请求者是谁。
http.cache_control | 谁可以保留它、保留多久。
http.connection | 连接是否保持打开。
http.content_type | 内容的种类。
http.content_length_header | 内容的字节数，照原文。
http.content_length | 同样的数，作为数字。
http.content_encoding | 内容怎样压缩。
http.cookie | 服务器要客户记住的东西。
http.cookie_pair | 其中一个名字和值。
http.date | 响应生成的时间。
http.last_modified | 内容最近一次改动的时间。
http.location | 应当改去哪里。
http.referer | 请求来自哪个页面。
http.server | 哪个程序在响应。
http.set_cookie | 要客户记住的东西。
http.transfer_encoding | 内容怎样分块：chunked 预先没有长度。
http.upgrade | 要换成的协议。
http.www_authenticate | 怎样证明你是谁。
http.x_forwarded_for | 代理是替哪个地址请求的。
http.unknown_header | 没有专门字段的一行首部。
http.file_data | 内容。
json | JSON 形式的内容。
tls | 保护一次对话：证明服务器是谁，并且加密。
tls.record | 受保护的流的一段。
tls.record.content_type | 记录装着什么：22 握手，23 数据，21 警报，20 更换密码。
tls.record.version | 为旧设备保留的版本号；真正的版本在握手中商定。
tls.record.length | 后面的字节数。
tls.app_data | 加密的数据。
tls.change_cipher_spec | 从这里起加密；在 TLS 1.3 里只为旧设备。
tls.alert_message | 说明出了问题，或对话结束。
tls.alert_message.level | 1 警告，2 致命。
tls.alert_message.desc | 是什么；0 表示关闭。
tls.handshake | 握手的一步。
tls.handshake.type | 哪一步：1 客户问候，2 服务器问候，11 证书。
tls.handshake.length | 这一步的字节数。
tls.handshake.version | 问候的版本；TLS 1.2 及以后为 0x0303。
tls.handshake.extensions_server_name | 客户想要的站点，明文。
`;
