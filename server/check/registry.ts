/** All kinds of check, in the order in which the author's documentation lists them. */
import type { CheckKind } from './check.ts';
import { addressKind } from './kinds/address.ts';
import { captureKind } from './kinds/capture.ts';
import { commandKind } from './kinds/command.ts';
import { conntrackKind } from './kinds/conntrack.ts';
import { counterKind } from './kinds/counter.ts';
import { fileKind } from './kinds/file.ts';
import { linkKind } from './kinds/link.ts';
import { neighborKind } from './kinds/neighbor.ts';
import { pingKind } from './kinds/ping.ts';
import { processKind } from './kinds/process.ts';
import { qdiscKind } from './kinds/qdisc.ts';
import { routeKind } from './kinds/route.ts';
import { socketKind } from './kinds/socket.ts';
import { sysctlKind } from './kinds/sysctl.ts';
import { tcpKind } from './kinds/tcp.ts';
import { udpKind } from './kinds/udp.ts';
import { unchangedKind } from './kinds/unchanged.ts';

// The specs differ by kind; whoever takes a kind out of the list by name passes it what its own schema made.
export const checkKinds: readonly CheckKind<unknown>[] = [
  counterKind,
  captureKind,
  linkKind,
  addressKind,
  routeKind,
  neighborKind,
  qdiscKind,
  sysctlKind,
  socketKind,
  conntrackKind,
  pingKind,
  tcpKind,
  udpKind,
  fileKind,
  processKind,
  unchangedKind,
  commandKind,
] as readonly CheckKind<unknown>[];

/** The kind of that name, as the author writes it. */
export function findKind(name: string): CheckKind<unknown> | undefined {
  return checkKinds.find((kind) => kind.name === name);
}
