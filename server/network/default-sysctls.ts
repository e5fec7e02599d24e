/**
 * Settings a lab can depend on. A new network namespace copies many of them from the host, so each node gets the kernel's own
 * documented defaults (Documentation/networking/ip-sysctl.rst), whatever the host has. Keys are paths below /proc/sys.
 */
import type { TopologyNode } from './topology.ts';

export type Setting = readonly [path: string, value: string];

const sameEverywhere: readonly Setting[] = [
  ['net/ipv4/tcp_rmem', '4096 131072 6291456'],
  ['net/ipv4/tcp_wmem', '4096 16384 4194304'],
  // Always allowed without privileges, and its answer to loss can be followed by hand.
  ['net/ipv4/tcp_congestion_control', 'reno'],
  ['net/ipv4/tcp_ecn', '2'],
  ['net/ipv4/tcp_syncookies', '1'],
  ['net/ipv4/tcp_mtu_probing', '0'],
  ['net/ipv4/tcp_no_metrics_save', '1'],
  ['net/ipv4/ip_local_port_range', '32768 60999'],
  ['net/ipv4/ip_nonlocal_bind', '0'],
  ['net/ipv4/icmp_echo_ignore_all', '0'],
  ['net/ipv4/icmp_echo_ignore_broadcasts', '1'],
  ['net/core/somaxconn', '4096'],
  ['net/bridge/bridge-nf-call-iptables', '0'],
  ['net/bridge/bridge-nf-call-ip6tables', '0'],
  ['net/bridge/bridge-nf-call-arptables', '0'],
];

const perInterface: readonly Setting[] = [
  ['rp_filter', '0'],
  ['accept_redirects', '1'],
  ['send_redirects', '1'],
  ['secure_redirects', '1'],
  ['accept_source_route', '0'],
  ['accept_local', '0'],
  ['route_localnet', '0'],
  ['log_martians', '0'],
  ['proxy_arp', '0'],
  ['arp_filter', '0'],
  ['arp_announce', '0'],
  ['arp_ignore', '0'],
  ['arp_accept', '0'],
];

/** Written before the node has interfaces; those that this kernel does not have are left out. */
export function defaultSettings(node: TopologyNode, usesIpv6: boolean): readonly Setting[] {
  const forwarding = node.kind === 'router' ? '1' : '0';
  const ipv6Off = usesIpv6 ? '0' : '1';
  return [
    ...sameEverywhere,
    ['net/ipv4/ip_forward', forwarding],
    ...['all', 'default'].flatMap((scope) =>
      perInterface.map(([name, value]): Setting => [`net/ipv4/conf/${scope}/${name}`, value]),
    ),
    // Router solicitations, duplicate detection and listener reports would move the counters of an idle link.
    ['net/ipv6/conf/all/disable_ipv6', ipv6Off],
    ['net/ipv6/conf/default/disable_ipv6', '1'],
    ...['all', 'default'].flatMap((scope): Setting[] => [
      [`net/ipv6/conf/${scope}/forwarding`, forwarding],
      [`net/ipv6/conf/${scope}/accept_ra`, '0'],
      [`net/ipv6/conf/${scope}/accept_dad`, '0'],
      [`net/ipv6/conf/${scope}/dad_transmits`, '0'],
      [`net/ipv6/conf/${scope}/router_solicitations`, '0'],
    ]),
  ];
}
