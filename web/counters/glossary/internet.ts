/** IPv4, ICMP and their younger relatives: /proc/net/snmp, netstat and snmp6. */
import type { Group } from './group.ts';

const REASSEMBLY = 'net/ipv4/ip_fragment.c';
const OUTPUT = 'net/ipv4/ip_output.c';
const REASSEMBLY6 = 'net/ipv6/reassembly.c';
const OUTPUT6 = 'net/ipv6/ip6_output.c';

export const IP = {
  source: 'net/ipv4/ip_input.c',
  sentences: {
    Forwarding:
      'Not a count: 1 when the node forwards packets between its interfaces (a router), 2 when it does not. @ net/ipv4/proc.c',
    DefaultTTL: 'Not a count: the TTL that packets of this node begin with. @ net/ipv4/proc.c',
    InReceives: 'IPv4 packets that came in by any interface, fragments one by one, before anything was checked.',
    InHdrErrors:
      'Packets discarded because their header was wrong: version, length, checksum, or a TTL that ran out while forwarding.',
    InAddrErrors:
      'Packets discarded because of their destination: an address this node may neither take nor forward. @ net/ipv4/route.c',
    ForwDatagrams: 'Packets for others that this node passed on as a router. @ net/ipv4/ip_forward.c',
    InUnknownProtos:
      'Packets for this node whose protocol number no one here listens to; the sender gets “protocol unreachable”.',
    InDiscards: 'Packets discarded although nothing was wrong with them: for want of memory, or by a rule.',
    InDelivers: 'Packets handed up to ICMP, TCP, UDP or another protocol; fragments count as one once they are whole.',
    OutRequests:
      'Packets that this node itself gave to IP to be sent; before fragmentation, forwarded ones not counted. @ ' +
      OUTPUT,
    OutDiscards:
      'Packets this node wanted to send and had to drop: no memory, no neighbour, or refused below. @ ' + OUTPUT,
    OutNoRoutes: 'Packets not sent because no route leads to their destination. @ ' + OUTPUT,
    OutTransmits: 'Packets handed to the link for sending, own and forwarded, each fragment for itself. @ ' + OUTPUT,
    ReasmTimeout:
      'Packets given up because one of their fragments did not come in time (30 s by default). @ ' + REASSEMBLY,
    ReasmReqds: 'Fragments that came in for this node and had to be put together. @ ' + REASSEMBLY,
    ReasmOKs: 'Packets put together from all their fragments. @ ' + REASSEMBLY,
    ReasmFails:
      'Failed reassemblies: a fragment missing, overlapping or wrong, or no memory left for fragments. @ ' + REASSEMBLY,
    FragOKs: 'Packets this node cut into fragments because they were larger than the MTU. @ ' + OUTPUT,
    FragFails: 'Packets too large for the next link that may not be cut (DF is set) or could not be. @ ' + OUTPUT,
    FragCreates: 'Fragments made by this node: a packet cut into three adds three. @ ' + OUTPUT,
  },
} satisfies Group;

export const IP_EXT = {
  source: 'net/ipv4/ip_input.c',
  sentences: {
    InNoRoutes: 'Packets that came in and for which no route was found. @ net/ipv4/ip_input.c',
    InTruncatedPkts: 'Packets shorter than their header says.',
    InMcastPkts: 'Multicast packets received.',
    OutMcastPkts: 'Multicast packets sent. @ ' + OUTPUT,
    InBcastPkts: 'Broadcast packets received.',
    OutBcastPkts: 'Broadcast packets sent. @ ' + OUTPUT,
    InOctets: 'Bytes of all IPv4 packets received, headers of IP included.',
    OutOctets: 'Bytes of all IPv4 packets sent, headers of IP included. @ ' + OUTPUT,
    InMcastOctets: 'Bytes of multicast packets received.',
    OutMcastOctets: 'Bytes of multicast packets sent. @ ' + OUTPUT,
    InBcastOctets: 'Bytes of broadcast packets received.',
    OutBcastOctets: 'Bytes of broadcast packets sent. @ ' + OUTPUT,
    InCsumErrors: 'Packets whose IP header checksum was wrong.',
    InNoECTPkts: 'Packets received whose sender does not take part in congestion notification (ECN).',
    InECT1Pkts: 'Packets received with the ECN mark ECT(1).',
    InECT0Pkts: 'Packets received with the ECN mark ECT(0): the sender can be told of congestion.',
    InCEPkts: 'Packets received with the mark “congestion experienced”, set by a router on the way.',
    ReasmOverlaps: 'Fragments that overlapped others of their packet, which is then dropped. @ ' + REASSEMBLY,
  },
} satisfies Group;

export const ICMP = {
  source: 'net/ipv4/icmp.c',
  sentences: {
    InMsgs: 'ICMP messages received, also those found to be wrong.',
    InErrors: 'ICMP messages received and found wrong: checksum, length or content.',
    InCsumErrors: 'ICMP messages received with a wrong checksum.',
    InDestUnreachs:
      '“Destination unreachable” received: also “fragmentation needed” and “port unreachable” are of this kind.',
    InTimeExcds: '“Time exceeded” received: a TTL ran out on the way (so works traceroute), or a reassembly did.',
    InParmProbs: '“Parameter problem” received: somebody could not read a header of ours.',
    InSrcQuenchs: '“Source quench” received, an old and abandoned request to send slower.',
    InRedirects: '“Redirect” received: a router knows a shorter way in the same network.',
    InEchos: 'Echo requests received: somebody pings this node.',
    InEchoReps: 'Echo replies received: answers to this node’s pings.',
    InTimestamps: 'Timestamp requests received.',
    InTimestampReps: 'Timestamp replies received.',
    InAddrMasks: 'Address mask requests received, long out of use.',
    InAddrMaskReps: 'Address mask replies received, long out of use.',
    OutMsgs: 'ICMP messages this node made; forwarded ones are not counted here.',
    OutErrors: 'ICMP messages this node wanted to send and could not.',
    OutRateLimitGlobal:
      'ICMP messages not sent because the whole node sends no more than so many a second (icmp_msgs_per_sec).',
    OutRateLimitHost: 'ICMP messages not sent because that one destination had its share (icmp_ratelimit).',
    OutDestUnreachs: '“Destination unreachable” sent: no route, no listener on the port, or too large with DF set.',
    OutTimeExcds: '“Time exceeded” sent: a TTL ran out here, or fragments stayed away.',
    OutParmProbs: '“Parameter problem” sent.',
    OutSrcQuenchs: '“Source quench” sent; Linux never does.',
    OutRedirects: '“Redirect” sent: the next router is in the sender’s own network.',
    OutEchos: 'Echo requests sent: this node pings.',
    OutEchoReps: 'Echo replies sent: this node answers pings.',
    OutTimestamps: 'Timestamp requests sent.',
    OutTimestampReps: 'Timestamp replies sent.',
    OutAddrMasks: 'Address mask requests sent; Linux never does.',
    OutAddrMaskReps: 'Address mask replies sent; Linux never does.',
  },
} satisfies Group;

export const IP6 = {
  source: 'net/ipv6/ip6_input.c',
  sentences: {
    InReceives: 'IPv6 packets that came in by any interface, before anything was checked.',
    InHdrErrors: 'Packets discarded because a header was wrong, or the hop limit ran out while forwarding.',
    InTooBigErrors:
      'Packets to forward that were larger than the MTU of the next link: in IPv6 only the sender may cut. @ ' +
      OUTPUT6,
    InNoRoutes: 'Packets that came in and for which no route was found. @ net/ipv6/route.c',
    InAddrErrors: 'Packets discarded because of an address that may not stand where it stood. @ net/ipv6/ip6_input.c',
    InUnknownProtos: 'Packets for this node with a next header that nobody here takes.',
    InTruncatedPkts: 'Packets shorter than their header says.',
    InDiscards: 'Packets discarded although nothing was wrong with them: for want of memory, or by a rule.',
    InDelivers: 'Packets handed up to a protocol of this node.',
    OutForwDatagrams: 'Packets for others that this node passed on as a router. @ ' + OUTPUT6,
    OutRequests: 'Packets that this node itself gave to IPv6 to be sent. @ ' + OUTPUT6,
    OutDiscards: 'Packets this node wanted to send and had to drop. @ ' + OUTPUT6,
    OutNoRoutes: 'Packets not sent because no route leads to their destination. @ ' + OUTPUT6,
    OutTransmits: 'Packets handed to the link for sending, own and forwarded. @ ' + OUTPUT6,
    ReasmTimeout: 'Packets given up because a fragment did not come in time (60 s by default). @ ' + REASSEMBLY6,
    ReasmReqds: 'Fragments that came in and had to be put together. @ ' + REASSEMBLY6,
    ReasmOKs: 'Packets put together from all their fragments. @ ' + REASSEMBLY6,
    ReasmFails: 'Failed reassemblies. @ ' + REASSEMBLY6,
    FragOKs: 'Packets of its own that this node cut into fragments. @ ' + OUTPUT6,
    FragFails: 'Packets that were too large and could not be cut. @ ' + OUTPUT6,
    FragCreates: 'Fragments made by this node. @ ' + OUTPUT6,
    InMcastPkts: 'Multicast packets received; neighbour discovery is made of them.',
    OutMcastPkts: 'Multicast packets sent. @ ' + OUTPUT6,
    InOctets: 'Bytes of all IPv6 packets received.',
    OutOctets: 'Bytes of all IPv6 packets sent. @ ' + OUTPUT6,
    InMcastOctets: 'Bytes of multicast packets received.',
    OutMcastOctets: 'Bytes of multicast packets sent. @ ' + OUTPUT6,
    InBcastOctets: 'Stays 0: IPv6 has no broadcast.',
    OutBcastOctets: 'Stays 0: IPv6 has no broadcast.',
    InNoECTPkts: 'Packets received whose sender does not take part in congestion notification (ECN).',
    InECT1Pkts: 'Packets received with the ECN mark ECT(1).',
    InECT0Pkts: 'Packets received with the ECN mark ECT(0).',
    InCEPkts: 'Packets received with the mark “congestion experienced”.',
  },
} satisfies Group;

export const ICMP6 = {
  source: 'net/ipv6/icmp.c',
  sentences: {
    InMsgs: 'ICMPv6 messages received: neighbour discovery, errors, pings and group membership.',
    InErrors: 'ICMPv6 messages received and found wrong.',
    OutMsgs: 'ICMPv6 messages this node made.',
    OutErrors: 'ICMPv6 messages this node wanted to send and could not.',
    InCsumErrors: 'ICMPv6 messages received with a wrong checksum.',
    OutRateLimitHost: 'ICMPv6 messages not sent because that one destination had its share.',
    InDestUnreachs: '“Destination unreachable” received.',
    InPktTooBigs:
      '“Packet too big” received: it names the MTU of the link that was too narrow. This is path MTU discovery at work.',
    InTimeExcds: '“Time exceeded” received: a hop limit ran out, or a reassembly did.',
    InParmProblems: '“Parameter problem” received.',
    InEchos: 'Echo requests received: somebody pings this node.',
    InEchoReplies: 'Echo replies received: answers to this node’s pings.',
    InGroupMembQueries: 'Questions of a router who listens to which multicast group. @ net/ipv6/mcast.c',
    InGroupMembResponses: 'Reports of group members received (MLD version 1). @ net/ipv6/mcast.c',
    InGroupMembReductions: 'Words of members that leave a group, received. @ net/ipv6/mcast.c',
    InRouterSolicits: 'Router solicitations received: a host asks for routers. @ net/ipv6/ndisc.c',
    InRouterAdvertisements: 'Router advertisements received: prefixes, default router, MTU. @ net/ipv6/ndisc.c',
    InNeighborSolicits:
      'Neighbour solicitations received: who has this address? What ARP requests are in IPv4. @ net/ipv6/ndisc.c',
    InNeighborAdvertisements:
      'Neighbour advertisements received: the MAC address that was asked for. @ net/ipv6/ndisc.c',
    InRedirects: '“Redirect” received: a router knows a shorter way. @ net/ipv6/ndisc.c',
    InMLDv2Reports: 'Reports of multicast group members received (MLD version 2). @ net/ipv6/mcast.c',
    OutDestUnreachs: '“Destination unreachable” sent.',
    OutPktTooBigs: '“Packet too big” sent: as a router, this node could not pass a packet on.',
    OutTimeExcds: '“Time exceeded” sent.',
    OutParmProblems: '“Parameter problem” sent.',
    OutEchos: 'Echo requests sent: this node pings.',
    OutEchoReplies: 'Echo replies sent: this node answers pings.',
    OutGroupMembQueries: 'Multicast listener queries sent; a matter of routers.',
    OutGroupMembResponses: 'Multicast listener reports sent (MLD version 1). @ net/ipv6/mcast.c',
    OutGroupMembReductions: 'Words sent that a multicast group is left. @ net/ipv6/mcast.c',
    OutRouterSolicits:
      'Router solicitations sent: this node looks for routers when an interface comes up. @ net/ipv6/ndisc.c',
    OutRouterAdvertisements: 'Router advertisements sent; a program on a router does that.',
    OutNeighborSolicits:
      'Neighbour solicitations sent: to find a MAC address, and to see that no one else has this node’s own address. @ net/ipv6/ndisc.c',
    OutNeighborAdvertisements: 'Neighbour advertisements sent. @ net/ipv6/ndisc.c',
    OutRedirects: '“Redirect” sent. @ net/ipv6/ndisc.c',
    OutMLDv2Reports: 'Reports sent of the multicast groups this node listens to. @ net/ipv6/mcast.c',
  },
} satisfies Group;
