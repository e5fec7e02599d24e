/** `tcp`: whether a connection can be opened. */
import { portKind } from './port-check.ts';

export const tcpKind = portKind('tcp', 'open | closed (refused) | filtered (no answer).');
