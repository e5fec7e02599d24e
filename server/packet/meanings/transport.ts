/** What the fields of the transport layer mean. One line: name | meaning | where it is defined. */
export const TRANSPORT_MEANINGS = `
tcp | A reliable stream of bytes between two applications: numbered, acknowledged, sent again when lost. | RFC 9293 §3.1
tcp.srcport | Port of the sending application. | RFC 9293 §3.1
tcp.dstport | Port of the application it is for. | RFC 9293 §3.1
tcp.len | Bytes of data in this segment, computed from the lengths of the IP and TCP headers. | RFC 9293 §3.4
tcp.seq_raw | Number of the first byte of this segment in the sender's stream. | RFC 9293 §3.4
tcp.ack_raw | Number of the byte that the sender expects next: all before it have arrived. | RFC 9293 §3.4
tcp.hdr_len | Bytes of this header with its options; on the wire in words of four bytes. | RFC 9293 §3.1
tcp.flags | The control bits together. | RFC 9293 §3.1
tcp.flags.res | Bits without a meaning yet. | RFC 9293 §3.1
tcp.flags.ae | Part of accurate congestion feedback. | RFC 9768
tcp.flags.cwr | The sender has slowed down after a mark of congestion. | RFC 3168 §6.1
tcp.flags.ece | The receiver has seen a mark of congestion; in a SYN: it understands such marks. | RFC 3168 §6.1
tcp.flags.urg | The urgent pointer counts. | RFC 9293 §3.8.5
tcp.flags.ack | The acknowledgement number counts; set in all segments but the very first. | RFC 9293 §3.1
tcp.flags.push | Give what has arrived to the application now. | RFC 9293 §3.9.1.2
tcp.flags.reset | The connection does not exist or ends at once. | RFC 9293 §3.5.2
tcp.flags.syn | Opens a connection and names the first sequence number. | RFC 9293 §3.5
tcp.flags.fin | The sender has no more data: it closes its direction. | RFC 9293 §3.6
tcp.window_size_value | How many bytes the receiver can take now, before scaling. | RFC 9293 §3.8.6
tcp.checksum | Checksum over the segment and the IP addresses. | RFC 9293 §3.1
tcp.checksum.status | Whether that checksum is right: 0 bad, 1 good, 2 not verified. | RFC 9293 §3.1
tcp.checksum_calculated | What the checksum should be for these bytes. | RFC 1071
tcp.urgent_pointer | Where urgent data ends, counted from the sequence number. | RFC 9293 §3.8.5
tcp.options | All options together. | RFC 9293 §3.2
tcp.options.eol | End of the options; the rest is padding. | RFC 9293 §3.2
tcp.options.nop | One byte of padding between options. | RFC 9293 §3.2
tcp.options.mss | The largest segment that the sender of this option can receive. | RFC 9293 §3.7.1
tcp.options.wscale | By how much window sizes are to be scaled. | RFC 7323 §2
tcp.options.sack_perm | The sender understands selective acknowledgements. | RFC 2018 §2
tcp.options.sack | Which blocks behind a gap have arrived. | RFC 2018 §3
tcp.options.timestamp | A clock value, and the other side's clock value echoed, to measure the round trip. | RFC 7323 §3
tcp.option_kind | Which option this is. | RFC 9293 §3.2
tcp.option_len | Bytes of the option with kind and length. | RFC 9293 §3.2
tcp.options.mss_val | Largest number of data bytes per segment that the sender can receive. | RFC 9293 §3.7.1
tcp.options.wscale.shift | Bits to shift window sizes by. | RFC 7323 §2.2
tcp.options.wscale.multiplier | The same as a factor: window sizes are multiplied by it. | RFC 7323 §2.2
tcp.options.sack.count | How many blocks are listed. | RFC 2018 §3
tcp.options.sack_le | First sequence number of a block that has arrived. | RFC 2018 §3
tcp.options.sack_re | Sequence number just after that block. | RFC 2018 §3
tcp.options.timestamp.tsval | The sender's clock when it sent this segment. | RFC 7323 §3.2
tcp.options.timestamp.tsecr | The last clock value that the sender has seen of the other side. | RFC 7323 §3.2
tcp.payload | The bytes of the stream that this segment carries. | RFC 9293 §3.1
udp | Single messages between two applications, without promise of arrival or order. | RFC 768
udp.srcport | Port of the sending application. | RFC 768
udp.dstport | Port of the application it is for. | RFC 768
udp.length | Bytes of this header and the data. | RFC 768
udp.checksum | Checksum over the message and the IP addresses; zero when the sender made none. | RFC 768
udp.checksum.status | Whether that checksum is right: 0 bad, 1 good, 2 not verified, 3 not there, 4 missing where it must not. | RFC 768
udp.checksum_calculated | What the checksum should be for these bytes. | RFC 1071
udp.payload | The message that the application sent. | RFC 768
`;
