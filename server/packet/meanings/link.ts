/** What the fields of the link layer and of tunnels mean. One line: name | meaning | where it is defined. */
export const LINK_MEANINGS = `
eth | The Ethernet frame header: which station the frame is for, which sent it, and what it carries. | IEEE 802.3 §3.1
eth.dst | Hardware address of the station that shall take this frame on this link. | IEEE 802.3 §3.2.4
eth.dst.lg | 1 when the address was assigned by hand or by software, 0 when its maker's number guarantees it to be unique. | IEEE 802 §8.2
eth.dst.ig | 1 for a group of stations (multicast or broadcast), 0 for a single one. | IEEE 802 §8.2
eth.src | Hardware address of the station that put this frame on the link. | IEEE 802.3 §3.2.5
eth.src.lg | 1 when the sender's address was assigned by hand or by software. | IEEE 802 §8.2
eth.src.ig | Always 0 from an honest sender: a group cannot send. | IEEE 802 §8.2
eth.type | Which protocol the content of the frame belongs to, for example 0x0800 for IPv4. | RFC 9542 §3
eth.len | Bytes of content, in frames of the older kind that have a length where others have a type. | IEEE 802.3 §3.2.6
eth.padding | Zeros that fill a frame up to the 60 bytes that Ethernet asks for. | IEEE 802.3 §3.2.8
eth.trailer | Bytes behind the packet that no header speaks for. | IEEE 802.3 §3.2.8
eth.fcs | Checksum over the whole frame, by which the receiving card throws damaged ones away. | IEEE 802.3 §3.2.9
vlan | A tag that says which virtual LAN the frame belongs to. | IEEE 802.1Q §9
vlan.priority | Priority from 0 to 7 for switches that queue. | IEEE 802.1Q §9.6
vlan.dei | 1 when this frame may be dropped first under congestion. | IEEE 802.1Q §9.6
vlan.id | Number of the virtual LAN, 1 to 4094. | IEEE 802.1Q §9.6
vlan.etype | Which protocol follows the tag. | IEEE 802.1Q §9.4
vlan.len | Bytes of content behind the tag, in frames of the older kind. | IEEE 802.1Q §9.4
ieee8021ad | The outer of two tags: the provider's, around the customer's. | IEEE 802.1ad
ieee8021ad.priority | Priority in the provider's network. | IEEE 802.1ad §9.7
ieee8021ad.dei | 1 when the provider may drop this frame first. | IEEE 802.1ad §9.7
ieee8021ad.id | Number of the provider's virtual LAN. | IEEE 802.1ad §9.7
ieee8021ah.etype | Which protocol follows the provider's tag. | IEEE 802.1ad §9.5
sll | Not from the wire: what Linux notes when a capture takes all interfaces at once. | pcap-linktype LINKTYPE_LINUX_SLL
sll.pkttype | Whether the packet was for this host, for all, for others, or sent by it. | pcap-linktype LINKTYPE_LINUX_SLL
sll.hatype | Kind of the interface's hardware. | pcap-linktype LINKTYPE_LINUX_SLL
sll.halen | Bytes of the sender's hardware address. | pcap-linktype LINKTYPE_LINUX_SLL
sll.src.eth | Hardware address of the sender. | pcap-linktype LINKTYPE_LINUX_SLL
sll.etype | Which protocol follows. | pcap-linktype LINKTYPE_LINUX_SLL
arp | Asks for, or tells, the hardware address that belongs to an IPv4 address. | RFC 826
arp.hw.type | Kind of link; 1 is Ethernet. | RFC 826
arp.proto.type | Kind of address that is looked for; 0x0800 is IPv4. | RFC 826
arp.hw.size | Bytes of a hardware address. | RFC 826
arp.proto.size | Bytes of a protocol address. | RFC 826
arp.opcode | 1 asks, 2 answers. | RFC 826
arp.isgratuitous | 1 when nobody was asked: sender and target are the same address, so that neighbours update their tables. | RFC 5227 §3
arp.isprobe | 1 when a host asks whether an address is free before it uses it. | RFC 5227 §2.1.1
arp.isannouncement | 1 when a host announces an address that it has taken. | RFC 5227 §2.3
arp.src.hw | Hardware address of the sender. | RFC 826
arp.src.hw_mac | Hardware address of the sender; receivers may note it. | RFC 826
arp.src.proto | Protocol address of the sender. | RFC 826
arp.src.proto_ipv4 | IPv4 address of the sender. | RFC 826
arp.dst.hw | Hardware address of the target; zero while it is being asked for. | RFC 826
arp.dst.hw_mac | Hardware address of the target; zero while it is being asked for. | RFC 826
arp.dst.proto | Protocol address that is asked about. | RFC 826
arp.dst.proto_ipv4 | IPv4 address that is asked about, or whom the answer is for. | RFC 826
vxlan | Carries a whole Ethernet frame in UDP, so that a LAN reaches across routers. | RFC 7348 §5
vxlan.flags | Bits of which one, I, says that the network number is valid. | RFC 7348 §5
vxlan.flag_g | 1 when a group policy number is there. | draft-smith-vxlan-group-policy §2.1
vxlan.flag_i | 1 when the network number is valid; always so. | RFC 7348 §5
vxlan.flag_d | 1 forbids to learn the sender's address from this packet. | draft-smith-vxlan-group-policy §2.1
vxlan.flag_a | 1 when the policy was applied already. | draft-smith-vxlan-group-policy §2.1
vxlan.flags_reserved | Bits without a meaning yet. | RFC 7348 §5
vxlan.gbp | Number of the sender's policy group. | draft-smith-vxlan-group-policy §2.1
vxlan.vni | Number of the virtual network, one of 16 million. | RFC 7348 §5
vxlan.reserved8 | Byte without a meaning yet. | RFC 7348 §5
gre | Carries packets of any protocol in IP. | RFC 2784 §2
gre.flags_and_version | Which optional parts follow. | RFC 2784 §2.1
gre.flags.checksum | 1 when a checksum follows. | RFC 2784 §2.2
gre.flags.routing | 1 in old packets that carry a route. | RFC 1701
gre.flags.key | 1 when a key follows. | RFC 2890 §2
gre.flags.sequence_number | 1 when a sequence number follows. | RFC 2890 §2
gre.flags.strict_source_route | 1 when the old route is strict. | RFC 1701
gre.flags.recursion_control | How often old packets may be wrapped again. | RFC 1701
gre.flags.ack | 1 when an acknowledgement follows (PPTP). | RFC 2637 §4.1
gre.flags.reserved | Bits without a meaning. | RFC 2784 §2.3
gre.flags.version | 0, or 1 for PPTP. | RFC 2784 §2.3.1
gre.proto | Which protocol is carried, as an EtherType. | RFC 2784 §2.4
gre.checksum | Checksum over header and content. | RFC 2784 §2.5
gre.checksum.status | Whether that checksum is right: 0 bad, 1 good, 2 not verified. | RFC 2784 §2.5
gre.offset | Where the old route goes on. | RFC 1701
gre.key | Number that tells apart the tunnels between two hosts. | RFC 2890 §2.1
gre.sequence_number | Number of the packet in its tunnel, to keep or check the order. | RFC 2890 §2.2
gre.ack_number | Highest number that the other side has received (PPTP). | RFC 2637 §4.1
data | Bytes that belong to no protocol known here: what the application sent. |
data.data | The bytes themselves. |
data.len | How many they are. |
frame | The frame as captured, before any header is read. |
frame.len | Bytes on the wire. |
frame.cap_len | Bytes that the capture kept. |
frame.number | Number of the frame in its capture. |
frame.time_epoch | When it was captured, in seconds since 1970. |
`;
