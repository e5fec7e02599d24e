/** `udp`: whether a port takes datagrams. */
import { portKind } from './port-check.ts';

export const udpKind = portKind(
  'udp',
  'open (no error came back) | closed (port unreachable) | filtered (another ICMP error, or no way there).',
);
