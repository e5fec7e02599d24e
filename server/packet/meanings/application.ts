/** What the fields of the applications mean. One line: name | meaning | where it is defined. */
export const APPLICATION_MEANINGS = `
dns | Asks for, or tells, what belongs to a name: mostly its addresses. | RFC 1035 §4.1
mdns | The same as DNS, asked of everybody on the link, for names that end in .local. | RFC 6762
llmnr | Asks everybody on the link for a name without a name server. | RFC 4795
dns.length | Bytes of the message that follows, over TCP. | RFC 1035 §4.2.2
dns.id | Number by which an answer finds its question. | RFC 1035 §4.1.1
dns.flags | The flags together. | RFC 1035 §4.1.1
dns.flags.response | 0 asks, 1 answers. | RFC 1035 §4.1.1
dns.flags.opcode | Kind of question; 0 is the ordinary one. | RFC 1035 §4.1.1
dns.flags.authoritative | 1: the server itself is responsible for this name. | RFC 1035 §4.1.1
dns.flags.truncated | 1: the answer did not fit; ask again over TCP. | RFC 1035 §4.1.1
dns.flags.recdesired | 1: please ask other servers for me. | RFC 1035 §4.1.1
dns.flags.recavail | 1: this server asks others for its clients. | RFC 1035 §4.1.1
dns.flags.z | Bit without a meaning, zero. | RFC 1035 §4.1.1
dns.flags.authenticated | 1: the server has verified all signatures; in a question: please say so. | RFC 4035 §3.1.6
dns.flags.checkdisable | 1: do not verify signatures for me. | RFC 4035 §3.2.2
dns.flags.rcode | How it went: 0 well, 2 server failure, 3 no such name, 5 refused. | RFC 1035 §4.1.1
dns.flags.conflict | 1: several hosts claim this name. | RFC 4795 §2.1.1
dns.flags.tentative | 1: the host does not yet know whether the name is its alone. | RFC 4795 §2.1.1
dns.count.queries | How many questions follow. | RFC 1035 §4.1.1
dns.count.answers | How many answers follow. | RFC 1035 §4.1.1
dns.count.auth_rr | How many records name the responsible servers. | RFC 1035 §4.1.1
dns.count.add_rr | How many further records may help. | RFC 1035 §4.1.1
dns.qry.name | The name that is asked about. | RFC 1035 §4.1.2
dns.qry.name.len | How many characters it has. | RFC 1035 §4.1.2
dns.count.labels | How many parts it has between dots. | RFC 1035 §3.1
dns.qry.type | What is asked for: 1 IPv4 address, 28 IPv6 address, 15 mail server, 12 name of an address. | RFC 1035 §3.2.3
dns.qry.class | 1: the Internet. | RFC 1035 §3.2.5
dns.qry.qu | 1: please answer to me alone. | RFC 6762 §5.4
dns.resp.name | The name that this record is about. | RFC 1035 §4.1.3
dns.resp.type | What this record holds. | RFC 1035 §3.2.2
dns.resp.class | 1: the Internet. | RFC 1035 §3.2.4
dns.resp.cache_flush | 1: forget what you knew of this name before. | RFC 6762 §10.2
dns.resp.ttl | Seconds for which the record may be kept. | RFC 1035 §4.1.3
dns.resp.len | Bytes of the record's data. | RFC 1035 §4.1.3
dns.a | An IPv4 address of the name. | RFC 1035 §3.4.1
dns.aaaa | An IPv6 address of the name. | RFC 3596 §2.2
dns.cname | The name is another name for this one. | RFC 1035 §3.3.1
dns.ns | A server responsible for the name. | RFC 1035 §3.3.11
dns.ptr.domain_name | The name that belongs to an address. | RFC 1035 §3.3.12
dns.mx.preference | Which mail server to try first: the lowest. | RFC 1035 §3.3.9
dns.mx.mail_exchange | A server that takes mail for the name. | RFC 1035 §3.3.9
dns.txt.length | Bytes of the text. | RFC 1035 §3.3.14
dns.txt | Free text about the name. | RFC 1035 §3.3.14
dns.soa.mname | The first server of the zone. | RFC 1035 §3.3.13
dns.soa.rname | Mail address of who is responsible, with a dot for the @. | RFC 1035 §3.3.13
dns.soa.serial_number | Version of the zone. | RFC 1035 §3.3.13
dns.soa.refresh_interval | Seconds after which other servers look for a new version. | RFC 1035 §3.3.13
dns.soa.retry_interval | Seconds after which they try again. | RFC 1035 §3.3.13
dns.soa.expire_limit | Seconds after which they give up the zone. | RFC 1035 §3.3.13
dns.soa.minimum_ttl | Seconds for which "no such name" may be kept. | RFC 2308 §4
dns.srv.service | The service. | RFC 2782
dns.srv.proto | Over which protocol. | RFC 2782
dns.srv.name | Whose service. | RFC 2782
dns.srv.priority | Which server to try first: the lowest. | RFC 2782
dns.srv.weight | Share among servers of the same priority. | RFC 2782
dns.srv.port | Port of the service. | RFC 2782
dns.srv.target | Host that offers the service. | RFC 2782
dns.rr.udp_payload_size | Bytes of the largest answer that the sender takes over UDP. | RFC 6891 §6.1.2
dns.resp.ext_rcode | Upper bits of the result. | RFC 6891 §6.1.3
dns.resp.edns0_version | Version of the extension. | RFC 6891 §6.1.3
dns.resp.z | Flags of the extension. | RFC 6891 §6.1.4
dns.resp.z.do | 1: please send signatures too. | RFC 3225 §3
dns.resp.z.reserved | Bits without a meaning yet. | RFC 6891 §6.1.4
dns.opt | One option. | RFC 6891 §6.1.2
dns.opt.code | Which option. | RFC 6891 §6.1.2
dns.opt.len | Bytes of its data. | RFC 6891 §6.1.2
dns.opt.data | Its data. | RFC 6891 §6.1.2
dhcp | Gives a host its address and settings. | RFC 2131 §2
dhcp.type | 1 from client to server, 2 back. | RFC 2131 §2
dhcp.hw.type | Kind of link; 1 is Ethernet. | RFC 2131 §2
dhcp.hw.len | Bytes of the hardware address. | RFC 2131 §2
dhcp.hops | How many relays passed it on. | RFC 2131 §2
dhcp.id | Number by which an answer finds its question. | RFC 2131 §2
dhcp.secs | Seconds since the client began. | RFC 2131 §2
dhcp.flags | The flags together. | RFC 2131 §2
dhcp.flags.bc | 1: please answer to all, I have no address yet. | RFC 2131 §2
dhcp.flags.reserved | Bits without a meaning. | RFC 2131 §2
dhcp.ip.client | Address that the client has already. | RFC 2131 §2
dhcp.ip.your | Address that the server offers or gives. | RFC 2131 §2
dhcp.ip.server | Server to load a system from. | RFC 2131 §2
dhcp.ip.relay | Relay through which it came. | RFC 2131 §2
dhcp.hw.mac_addr | Hardware address of the client. | RFC 2131 §2
dhcp.hw.addr | Hardware address of the client. | RFC 2131 §2
dhcp.hw.addr_padding | Room for longer hardware addresses. | RFC 2131 §2
dhcp.server | Name of the server to load from. | RFC 2131 §2
dhcp.file | File to load. | RFC 2131 §2
dhcp.cookie | 99.130.83.99: options follow. | RFC 2131 §3
dhcp.option.type | Which option this is. | RFC 2132 §2
dhcp.option.length | Bytes of its value. | RFC 2132 §2
dhcp.option.value | Its value. | RFC 2132 §2
dhcp.option.end | End of the options. | RFC 2132 §3.2
dhcp.option.padding | Bytes that only fill. | RFC 2132 §3.1
dhcp.option.dhcp | Step of the conversation: 1 discover, 2 offer, 3 request, 5 acknowledged, 6 refused. | RFC 2132 §9.6
dhcp.option.subnet_mask | Which part of the address names the network. | RFC 2132 §3.3
dhcp.option.router | A router to use. | RFC 2132 §3.5
dhcp.option.domain_name_server | A name server to use. | RFC 2132 §3.8
dhcp.option.broadcast_address | Address of all hosts on the link. | RFC 2132 §5.3
dhcp.option.requested_ip_address | Address that the client would like. | RFC 2132 §9.1
dhcp.option.dhcp_server_id | Address of the server that is meant or answers. | RFC 2132 §9.7
dhcp.option.ntp_server | A time server to use. | RFC 2132 §8.3
dhcp.option.ip_address_lease_time | Seconds for which the address is given. | RFC 2132 §9.2
dhcp.option.renewal_time_value | Seconds after which to ask this server for more time. | RFC 2132 §9.11
dhcp.option.rebinding_time_value | Seconds after which to ask any server. | RFC 2132 §9.12
dhcp.option.interface_mtu | MTU to use on this link. | RFC 2132 §5.1
dhcp.option.dhcp_max_message_size | Largest message that the client takes. | RFC 2132 §9.10
dhcp.option.request_list_item | An option that the client would like. | RFC 2132 §9.8
dhcp.option.hostname | Name of the client. | RFC 2132 §3.14
dhcp.option.domain_name | Domain to complete names with. | RFC 2132 §3.17
dhcp.option.message | Why it was refused. | RFC 2132 §9.9
dhcp.option.vendor_class_id | What kind of client this is. | RFC 2132 §9.13
http | Asks for, or brings, a page or other resource. | RFC 9112 §2
http.request | 1: this asks. | RFC 9112 §3
http.response | 1: this answers. | RFC 9112 §4
http.request.method | What to do: GET fetches, POST sends, HEAD asks for the headers alone. | RFC 9110 §9
http.request.uri | What is asked for, as written in the first line. | RFC 9112 §3.2
http.request.uri.path | Its path. | RFC 3986 §3.3
http.request.uri.query | What is behind its question mark. | RFC 3986 §3.4
http.request.uri.query.parameter | One part of the query. | RFC 3986 §3.4
http.request.version | Version that the client speaks. | RFC 9112 §2.3
http.request.full_uri | The whole address, put together from host and path. | RFC 9112 §3.3
http.request.line | One header line as it stands. | RFC 9112 §5
http.response.version | Version that the server speaks. | RFC 9112 §2.3
http.response.code | How it went: 2xx well, 3xx elsewhere, 4xx the client's fault, 5xx the server's. | RFC 9110 §15
http.response.code.desc | What that number means. | RFC 9110 §15
http.response.phrase | The server's words for it. | RFC 9112 §4
http.response.line | One header line as it stands. | RFC 9112 §5
http.host | Name of the site that is asked, as one server may serve many. | RFC 9110 §7.2
http.user_agent | Which program asks. | RFC 9110 §10.1.5
http.accept | Kinds of content that the client takes. | RFC 9110 §12.5.1
http.accept_language | Languages that it prefers. | RFC 9110 §12.5.4
http.accept_encoding | Compressions that it understands. | RFC 9110 §12.5.3
http.authorization | Proof of who asks. | RFC 9110 §11.6.2
http.cache_control | How long and by whom it may be kept. | RFC 9111 §5.2
http.connection | Whether the connection stays open. | RFC 9110 §7.6.1
http.content_type | Kind of the content. | RFC 9110 §8.3
http.content_length_header | Bytes of the content, as written. | RFC 9110 §8.6
http.content_length | The same as a number. | RFC 9110 §8.6
http.content_encoding | How the content is compressed. | RFC 9110 §8.4
http.cookie | What the server asked the client to remember. | RFC 6265 §4.2
http.cookie_pair | One name and value of it. | RFC 6265 §4.2
http.date | When the answer was made. | RFC 9110 §6.6.1
http.last_modified | When the content last changed. | RFC 9110 §8.8.2
http.location | Where to go instead. | RFC 9110 §10.2.2
http.referer | Page from which the request came. | RFC 9110 §10.1.3
http.server | Which program answers. | RFC 9110 §10.2.4
http.set_cookie | What the client shall remember. | RFC 6265 §4.1
http.transfer_encoding | How the content is framed: chunked has no length up front. | RFC 9112 §6.1
http.upgrade | Protocol to change to. | RFC 9110 §7.8
http.www_authenticate | How to prove who you are. | RFC 9110 §11.6.1
http.x_forwarded_for | Address for which a proxy asks. | RFC 7239 §7.4
http.unknown_header | A header line without a field of its own. | RFC 9112 §5
http.file_data | The content. | RFC 9112 §6
json | Content in the form of JSON. | RFC 8259
tls | Protects a conversation: proves who the server is, and encrypts. | RFC 8446 §5
tls.record | One piece of the protected stream. | RFC 8446 §5.1
tls.record.content_type | What the record holds: 22 handshake, 23 data, 21 alert, 20 change of cipher. | RFC 8446 §5.1
tls.record.version | A version number kept for old devices; the real one is agreed in the handshake. | RFC 8446 §5.1
tls.record.length | Bytes that follow. | RFC 8446 §5.1
tls.app_data | Encrypted data. | RFC 8446 §5.2
tls.change_cipher_spec | From here on encrypted; in TLS 1.3 only for old devices. | RFC 8446 §5
tls.alert_message | Says that something went wrong or that the conversation ends. | RFC 8446 §6
tls.alert_message.level | 1 warning, 2 fatal. | RFC 8446 §6
tls.alert_message.desc | What it is; 0 closes. | RFC 8446 §6
tls.handshake | A step of the handshake. | RFC 8446 §4
tls.handshake.type | Which step: 1 client hello, 2 server hello, 11 certificate. | RFC 8446 §4
tls.handshake.length | Bytes of the step. | RFC 8446 §4
tls.handshake.version | Version of the hello; 0x0303 for TLS 1.2 and later. | RFC 8446 §4.1.2
tls.handshake.extensions_server_name | The site that the client wants, in clear text. | RFC 6066 §3
`;
