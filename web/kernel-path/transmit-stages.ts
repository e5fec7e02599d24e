/** The transmit path, from the program down. Counters as of net/ipv4/proc.c, struct rtnl_link_stats64 and struct gnet_stats_queue. */
import type { Stage } from './stage.ts';

const SOCKET: readonly Stage[] = [
  {
    id: 'send',
    place: 'program',
    title: 'Application: send()',
    what: 'A system call hands bytes to the kernel. It returns when they are taken over, not when they have left.',
    kernel: { name: '__sys_sendto() → sock_sendmsg()', file: 'net/socket.c' },
    where: 'strace',
    more: "All that follows normally runs in the sender's own time, inside this call, down to the card. Success of send() says that the kernel has the data: it can still be dropped further down.",
    numbers: [],
    commands: [
      {
        line: 'strace -f -e trace=sendto,sendmsg,write ping -c1 127.0.0.1',
        shows: 'the call that sends',
        scope: 'socket',
      },
    ],
  },
  {
    id: 'buffer',
    place: 'transport',
    title: 'Send buffer of the socket',
    what: 'The bytes are copied into kernel memory, charged to the socket. If there is no room, the program waits.',
    kernel: { name: 'tcp_sendmsg(), ip_make_skb()', file: 'net/ipv4/tcp.c, net/ipv4/ip_output.c' },
    where: 'ss -m, column Send-Q',
    more: 'TCP keeps the bytes until they are acknowledged, so Send-Q also counts what is on its way. UDP keeps a datagram only until it has left the queue below.',
    numbers: [{ counter: 'Udp.SndbufErrors', kind: 'loss', words: 'no room, or the queue further down dropped it' }],
    commands: [{ line: 'ss -tum', shows: 'Send-Q, and buffers in skmem', scope: 'socket' }],
  },
  {
    id: 'transport',
    place: 'transport',
    title: 'Transport: segment or datagram',
    what: 'TCP cuts its stream to segments that fit the MTU, and sends what windows allow. UDP puts a header in front.',
    kernel: { name: 'tcp_write_xmit(), udp_send_skb()', file: 'net/ipv4/tcp_output.c, net/ipv4/udp.c' },
    where: 'ss -ti, nstat',
    more: "Which part of the stream goes when is decided by the receiver's window, the congestion window, Nagle and pacing. With segmentation offload one large segment goes down and is cut at the very end: then TCP counts more segments than the card counts packets. A segment that is not acknowledged is sent again.",
    numbers: [
      { counter: 'Tcp.OutSegs', kind: 'flow', words: 'TCP segments' },
      { counter: 'Udp.OutDatagrams', kind: 'flow', words: 'UDP datagrams' },
      { counter: 'Icmp.OutMsgs', kind: 'flow', words: 'ICMP messages' },
      { counter: 'Tcp.RetransSegs', kind: 'sign', words: 'sent again: not acknowledged' },
      { counter: 'TcpExt.TCPTimeouts', kind: 'sign', words: 'nothing acknowledged until the timer ran out' },
    ],
    commands: [
      { line: 'ss -ti', shows: 'windows, round trip, retransmissions of each connection', scope: 'socket' },
      { line: 'nstat -asz "Tcp*" "Udp*"', shows: 'all counters of transport', scope: 'node' },
    ],
  },
];

const INTERNET: readonly Stage[] = [
  {
    id: 'route',
    place: 'internet',
    title: 'Route: which way out?',
    what: 'The longest prefix that fits the destination gives interface, next hop and source address.',
    kernel: { name: 'ip_route_output_flow() → fib_table_lookup()', file: 'net/ipv4/route.c' },
    where: 'ip route get',
    more: 'A connected socket keeps its route and looks it up again only when something has changed. Without a route send() fails at once with "Network is unreachable". The node\'s own addresses are reached through lo.',
    numbers: [{ counter: 'Ip.OutNoRoutes', kind: 'loss', words: 'no route to the destination' }],
    commands: [
      { line: 'ip route', shows: 'the table', scope: 'node' },
      { line: 'ip route get 192.0.2.1', shows: 'what is decided for one destination', scope: 'node' },
    ],
  },
  {
    id: 'ip-out',
    place: 'internet',
    title: 'IP out',
    what: 'The IP header is written in front: addresses, protocol, time to live, identification, checksum.',
    kernel: { name: '__ip_queue_xmit() → __ip_local_out()', file: 'net/ipv4/ip_output.c' },
    where: 'nstat -asz IpOutRequests',
    more: 'Ip.OutRequests counts whole packets that this node wants to send, before they are cut. Ip.OutTransmits counts what is really handed down, pieces and forwarded packets too, on kernels that have it.',
    numbers: [
      { counter: 'Ip.OutRequests', kind: 'flow', words: 'packets' },
      { counter: 'Ip.OutDiscards', kind: 'loss', words: 'dropped further down, or by a rule' },
    ],
    commands: [{ line: 'nstat -asz "IpOut*"', shows: 'sent, dropped, without a route', scope: 'node' }],
  },
  {
    id: 'output',
    place: 'internet',
    title: 'netfilter: output, postrouting',
    what: 'Rules for what the node sends; at the end source addresses are translated (masquerade).',
    kernel: { name: 'NF_INET_LOCAL_OUT, NF_INET_POST_ROUTING', file: 'net/ipv4/ip_output.c' },
    where: 'nft list ruleset',
    more: 'Packets that are forwarded skip "output" and pass "forward" and "postrouting". A rule that drops here lets send() fail with "Operation not permitted".',
    numbers: [],
    commands: [
      { line: 'nft list ruleset', shows: 'rules and their counters', scope: 'node' },
      { line: 'conntrack -L', shows: 'connections and how they are translated', scope: 'node' },
    ],
  },
  {
    id: 'fragment',
    place: 'internet',
    title: 'Fragmentation',
    what: 'A packet larger than the MTU is cut, if that is allowed. Each piece gets an IP header of its own.',
    kernel: { name: 'ip_finish_output() → ip_do_fragment()', file: 'net/ipv4/ip_output.c' },
    where: 'nstat -asz "IpFrag*"',
    more: 'All pieces but the last carry a multiple of 8 bytes, since the offset counts in units of 8. If the packet must not be cut, it is refused: the sender learns the MTU, a router says it by "fragmentation needed". TCP avoids all of this by making segments that fit.',
    numbers: [
      { counter: 'Ip.FragOKs', kind: 'flow', words: 'packets cut' },
      { counter: 'Ip.FragCreates', kind: 'flow', words: 'pieces made' },
      { counter: 'Ip.FragFails', kind: 'loss', words: 'too large, and must not be cut' },
    ],
    commands: [
      { line: 'nstat -asz "IpFrag*"', shows: 'cut, pieces, refused', scope: 'node' },
      { line: 'ip link show dev %dev', shows: 'the MTU', scope: 'node' },
    ],
  },
];

const LINK: readonly Stage[] = [
  {
    id: 'neighbour',
    place: 'link',
    title: 'Neighbour: which MAC address?',
    what: "The next hop's MAC address is in the neighbour table, or ARP asks for it while the packet waits.",
    kernel: { name: 'neigh_resolve_output()', file: 'net/core/neighbour.c' },
    where: 'ip -s neigh',
    more: 'It is the address of the next hop, not of the far host. After three questions without an answer the entry is FAILED, waiting packets are dropped, and programs hear "No route to host".',
    numbers: [],
    commands: [
      { line: 'ip -s neigh', shows: 'addresses, their state and age', scope: 'node' },
      { line: 'ip monitor neigh', shows: 'each change as it happens', scope: 'node' },
    ],
  },
  {
    id: 'qdisc',
    place: 'link',
    title: 'Queueing discipline',
    what: 'The queue of the interface: it decides what leaves next, how fast, and what is dropped when it is full.',
    kernel: { name: '__dev_queue_xmit() → __qdisc_run()', file: 'net/core/dev.c, net/sched/' },
    where: 'tc -s qdisc',
    more: 'A veth starts without one (noqueue): packets pass straight through and nothing is counted. Drops here are in no number of "ip -s link"; look at tc. Only when a qdisc holds packets back does the soft interrupt NET_TX send them later.',
    machine: ['softirqs.NET_TX'],
    numbers: [
      { counter: 'qdisc.*.packets', kind: 'flow', words: 'sent by a qdisc (a veth starts without one)' },
      { counter: 'qdisc.*.qlen', kind: 'level', words: 'waiting' },
      { counter: 'qdisc.*.drops', kind: 'loss', words: 'the queue was full' },
    ],
    commands: [
      { line: 'tc -s qdisc show dev %dev', shows: 'sent, dropped, backlog', scope: 'node' },
      { line: "grep -E 'CPU|NET_TX' /proc/softirqs", shows: 'soft interrupts that sent later', scope: 'machine' },
    ],
  },
  {
    id: 'taps',
    place: 'link',
    title: 'Taps: tcpdump looks here',
    what: 'Packet sockets get a copy just before the driver: after the firewall and after the queue.',
    kernel: { name: 'dev_hard_start_xmit() → dev_queue_xmit_nit()', file: 'net/core/dev.c' },
    where: '/proc/net/packet',
    more: 'What a qdisc has dropped is not seen. Checksums and segments that the card is to finish are not finished yet, so captures on the sender may show "incorrect" checksums and frames larger than the MTU.',
    numbers: [],
    commands: [{ line: 'tcpdump -c 5 -ni %dev -Q out', shows: 'five packets that leave', scope: 'node' }],
  },
];

const CARD_AND_DRIVER: readonly Stage[] = [
  {
    id: 'driver',
    place: 'driver',
    title: 'Driver',
    what: 'The driver takes the sk_buff over. That of a veth hands it to the other end, where the receive path begins.',
    kernel: { name: 'ndo_start_xmit(), here veth_xmit()', file: 'drivers/net/veth.c' },
    where: 'ip -s link',
    more: 'A veth drops what it cannot hand over, for one when the other end is down or its MTU is too small. It counts that as tx_dropped.',
    numbers: [
      { counter: '*.tx_packets', kind: 'flow', words: 'frames' },
      { counter: '*.tx_dropped', kind: 'loss', words: 'the other end did not take it' },
      { counter: '*.tx_errors', kind: 'loss', words: 'the driver could not send' },
    ],
    commands: [
      { line: 'ip -s link show dev %dev', shows: 'frames, bytes, errors and drops', scope: 'node' },
      { line: 'ethtool -i %dev', shows: 'which driver it is', scope: 'node' },
    ],
  },
  {
    id: 'ring',
    place: 'card',
    title: 'Transmit ring and doorbell',
    what: 'The driver writes a descriptor (where the frame lies, how long it is) and a register of the card: the doorbell.',
    kernel: { name: "the driver's transmit ring", file: 'drivers/net/ethernet/' },
    where: 'ethtool -g',
    notHere: 'A veth has no ring and no doorbell: its driver calls the other end.',
    more: 'Nothing interrupts the card; writing the register is enough. When the ring is full, the driver stops the queue and packets wait in the qdisc.',
    numbers: [],
    commands: [
      { line: 'ethtool -g %dev', shows: 'the size of the rings; a veth answers "not supported"', scope: 'node' },
    ],
  },
  {
    id: 'nic',
    place: 'card',
    title: 'NIC: the frame leaves',
    what: 'The card fetches the frame by DMA, puts it on the wire and interrupts later, so that the buffer can be freed.',
    kernel: { name: 'napi_consume_skb() after the interrupt', file: 'net/core/skbuff.c' },
    where: '/proc/interrupts',
    notHere: 'A veth has no wire and raises no interrupt: the buffer belongs to the other end now.',
    more: 'This is the only hard interrupt of sending, and it comes afterwards. Cards finish many frames before they raise one. The card may also write checksums and cut large segments here.',
    numbers: [],
    commands: [
      { line: 'cat /proc/interrupts', shows: 'hard interrupts for each CPU, real cards only', scope: 'machine' },
      { line: 'ethtool -k %dev', shows: 'what the card would do by itself', scope: 'node' },
    ],
  },
];

export const TRANSMIT_STAGES: readonly Stage[] = [...SOCKET, ...INTERNET, ...LINK, ...CARD_AND_DRIVER];
