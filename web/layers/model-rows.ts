/** OSI and TCP/IP, layer beside layer, and the parts of Linux that do their work. Data alone. */
import type { ListedCommand } from '../kernel-path/command-list.tsx';

/** The layers of TCP/IP (RFC 1122, section 1.1.3), as labs name them. */
export type TcpIpLayer = 'application' | 'transport' | 'internet' | 'link';

export interface ModelRow {
  /** In the OSI model (ISO/IEC 7498-1); null for what no layer is. */
  readonly osi: { readonly number: number; readonly name: string } | null;
  readonly title: string;
  /** What one piece of data is called here; null where the layer has no header of its own. */
  readonly unit: string | null;
  readonly linux: string;
  readonly tools: readonly string[];
  readonly more: string;
  readonly commands: readonly ListedCommand[];
}

export interface ModelGroup {
  /** Null for the border between program and kernel, which is in neither model. */
  readonly layer: TcpIpLayer | null;
  readonly name: string;
  readonly rows: readonly ModelRow[];
}

export const MODEL: readonly ModelGroup[] = [
  {
    layer: 'application',
    name: 'Application',
    rows: [
      {
        osi: { number: 7, name: 'Application' },
        title: 'Application',
        unit: 'message',
        linux: 'the program and its libraries: HTTP, DNS, SSH',
        tools: ['curl', 'dig', 'tshark -Y http'],
        more: 'What is said: a request, an answer, a name. To all layers below, it is data without meaning. TCP/IP has one layer for what OSI divides in three, so "layer 7" is the fourth of TCP/IP.',
        commands: [
          { line: 'curl -v http://ADDRESS/', shows: 'request and answer, line by line' },
          {
            line: 'strace -f -e trace=network,read,write -p PID',
            shows: 'what a program gives to the kernel, and takes from it',
          },
        ],
      },
      {
        osi: { number: 6, name: 'Presentation' },
        title: 'Presentation',
        unit: null,
        linux: 'libraries in the program: TLS, character sets, JSON',
        tools: ['openssl s_client', 'tshark -Y tls'],
        more: 'How it is written: encrypted, compressed, in which alphabet. On Linux this is work of libraries inside the program, and the kernel takes no part (except where it encrypts TLS records for a program that asks it to).',
        commands: [
          {
            line: 'tshark -i eth0 -Y tls -c 5',
            shows: 'records of TLS: their types can be read, their contents cannot',
          },
        ],
      },
      {
        osi: { number: 5, name: 'Session' },
        title: 'Session',
        unit: null,
        linux: 'the program: logins, cookies, connections it keeps',
        tools: ['ss -p', 'lsof -i', '/proc/PID/fd'],
        more: 'Who talks with whom and for how long. A program keeps connections open, opens them again and remembers who is at the other end. To the kernel each is a socket, and to the program a file descriptor.',
        commands: [{ line: 'ss -tunap', shows: 'connections and the programs that hold them' }],
      },
    ],
  },
  {
    layer: null,
    name: 'Border of the kernel',
    rows: [
      {
        osi: null,
        title: 'System calls and sockets',
        unit: 'bytes',
        linux: 'send(), recv(), struct socket, buffers',
        tools: ['strace', 'ss -m'],
        more: 'In no model, and yet where most waiting happens: the program hands bytes over and goes on, and the kernel keeps them in buffers that are charged to the socket. Above, bytes belong to the program; below, to the kernel.',
        commands: [{ line: 'ss -tum', shows: 'what waits in the buffers of each socket' }],
      },
    ],
  },
  {
    layer: 'transport',
    name: 'Transport',
    rows: [
      {
        osi: { number: 4, name: 'Transport' },
        title: 'Transport',
        unit: 'segment (TCP), datagram (UDP)',
        linux: 'net/ipv4/tcp*.c, udp.c: ports, order, windows',
        tools: ['ss -ti', 'nstat "Tcp*"', 'tshark -Y tcp'],
        more: 'From program to program. Ports say which socket. TCP numbers its bytes, sends again what was lost and slows down for the receiver and for the network; UDP does none of that.',
        commands: [
          { line: 'ss -ti', shows: 'windows, round trip time and retransmissions' },
          { line: 'nstat -asz "Tcp*" "Udp*"', shows: 'what TCP and UDP have counted' },
        ],
      },
    ],
  },
  {
    layer: 'internet',
    name: 'Internet',
    rows: [
      {
        osi: { number: 3, name: 'Network' },
        title: 'Network',
        unit: 'packet',
        linux: 'routing, IP, ICMP, fragments, netfilter',
        tools: ['ip route get', 'ping', 'traceroute', 'nft', 'conntrack'],
        more: 'From host to host, over as many networks as it takes. The addresses stay the same all the way (unless they are translated); the time to live gets smaller at every router.',
        commands: [
          { line: 'ip route', shows: 'where packets go' },
          { line: 'nstat -asz "Ip*" "Icmp*"', shows: 'what IP and ICMP have counted' },
        ],
      },
    ],
  },
  {
    layer: 'link',
    name: 'Link',
    rows: [
      {
        osi: { number: 2, name: 'Data link' },
        title: 'Data link',
        unit: 'frame',
        linux: 'neighbour table, bridge, queueing disciplines',
        tools: ['ip neigh', 'bridge fdb', 'tc -s qdisc', 'tcpdump -e'],
        more: 'From one interface to the next one on the same link. MAC addresses are new on every link: the destination is the next hop, not the far host.',
        commands: [
          { line: 'ip neigh', shows: 'which MAC address belongs to which neighbour' },
          { line: 'tcpdump -eni eth0 -c 5', shows: 'five frames with their MAC addresses' },
        ],
      },
      {
        osi: { number: 1, name: 'Physical' },
        title: 'Physical',
        unit: 'bits',
        linux: 'driver and card; here a veth pair in place of both',
        tools: ['ip -s link', 'ethtool'],
        more: 'Light, voltage, radio. Your network has none: a veth is a function call from one end to the other. Its state, its MTU and its numbers look like those of a real card.',
        commands: [{ line: 'ip -s link', shows: 'state of each interface, frames, errors and drops' }],
      },
    ],
  },
];
