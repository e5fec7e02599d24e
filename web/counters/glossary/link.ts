/** Interfaces, queueing disciplines and connection tracking. */
import type { Group } from './group.ts';

export const INTERFACE = {
  source: 'struct rtnl_link_stats64 in include/uapi/linux/if_link.h',
  sentences: {
    rx_packets: 'Frames this interface received and handed to the network stack.',
    tx_packets: 'Frames this interface sent. On a veth, a large one that is cut later counts once.',
    rx_bytes: 'Bytes of the frames received, Ethernet header included, without preamble and checksum.',
    tx_bytes: 'Bytes of the frames sent, Ethernet header included, without preamble and checksum.',
    rx_errors: 'Frames received damaged: the sum of the length, CRC, frame, FIFO and overrun errors.',
    tx_errors: 'Frames that could not be sent because something failed: carrier lost, aborted, queue underrun.',
    rx_dropped:
      'Frames received in good order and dropped before any protocol: no memory, or nobody who takes this EtherType.',
    tx_dropped: 'Frames dropped on their way out; on a veth also those the other end does not take because it is down.',
    multicast: 'Multicast frames received.',
    collisions: 'Two stations sent at once on a shared cable; stays 0 on any link of today.',
    rx_compressed: 'Compressed packets received; only of serial links.',
    tx_compressed: 'Compressed packets sent; only of serial links.',
    rx_crc_errors: 'Frames received whose checksum (FCS) does not fit: damaged on the cable. A veth has none.',
    rx_frame_errors: 'Frames received that did not end on a whole byte.',
    rx_length_errors: 'Frames received too short or too long for the link.',
    rx_fifo_errors: 'Frames lost because the buffer of the network card overflowed.',
    rx_missed_errors:
      'Frames the card dropped because the receive ring had no room: the kernel was too slow to empty it.',
    rx_over_errors: 'Frames lost in the card because it had no buffer for them.',
    rx_nohandler:
      'Frames received and dropped because the interface is not in use, such as the inactive port of a bond.',
    rx_otherhost_dropped:
      'Frames dropped because their destination MAC is another’s; seen when the interface is promiscuous or a switch floods. @ net/ipv4/ip_input.c',
    tx_aborted_errors: 'Frames given up by the card, on old links after too many collisions.',
    tx_carrier_errors: 'Frames not sent because the link was lost meanwhile.',
    tx_fifo_errors: 'Frames not sent because the card ran out of data in the middle of one.',
    tx_heartbeat_errors: 'Missing heartbeats of a transceiver; only of Ethernet older than twisted pair.',
    tx_window_errors: 'Frames sent too late for a collision to be seen; only of half-duplex links.',
    carrier_changes: 'Times the link went up or down. @ net/core/dev.c',
  },
} satisfies Group;

export const QDISC = {
  source: 'net/sched/sch_api.c',
  sentences: {
    bytes: 'Bytes that went through the queue in front of the interface.',
    packets: 'Packets that went through the queue; a large one to be cut by the interface counts as its pieces.',
    drops: 'Packets the queue dropped: it was full, or its rule says so (loss of netem, early drops of fq_codel).',
    overlimits: 'Times a packet had to wait because the rate allowed no more; normal for tbf, not a loss.',
    requeues: 'Times a packet went back into the queue because the interface could not take it.',
    backlog: 'Not a total: bytes that wait in the queue this moment.',
    qlen: 'Not a total: packets that wait in the queue this moment.',
  },
} satisfies Group;

export const CONNTRACK = {
  source: 'net/netfilter/nf_conntrack_core.c',
  sentences: {
    count: 'Not a total: connections that this node keeps track of this moment, for NAT and stateful rules.',
  },
} satisfies Group;
