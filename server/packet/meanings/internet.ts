/** What the fields of the internet layer mean. One line: name | meaning | where it is defined. */
export const INTERNET_MEANINGS = `
ip | The IPv4 header: from where to where a packet goes across networks, and how it may be cut. | RFC 791 §3.1
ip.version | 4: the version of IP this header follows. | RFC 791 §3.1
ip.hdr_len | Bytes of this header with its options; on the wire in words of four bytes. | RFC 791 §3.1
ip.dsfield | How routers shall treat the packet: class and congestion mark. | RFC 2474 §3
ip.dsfield.dscp | Class of service that routers may honour; 0 is ordinary. | RFC 2474 §3
ip.dsfield.ecn | Congestion: 0 not understood, 1 and 2 understood, 3 a router was congested. | RFC 3168 §5
ip.len | Bytes of the whole packet, this header included. | RFC 791 §3.1
ip.id | Number that all fragments of one packet share. | RFC 6864 §4
ip.flags | The three bits about fragmentation together. | RFC 791 §3.1
ip.flags.rb | Must be 0. | RFC 791 §3.1
ip.flags.df | 1 forbids routers to cut this packet: too large, it is dropped and reported. | RFC 791 §3.1
ip.flags.mf | 1 when more fragments of the same packet follow. | RFC 791 §3.1
ip.frag_offset | Where this fragment belongs in the whole, in units of eight bytes. | RFC 791 §3.1
ip.ttl | How many more routers may forward the packet; each takes one off, and at zero it is dropped. | RFC 791 §3.1
ip.proto | Which protocol the content belongs to: 1 ICMP, 6 TCP, 17 UDP. | RFC 791 §3.1
ip.checksum | Checksum over this header alone; every router computes it anew. | RFC 791 §3.1
ip.checksum.status | Whether that checksum is right: 0 bad, 1 good, 2 not verified. | RFC 791 §3.1
ip.checksum_calculated | What the checksum should be for this header. | RFC 1071
ip.src | Address of the host that sent the packet. | RFC 791 §3.1
ip.dst | Address of the host it is for. | RFC 791 §3.1
ip.opt.type | Which option this is, with its copy bit and class. | RFC 791 §3.1
ip.opt.type.copy | 1 when the option goes into every fragment. | RFC 791 §3.1
ip.opt.type.class | 0 for control, 2 for measurement. | RFC 791 §3.1
ip.opt.type.number | Number of the option in its class. | RFC 791 §3.1
ip.opt.len | Bytes of the option with type and length. | RFC 791 §3.1
ip.opt.ptr | Where in the option the next router writes or reads, counted from 1. | RFC 791 §3.1
ip.opt.overflow | How many routers found no more room. | RFC 791 §3.1
ip.opt.flag | What is noted: 0 times, 1 addresses and times, 3 times of the given addresses. | RFC 791 §3.1
ip.opt.ra | 0: every router shall look into this packet. | RFC 2113 §2.1
ip.opt.time_stamp | Milliseconds since midnight UT when this hop handled the packet. | RFC 791 §3.1
ip.opt.time_stamp_addr | Address of the hop that noted, or shall note, its time. | RFC 791 §3.1
ip.rec_rt | Address that a router on the way wrote here. | RFC 791 §3.1
ip.src_rt | Address that the packet shall still pass. | RFC 791 §3.1
ip.empty_rt | Room for the address of another router. | RFC 791 §3.1
ip.cur_rt | The next stop of a source route; the last address of the route is the destination. | RFC 791 §3.1
ip.options.eol | End of the options; the rest is padding. | RFC 791 §3.1
ip.options.nop | One byte of padding between options. | RFC 791 §3.1
ip.options.record_route | Routers write their addresses here. | RFC 791 §3.1
ip.options.timestamp | Hops write the time here. | RFC 791 §3.1
ip.options.routeralert | Asks every router to look into the packet. | RFC 2113 §2
ip.options.route | Stops that the packet must pass, with any way between them. | RFC 791 §3.1
ip.options.source_route | Stops that the packet must pass, one directly after the other. | RFC 791 §3.1
ipv6 | The IPv6 header: from where to where a packet goes across networks. | RFC 8200 §3
ipv6.version | 6: the version of IP this header follows. | RFC 8200 §3
ipv6.tclass | How routers shall treat the packet: class and congestion mark. | RFC 8200 §7
ipv6.tclass.dscp | Class of service that routers may honour; 0 is ordinary. | RFC 2474 §3
ipv6.tclass.ecn | Congestion: 0 not understood, 1 and 2 understood, 3 a router was congested. | RFC 3168 §5
ipv6.flow | Number that packets of one conversation share, so that routers keep them on one path. | RFC 6437 §2
ipv6.plen | Bytes that follow this header of 40 bytes. | RFC 8200 §3
ipv6.nxt | Which header follows: an extension, or the protocol of the content. | RFC 8200 §3
ipv6.hlim | How many more routers may forward the packet. | RFC 8200 §3
ipv6.src | Address of the host that sent the packet. | RFC 8200 §3
ipv6.dst | Address of the host it is for. | RFC 8200 §3
ipv6.hopopts | Options for every router on the way. | RFC 8200 §4.3
ipv6.hopopts.nxt | Which header follows. | RFC 8200 §4.3
ipv6.hopopts.len | Length in units of eight bytes, the first not counted. | RFC 8200 §4.3
ipv6.hopopts.len_oct | The same in bytes. | RFC 8200 §4.3
ipv6.dstopts | Options for the destination. | RFC 8200 §4.6
ipv6.dstopts.nxt | Which header follows. | RFC 8200 §4.6
ipv6.dstopts.len | Length in units of eight bytes, the first not counted. | RFC 8200 §4.6
ipv6.dstopts.len_oct | The same in bytes. | RFC 8200 §4.6
ipv6.routing | Stops that the packet passes on its way. | RFC 8200 §4.4
ipv6.routing.nxt | Which header follows. | RFC 8200 §4.4
ipv6.routing.len | Length in units of eight bytes, the first not counted. | RFC 8200 §4.4
ipv6.routing.len_oct | The same in bytes. | RFC 8200 §4.4
ipv6.routing.type | Kind of the route; 0 is forbidden by now. | RFC 5095
ipv6.routing.segleft | How many stops are still ahead. | RFC 8200 §4.4
ipv6.fraghdr | Says that this is a piece of a larger packet; only the sender cuts in IPv6. | RFC 8200 §4.5
ipv6.fraghdr.nxt | Which header the cut part of the packet begins with. | RFC 8200 §4.5
ipv6.fraghdr.reserved_octet | Byte without a meaning. | RFC 8200 §4.5
ipv6.fraghdr.offset | Where this fragment belongs in the whole, in units of eight bytes. | RFC 8200 §4.5
ipv6.fraghdr.reserved_bits | Bits without a meaning. | RFC 8200 §4.5
ipv6.fraghdr.more | 1 when more fragments of the same packet follow. | RFC 8200 §4.5
ipv6.fraghdr.ident | Number that all fragments of one packet share. | RFC 8200 §4.5
ipv6.opt | One option. | RFC 8200 §4.2
ipv6.opt.type | Which option this is, and what to do with it when unknown. | RFC 8200 §4.2
ipv6.opt.type.action | What a node does that does not know the option: 0 skips it, 1 drops, 2 and 3 drop and report. | RFC 8200 §4.2
ipv6.opt.type.change | 1 when routers may change the option's data. | RFC 8200 §4.2
ipv6.opt.type.rest | The rest of the option's number. | RFC 8200 §4.2
ipv6.opt.length | Bytes of data in the option. | RFC 8200 §4.2
ipv6.opt.pad1 | One byte of padding. | RFC 8200 §4.2
ipv6.opt.padn | Several bytes of padding. | RFC 8200 §4.2
ipv6.opt.router_alert | Routers shall look into this packet; 0 for multicast listeners. | RFC 2711 §2.1
ipv6.opt.jumbo | Length of a packet too long for the ordinary field. | RFC 2675 §2
icmp | Messages about IP itself: errors, and echo for ping. | RFC 792
icmp.type | Kind of message: 8 asks for an echo, 0 answers, 3 unreachable, 11 time exceeded. | RFC 792
icmp.code | More exactly what happened; of type 3: 1 host, 3 port, 4 packet too large and not to be cut. | RFC 792
icmp.checksum | Checksum over the whole message. | RFC 792
icmp.checksum.status | Whether that checksum is right: 0 bad, 1 good, 2 not verified. | RFC 792
icmp.ident | Number that a ping command uses for all its requests. | RFC 792
icmp.ident_le | The same number read in the other byte order, as some systems write it. | RFC 792
icmp.seq | Number of this request; the answer repeats it. | RFC 792
icmp.seq_le | The same number read in the other byte order, as some systems write it. | RFC 792
icmp.data_time | When ping sent this, as it wrote into the data. | ping(8)
icmp.data_time_relative | How long after that this frame was captured. | ping(8)
icmp.unused | Bytes without a meaning, zero. | RFC 792
icmp.reserved | Bytes without a meaning, zero. | RFC 792
icmp.length | Length of the quoted packet in words, when more follows it. | RFC 4884 §3
icmp.mtu | The largest packet that the next link can carry. | RFC 1191 §4
icmp.pointer | Which byte of the quoted packet is wrong. | RFC 792
icmp.redir_gw | The better router for this destination. | RFC 792
icmp.originate_timestamp | When the sender sent this, in milliseconds since midnight UT. | RFC 792
icmp.receive_timestamp | When the request arrived. | RFC 792
icmp.transmit_timestamp | When the answer left. | RFC 792
icmp.address_mask | The network mask. | RFC 950
icmpv6 | Messages about IPv6: errors, echo, and finding neighbours and routers. | RFC 4443 §2.1
icmpv6.type | Kind of message: below 128 errors; 128 and 129 echo, 133 to 137 neighbour discovery. | RFC 4443 §2.1
icmpv6.code | More exactly what happened. | RFC 4443 §2.1
icmpv6.checksum | Checksum over the message and the IPv6 addresses. | RFC 4443 §2.3
icmpv6.checksum.status | Whether that checksum is right: 0 bad, 1 good, 2 not verified. | RFC 4443 §2.3
icmpv6.reserved | Bytes without a meaning, zero. | RFC 4443 §2.1
icmpv6.length | Length of the quoted packet, when more follows it. | RFC 4884 §3
icmpv6.mtu | The largest packet that the next link can carry. | RFC 4443 §3.2
icmpv6.pointer | Which byte of the quoted packet is wrong. | RFC 4443 §3.4
icmpv6.echo.identifier | Number that a ping command uses for all its requests. | RFC 4443 §4.1
icmpv6.echo.sequence_number | Number of this request; the answer repeats it. | RFC 4443 §4.1
icmpv6.nd.ra.cur_hop_limit | Hop limit that hosts shall use; 0 leaves it to them. | RFC 4861 §4.2
icmpv6.nd.ra.flag | The router's flags together. | RFC 4861 §4.2
icmpv6.nd.ra.flag.m | 1: addresses come from DHCPv6. | RFC 4861 §4.2
icmpv6.nd.ra.flag.o | 1: other settings come from DHCPv6. | RFC 4861 §4.2
icmpv6.nd.ra.flag.h | 1: the router is a home agent of mobile hosts. | RFC 6275 §7.1
icmpv6.nd.ra.flag.prf | Preference among routers: 1 high, 0 medium, 3 low. | RFC 4191 §2.2
icmpv6.nd.ra.flag.p | 1: the router stands in for others. | RFC 4389 §4.1.3
icmpv6.nd.ra.flag.rsv | Bits without a meaning yet. | RFC 4861 §4.2
icmpv6.nd.ra.router_lifetime | Seconds for which this is a default router; 0: it is none. | RFC 4861 §4.2
icmpv6.nd.ra.reachable_time | Milliseconds for which a neighbour that answered counts as reachable. | RFC 4861 §4.2
icmpv6.nd.ra.retrans_timer | Milliseconds between solicitations. | RFC 4861 §4.2
icmpv6.nd.ns.target_address | The address whose hardware address is asked for. | RFC 4861 §4.3
icmpv6.nd.na.flag | The flags together. | RFC 4861 §4.4
icmpv6.nd.na.flag.r | 1: the sender is a router. | RFC 4861 §4.4
icmpv6.nd.na.flag.s | 1: this answers a solicitation. | RFC 4861 §4.4
icmpv6.nd.na.flag.o | 1: replace what you have noted. | RFC 4861 §4.4
icmpv6.nd.na.flag.rsv | Bits without a meaning yet. | RFC 4861 §4.4
icmpv6.nd.na.target_address | The address that is told about. | RFC 4861 §4.4
icmpv6.nd.rd.target_address | The better next hop for the destination. | RFC 4861 §4.5
icmpv6.rd.na.destination_address | The destination that it is better for. | RFC 4861 §4.5
icmpv6.opt | One option. | RFC 4861 §4.6
icmpv6.opt.type | Which option this is. | RFC 4861 §4.6
icmpv6.opt.length | Its length in units of eight bytes. | RFC 4861 §4.6
icmpv6.opt.linkaddr | A hardware address. | RFC 4861 §4.6.1
icmpv6.opt.src_linkaddr | Hardware address of the sender. | RFC 4861 §4.6.1
icmpv6.opt.target_linkaddr | Hardware address of the target. | RFC 4861 §4.6.1
icmpv6.opt.prefix.length | How many bits of the prefix count. | RFC 4861 §4.6.2
icmpv6.opt.prefix.flag | The prefix's flags together. | RFC 4861 §4.6.2
icmpv6.opt.prefix.flag.l | 1: addresses with this prefix are on this link. | RFC 4861 §4.6.2
icmpv6.opt.prefix.flag.a | 1: hosts may make themselves addresses with this prefix. | RFC 4861 §4.6.2
icmpv6.opt.prefix.flag.r | 1: the prefix holds the router's whole address. | RFC 6275 §7.2
icmpv6.opt.prefix.flag.reserved | Bits without a meaning yet. | RFC 4861 §4.6.2
icmpv6.opt.prefix.valid_lifetime | Seconds for which the prefix is valid. | RFC 4861 §4.6.2
icmpv6.opt.prefix.preferred_lifetime | Seconds for which addresses of it are preferred. | RFC 4861 §4.6.2
icmpv6.opt.prefix | The prefix. | RFC 4861 §4.6.2
icmpv6.opt.mtu | The MTU that all on this link shall use. | RFC 4861 §4.6.4
icmpv6.opt.nonce | Random number that ties an answer to its question, or tells an own probe from another's. | RFC 3971 §5.3.2
icmpv6.opt.rdnss.lifetime | Seconds for which these name servers may be used. | RFC 8106 §5.1
icmpv6.opt.rdnss | Address of a name server. | RFC 8106 §5.1
icmpv6.mld.maximum_response_delay | Milliseconds within which listeners shall answer. | RFC 2710 §3.4
icmpv6.mld.maximum_response_code | The same, coded so that it reaches further. | RFC 3810 §5.1.3
icmpv6.mld.multicast_address | The group that is asked about; zero for all. | RFC 3810 §5.1.5
icmpv6.mld.flag | Flags of the query together. | RFC 3810 §5.1.7
icmpv6.mld.flag.s | 1: other routers shall not update their timers. | RFC 3810 §5.1.7
icmpv6.mld.flag.qrv | How often the router repeats itself. | RFC 3810 §5.1.8
icmpv6.mld.flag.reserved | Bits without a meaning yet. | RFC 3810 §5.1.6
icmpv6.mld.qqi | Seconds between the router's queries, coded. | RFC 3810 §5.1.9
icmpv6.mld.nb_sources | How many sources are listed. | RFC 3810 §5.1.10
icmpv6.mld.source_address | A source that is asked about. | RFC 3810 §5.1.11
icmpv6.mldr.nb_mcast_records | How many groups are reported. | RFC 3810 §5.2.3
icmpv6.mldr.mar | One group. | RFC 3810 §5.2.4
icmpv6.mldr.mar.record_type | What is reported: 1, 2 a state, 3, 4 a change; 4 "exclude none" joins, 3 "include none" leaves. | RFC 3810 §5.2.12
icmpv6.mldr.mar.aux_data_len | Words of further data; none is defined. | RFC 3810 §5.2.6
icmpv6.mldr.mar.nb_sources | How many sources are listed for the group. | RFC 3810 §5.2.7
icmpv6.mldr.mar.multicast_address | The group. | RFC 3810 §5.2.8
icmpv6.mldr.mar.source_address | A source of the group that is wanted, or not. | RFC 3810 §5.2.9
`;
