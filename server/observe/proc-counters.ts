/** Counters from the text files under /proc/<pid>/net. Pure. */

/** Counters of interfaces. */
export const DEV_FILE = 'net/dev';

/** The files {@link parseProcCounters} takes, in its order, as names under /proc/<pid>. */
export const PROC_COUNTER_FILES = ['net/snmp', 'net/netstat', DEV_FILE, 'net/snmp6'] as const;

/** All counters of the four files; a file that is not there (null: IPv6 is off, say) adds none. */
export function parseProcCounters(texts: readonly (string | null)[]): Map<string, number> {
  const counters = new Map<string, number>();
  const [snmp, netstat, dev, snmp6] = texts;
  if (snmp) addPairedLines(snmp, counters);
  if (netstat) addPairedLines(netstat, counters);
  if (dev) addDev(dev, counters);
  if (snmp6) addSnmp6(snmp6, counters);
  return counters;
}

/** snmp and netstat: a line of names, then a line of values, both behind `Group:` (net/ipv4/proc.c). */
function addPairedLines(text: string, counters: Map<string, number>): void {
  const lines = text.split('\n');
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const names = namesIn(lines[i] ?? '');
    const values = (lines[i + 1] ?? '').split(' ');
    if (names === null || values[0] !== names[0]) continue;
    for (let column = 1; column < names.length; column += 1) {
      const value = Number(values[column]);
      if (!Number.isNaN(value)) counters.set(names[column] ?? '', value);
    }
  }
}

/** Lines of names that were read before: a kernel writes the same ones in every namespace, twice a second. */
const knownNames = new Map<string, readonly string[] | null>();
const MOST_KNOWN_NAMES = 64;

/** The group with its colon, then the names with the group in front; null for no line of names. */
function namesIn(line: string): readonly string[] | null {
  const known = knownNames.get(line);
  if (known !== undefined) return known;
  const [group = '', ...names] = line.split(' ');
  const owner = group.slice(0, -1);
  const found = group.endsWith(':') ? [group, ...names.map((name) => `${owner}.${name}`)] : null;
  // Types of ICMP messages come and go, so the lines that there can be have no end.
  if (knownNames.size >= MOST_KNOWN_NAMES) knownNames.clear();
  knownNames.set(line, found);
  return found;
}

// Columns that are plain sums of several fields (frame, fifo, carrier) are left to `ip -s -s link`.
const RX_FIELDS = ['rx_bytes', 'rx_packets', 'rx_errors', 'rx_dropped', null, null, null, 'multicast'];
const TX_FIELDS = ['tx_bytes', 'tx_packets', 'tx_errors', 'tx_dropped', null, 'collisions', null, null];
const DEV_COLUMNS = [...RX_FIELDS, ...TX_FIELDS];

/** dev: two lines of headings, then `name: 16 numbers` (net/core/net-procfs.c). A name may hold a colon (an alias). */
function addDev(text: string, counters: Map<string, number>): void {
  for (const line of text.split('\n').slice(2)) {
    const match = /^\s*(\S+):((?:\s+\d+){16})\s*$/.exec(line);
    if (!match) continue;
    const values = (match[2] ?? '').trim().split(/\s+/);
    DEV_COLUMNS.forEach((field, column) => {
      if (field !== null) counters.set(`${match[1]}.${field}`, Number(values[column]));
    });
  }
}

/** snmp6: `Ip6InReceives  3`, one a line (net/ipv6/proc.c). */
function addSnmp6(text: string, counters: Map<string, number>): void {
  for (const match of text.matchAll(/^(Ip6|Icmp6|UdpLite6|Udp6)(\S+)\s+(\d+)$/gm)) {
    counters.set(`${match[1]}.${match[2]}`, Number(match[3]));
  }
}
