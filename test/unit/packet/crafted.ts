/** Frames of every protocol the decoder knows, and of the ways they can be wrong. */
import {
  arp,
  bytes,
  dnsName,
  eth,
  hex,
  icmp,
  icmp6,
  ip4,
  ip4Frame,
  ip6,
  ip6Frame,
  MAC_A,
  MAC_B,
  tcp,
  u16,
  u32,
  udp,
} from './build.ts';
import type { Bytes } from './build.ts';

const ZERO_MAC = [0, 0, 0, 0, 0, 0];
const BROADCAST = hex('ffffffffffff');
const IP_A = [10, 0, 0, 1];
const IP_B = [10, 0, 0, 2];
const FD_B = hex('fd00000000000000000000000000000b');

const ping = (size: number): Uint8Array =>
  icmp(
    8,
    0,
    bytes(
      u16(7),
      u16(1),
      Array.from({ length: size }, (_, index) => index & 255),
    ),
  );
const syn = tcp(40000, 22222, [], { flags: 0x002, options: hex('020405b4 0402 080a0000000100000000 01 030307') });

export const LINK_FRAMES = [
  arp(1, { mac: MAC_A, ip: IP_A }, { mac: ZERO_MAC, ip: IP_B }),
  arp(2, { mac: MAC_B, ip: IP_B }, { mac: MAC_A, ip: IP_A }),
  arp(1, { mac: MAC_A, ip: IP_A }, { mac: ZERO_MAC, ip: IP_A }),
  arp(2, { mac: MAC_A, ip: IP_A }, { mac: MAC_A, ip: IP_A }),
  arp(1, { mac: MAC_A, ip: [0, 0, 0, 0] }, { mac: ZERO_MAC, ip: IP_A }),
  arp(1, { mac: MAC_A, ip: IP_A }, { mac: BROADCAST, ip: IP_A }),
  bytes(arp(1, { mac: MAC_A, ip: IP_A }, { mac: ZERO_MAC, ip: IP_B }), new Uint8Array(18)),
  eth(0x0806, hex('0006 0800 0800 0001 0102')),
  bytes(ip4Frame(17, udp(40000, 33333, bytes('x'))), new Uint8Array(17)),
  bytes(ip4Frame(1, ping(100)), hex('deadbeef')),
  eth(0x8100, bytes(u16(0x6007), u16(0x0800), ip4(1, ping(8)))),
  eth(0x88a8, bytes(u16(0x0005), u16(0x8100), u16(0x1006), u16(0x0800), ip4(1, ping(8)))),
  eth(0x8100, bytes(u16(0x0001), u16(0x0806), hex('0001080006040001'), MAC_A, IP_A, ZERO_MAC, IP_B)),
  eth(0x88cc, hex('0207040200000000')),
  eth(0x1234, bytes('unknown')),
];

export const INTERNET_FRAMES = [
  ip4Frame(1, ping(56)),
  ip4Frame(1, ping(3), { tos: 0xb9, flagsAndOffset: 0x4000, ttl: 1 }),
  ip4Frame(1, ping(8), { checksum: 0x1234 }),
  ip4Frame(1, ping(32).subarray(0, 24), { flagsAndOffset: 0x2000, id: 99 }),
  ip4Frame(1, ping(32).subarray(24), { flagsAndOffset: 0x0003, id: 99 }),
  ip4Frame(1, ping(8), { options: hex('83 07 04 0a000003 00') }),
  ip4Frame(2, hex('1164ee9b00000000'), { options: hex('94040000') }),
  ip4Frame(1, ping(8), { options: hex('8907080a00000300') }),
  ip4Frame(1, ping(8), { options: hex('44 0c 09 10 00000001 00000000') }),
  ip4Frame(1, ping(8), { options: hex('07 ff 04 00') }),
  ip4Frame(1, ping(8), { totalLength: 10 }),
  ip4Frame(1, ping(8), { totalLength: 1000 }),
  ip4Frame(1, ping(8), { versionAndLength: 0x44 }),
  ip4Frame(1, ping(8), { versionAndLength: 0x65 }),
  ip4Frame(1, ping(8), { totalLength: 0 }),
  ip4Frame(253, bytes('experimental')),
  ip4Frame(1, icmp(5, 1, bytes([10, 0, 0, 254], ip4(17, udp(1000, 2000, bytes('quoted')))))),
  ip4Frame(1, icmp(4, 0, bytes([0, 0, 0, 0], ip4(6, tcp(1000, 2000).subarray(0, 8))))),
  ip4Frame(1, icmp(12, 0, bytes([20, 0, 0, 0], ip4(1, ping(8))))),
  ip4Frame(1, icmp(13, 0, bytes(u16(1), u16(2), u32(1000), u32(0), u32(0)))),
  ip4Frame(1, icmp(17, 0, bytes(u16(1), u16(2), u32(0)))),
  ip4Frame(1, icmp(3, 3, bytes([0, 0, 0, 0], ip4(17, udp(1000, 2000, bytes('quoted')))))),
  ip4Frame(1, icmp(3, 4, bytes(u16(0), u16(1280), ip4(6, tcp(1000, 2000).subarray(0, 8))))),
  ip4Frame(1, icmp(11, 0, bytes([0, 0, 0, 0], ip4(6, syn)))),
  ip4Frame(1, icmp(11, 1, bytes([0, 0, 0, 0], ip4(1, icmp(3, 1, bytes([0, 0, 0, 0], ip4(1, ping(8)))))))),
  ip4Frame(1, icmp(200, 0, bytes('????'))),
  ip4Frame(4, ip4(1, ping(8))),
  ip4Frame(41, ip6(58, icmp6(128, 0, bytes(u16(1), u16(2), 'hi')))),
  ip6Frame(58, icmp6(128, 0, bytes(u16(0xbeef), u16(2), 'hello'))),
  ip6Frame(
    58,
    bytes(icmp6(129, 0, bytes(u16(1), u16(2), 'hello')).map((byte, index) => (index === 2 ? byte ^ 1 : byte))),
  ),
  ip6Frame(60, bytes(hex('3a 00 01 04 00000000'), icmp6(128, 0, bytes(u16(1), u16(2))))),
  ip6Frame(43, bytes(hex('3a 02 00 01 00000000'), FD_B, icmp6(128, 0, bytes(u16(1), u16(2))))),
  ip6Frame(44, bytes(hex('3a 00 0001 00000007'), icmp6(128, 0, bytes(u16(1), u16(2), 'part')))),
  ip6Frame(44, bytes(hex('3a 00 0010 00000007'), bytes('rest'))),
  ip6Frame(44, bytes(hex('11 00 0000 00000007'), udp(1000, 2000, bytes('atomic'), { isIp6: true }))),
  ip6Frame(
    0,
    bytes(hex('3a 00 05 02 0000 01 00'), icmp6(143, 0, bytes(u16(0), u16(1), 3, 1, u16(1), FD_B, FD_B, [1, 2, 3, 4]))),
  ),
  ip6Frame(0, bytes(hex('3a 00 00 00 01 01 00 00'), icmp6(130, 0, bytes(u16(1000), u16(0), new Uint8Array(16))))),
  ip6Frame(58, icmp6(130, 0, bytes(u16(1000), u16(0), new Uint8Array(16), hex('0a 7d 0001'), FD_B))),
  ip6Frame(58, icmp6(131, 0, bytes(u16(0), u16(0), FD_B))),
  ip6Frame(58, icmp6(133, 0, bytes(u32(0), hex('0101'), MAC_A))),
  ip6Frame(
    58,
    icmp6(
      134,
      0,
      bytes(
        hex('40 c8 0708 00007530 000003e8'),
        hex('0101'),
        MAC_A,
        hex('0501 0000 000005dc'),
        hex('0304 40 c0 00015180 00003840 00000000'),
        FD_B,
        hex('1903 0000 00000e10'),
        FD_B,
      ),
    ),
  ),
  ip6Frame(58, icmp6(135, 0, bytes(u32(0), FD_B, hex('0101'), MAC_A, hex('0e01 112233445566')))),
  ip6Frame(58, icmp6(136, 0, bytes(u32(0x60000000), FD_B, hex('0201'), MAC_B))),
  ip6Frame(58, icmp6(137, 0, bytes(u32(0), FD_B, FD_B, hex('0201'), MAC_B))),
  ip6Frame(58, icmp6(135, 0, bytes(u32(0), FD_B, hex('0100'), MAC_A))),
  ip6Frame(58, icmp6(1, 4, bytes(u32(0), ip6(17, udp(1000, 2000, bytes('quoted'), { isIp6: true }))))),
  ip6Frame(58, icmp6(2, 0, bytes(u32(1400), ip6(6, tcp(1000, 2000, [], { isIp6: true }), { plen: 1400 })))),
  ip6Frame(58, icmp6(3, 0, bytes(u32(0), ip6(58, icmp6(128, 0, bytes(u16(1), u16(2))))))),
  ip6Frame(58, icmp6(4, 1, bytes(u32(6), ip6(253, bytes('x'))))),
  ip6Frame(59, []),
  ip6Frame(253, bytes('experimental')),
  ip4Frame(1, icmp(3, 4, bytes(u16(0), u16(1280), ip4(6, tcp(1000, 22222, new Uint8Array(100))).subarray(0, 60)))),
  eth(0x86dd, ip4(1, ping(8))),
  eth(0x0800, ip6(58, icmp6(128, 0, bytes(u16(1), u16(2))))),
  eth(0x86dd, ip6(17, udp(1, 2, bytes('x'), { isIp6: true }), { plen: 500 })),
];

const httpFrame = (port: number, text: string, source = 50000): Uint8Array =>
  ip4Frame(6, tcp(source, port, bytes(text), { seq: source }));

export const TRANSPORT_FRAMES = [
  ip4Frame(6, syn),
  ip4Frame(6, tcp(40001, 22222, [], { flags: 0x012, options: hex('020405b4') })),
  ip4Frame(6, tcp(40002, 22222, [], { flags: 0xfff })),
  ip4Frame(6, tcp(40003, 22222, [], { options: hex('01 01 05 0a 00000001 00000002') })),
  ip4Frame(6, tcp(40004, 22222, [], { options: hex('02 09 0000') })),
  ip4Frame(6, tcp(40005, 22222, [], { options: hex('fd 04 1234') })),
  ip4Frame(6, tcp(40006, 22222, [], { options: hex('00000000') })),
  ip4Frame(6, tcp(40007, 22222, [], { options: hex('03 03 0f 00') })),
  ip4Frame(6, tcp(40008, 22222, [], { dataOffset: 3 })),
  ip4Frame(6, tcp(40009, 22222, [], { dataOffset: 15 })),
  ip4Frame(6, tcp(40010, 22222, bytes('payload'), { checksum: 0xbad })),
  ip4Frame(6, tcp(40011, 22222, bytes('odd'))),
  ip6Frame(6, tcp(40012, 22222, bytes('over six'), { isIp6: true })),
  ip4Frame(17, udp(40000, 33333, bytes('datagram'))),
  ip4Frame(17, udp(40000, 33333, bytes('datagram'), { checksum: 0 })),
  ip4Frame(17, udp(40000, 33333, bytes('datagram'), { checksum: 0xbad })),
  ip4Frame(17, udp(40000, 33333, bytes('datagram'), { length: 12 })),
  ip4Frame(17, udp(40000, 33333, bytes('datagram'), { length: 4 })),
  ip4Frame(17, udp(40000, 33333, bytes('datagram'), { length: 400 })),
  ip4Frame(17, udp(40000, 33333, [])),
  ip6Frame(17, udp(40000, 33333, bytes('x'), { checksum: 0, isIp6: true })),
  ip6Frame(17, udp(40000, 33333, bytes('xyz'), { isIp6: true })),
];

const vxlan = (inner: Bytes): Uint8Array => udp(40000, 4789, bytes(hex('08000000 00002a00'), inner));

export const TUNNEL_FRAMES = [
  ip4Frame(17, vxlan(ip4Frame(1, ping(8)))),
  ip4Frame(17, vxlan(arp(1, { mac: MAC_A, ip: IP_A }, { mac: ZERO_MAC, ip: IP_B }))),
  ip4Frame(47, bytes(hex('0000 0800'), ip4(1, ping(8)))),
  ip4Frame(47, bytes(hex('2000 0800 00000063'), ip4(1, ping(8)))),
  ip4Frame(47, bytes(hex('3000 86dd 00000063 00000001'), ip6(58, icmp6(128, 0, bytes(u16(1), u16(2)))))),
  ip4Frame(47, bytes(hex('8000 0800 1234 0000'), ip4(1, ping(8)))),
  ip4Frame(47, bytes(hex('0000 6558'), ip4Frame(1, ping(8)))),
  ip4Frame(47, bytes(hex('0000 1234'), bytes('unknown'))),
];

const dnsHeader = (flags: number, ...counts: [number, number, number, number]): Uint8Array =>
  bytes(u16(0xabcd), u16(flags), ...counts.map(u16));
const question = (name: string, type: number, dnsClass = 1): Uint8Array =>
  bytes(dnsName(name), u16(type), u16(dnsClass));
const record = (type: number, data: Bytes, name: Bytes = [0xc0, 12]): Uint8Array =>
  bytes(name, u16(type), u16(1), u32(300), u16(data.length), data);
const opt = hex('00 0029 04d0 00 00 8000 000c 000a 0008 0102030405060708');

export const DNS_FRAMES = [
  ip4Frame(17, udp(40000, 53, bytes(dnsHeader(0x0100, 1, 0, 0, 0), question('www.example.org', 1)))),
  ip4Frame(17, udp(40000, 53, bytes(dnsHeader(0x0120, 1, 0, 0, 1), question('www.example.org', 28), opt))),
  ip4Frame(
    17,
    udp(
      53,
      40000,
      bytes(
        dnsHeader(0x8580, 1, 2, 0, 0),
        question('www.example.org', 1),
        record(5, bytes([3], 'web', [0xc0, 16])),
        record(1, [192, 0, 2, 1], bytes([3], 'web', [0xc0, 16])),
      ),
    ),
  ),
  ip4Frame(
    17,
    udp(
      53,
      40001,
      bytes(
        dnsHeader(0x8183, 1, 0, 1, 1),
        question('nope.example.org', 1),
        record(
          6,
          bytes([2], 'ns', [0xc0, 17], [4], 'root', [0xc0, 17], u32(1), u32(2), u32(3), u32(4), u32(5)),
          [0xc0, 17],
        ),
        opt,
      ),
    ),
  ),
  ip4Frame(
    17,
    udp(
      53,
      40002,
      bytes(
        dnsHeader(0x8400, 1, 6, 0, 0),
        question('example.org', 255),
        record(28, FD_B),
        record(15, bytes(u16(10), [4], 'mail', [0xc0, 12])),
        record(16, bytes([5], 'hello', [5], 'world')),
        record(2, bytes([2], 'ns', [0xc0, 12])),
        record(12, dnsName('ptr.example.net')),
        record(99, bytes('?')),
      ),
    ),
  ),
  ip4Frame(
    17,
    udp(
      53,
      40003,
      bytes(
        dnsHeader(0x8400, 1, 1, 0, 0),
        question('_http._tcp.example.org', 33),
        record(33, bytes(u16(1), u16(2), u16(80), dnsName('web.example.org'))),
      ),
    ),
  ),
  ip4Frame(17, udp(40004, 53, bytes(dnsHeader(0x0000, 1, 0, 0, 0), question('', 2)))),
  ip4Frame(17, udp(5353, 5353, bytes(dnsHeader(0x0000, 1, 0, 0, 0), question('printer.local', 12, 0x8001)))),
  ip4Frame(
    17,
    udp(
      5353,
      5353,
      bytes(dnsHeader(0x8400, 0, 1, 0, 0), dnsName('host.local'), u16(1), u16(0x8001), u32(120), u16(4), IP_A),
    ),
  ),
  ip4Frame(17, udp(40005, 5355, bytes(dnsHeader(0x0000, 1, 0, 0, 0), question('host', 1)))),
  ip4Frame(6, tcp(40006, 53, bytes(u16(33), dnsHeader(0x0100, 1, 0, 0, 0), question('www.example.org', 1)))),
  ip4Frame(17, udp(40007, 53, bytes(dnsHeader(0x0100, 1, 0, 0, 0), [0xc0, 12], u16(1), u16(1)))),
  ip4Frame(17, udp(40008, 53, bytes(dnsHeader(0x0100, 3, 0, 0, 0), question('cut.example.org', 1)))),
];

const bootp = (op: number, options: Bytes, yours: Bytes = [0, 0, 0, 0]): Uint8Array =>
  bytes(
    op,
    1,
    6,
    0,
    u32(0x12345678),
    u16(3),
    u16(0x8000),
    [0, 0, 0, 0],
    yours,
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    MAC_A,
    new Uint8Array(10),
    new Uint8Array(64),
    new Uint8Array(128),
    hex('63825363'),
    options,
  );

export const DHCP_FRAMES = [
  ip4Frame(
    17,
    udp(
      68,
      67,
      bootp(
        1,
        bytes(
          hex('350101 3204'),
          IP_A,
          hex('3704 01 03 06 0f'),
          [12, 4],
          'host',
          [60, 5],
          'udhcp',
          hex('390205dc'),
          [255],
          new Uint8Array(4),
        ),
      ),
    ),
    { src: [0, 0, 0, 0], dst: [255, 255, 255, 255] },
  ),
  ip4Frame(
    17,
    udp(
      67,
      68,
      bootp(
        2,
        bytes(
          hex('350102 3604'),
          IP_B,
          hex('3304 00000e10 3a04 00000708 3b04 00000c4e 0104 ffffff00 0308'),
          IP_B,
          IP_A,
          hex('0604'),
          IP_B,
          [15, 11],
          'example.org',
          hex('1c04 0affffff 1a02 05dc 2a04'),
          IP_B,
          [255],
        ),
        IP_A,
      ),
    ),
  ),
  ip4Frame(17, udp(67, 68, bootp(2, bytes(hex('350106'), [56, 4], 'nope', hex('00 00 2b 03 010203 ff'))))),
  ip4Frame(17, udp(68, 67, bootp(1, hex('350101 3305 01')))),
];

export const HTTP_FRAMES = [
  httpFrame(80, 'GET /a/b?x=1&y=2 HTTP/1.1\r\nHost: h\r\nX-Odd: 1\r\nAccept-Encoding: gzip\r\n\r\n'),
  httpFrame(80, 'GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n', 50001),
  httpFrame(
    8080,
    'POST /form HTTP/1.1\r\nHost: h:8080\r\nContent-Length: 9\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{"a": 10}',
    50002,
  ),
  ip4Frame(
    6,
    tcp(
      80,
      50003,
      bytes(
        'HTTP/1.1 301 Moved Permanently\r\nLocation: http://other/\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n',
      ),
    ),
  ),
  ip4Frame(
    6,
    tcp(80, 50004, bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nConnection: close\r\n\r\nbody text')),
  ),
  ip4Frame(6, tcp(80, 50005, bytes('HTTP/1.1 500 Internal Server Error\r\nDate: now\r\nServer:   spaced  \r\n\r\n'))),
  httpFrame(80, 'GET /cut HTTP/1.1\r\nHost: h\r\nUser-Ag', 50006),
  httpFrame(80, 'no http at all', 50007),
  httpFrame(12345, 'HEAD /odd-port HTTP/1.1\r\nHost: h:12345\r\n\r\n', 50008),
  httpFrame(80, 'OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n', 50009),
  httpFrame(3128, 'CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n', 50010),
  httpFrame(80, 'GET http://h/full HTTP/1.1\r\nHost: h\r\n\r\n', 50011),
  httpFrame(80, 'DELETE /x HTTP/1.0\n\n', 50012),
];

export const ALL_FRAMES: readonly Uint8Array[] = [
  LINK_FRAMES,
  INTERNET_FRAMES,
  TRANSPORT_FRAMES,
  TUNNEL_FRAMES,
  DNS_FRAMES,
  DHCP_FRAMES,
  HTTP_FRAMES,
].flat();
