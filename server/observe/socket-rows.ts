/** Rows of `ss -H -a -n -p -t -u -w -m -O` as values. Pure. */
import type { SocketRow } from './observer.ts';

/** Words of ss and of authors for one state, in lower case with dashes. */
const STATES: Readonly<Record<string, string>> = {
  estab: 'established',
  unconn: 'unconn',
  'syn-recv': 'syn-recv',
};

/** The same word for `ESTAB`, `established`, `TIME_WAIT` and `time-wait`. */
export function socketState(text: string): string {
  const word = text.toLowerCase().replaceAll('_', '-');
  return STATES[word] ?? word;
}

export function parseSockets(text: string): SocketRow[] {
  return text.split('\n').flatMap((line) => {
    const match = /^(\S+)\s+(\S+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s*(.*)$/.exec(line);
    if (!match) return [];
    const [, proto = '', state = '', recvQ, sendQ, local = '', remote = '', rest = ''] = match;
    const isListening = state === 'LISTEN';
    // A program may be named like a column: the memory columns are the last of the line.
    const memory = /skmem:\(r\d+,rb(\d+),t\d+,tb(\d+)[^()]*\)\s*$/.exec(rest);
    return [
      {
        proto: proto.replace(/^(\?\?\?|p_.*)$/, 'packet').replace(/^icmp6$/, 'icmp'),
        state: socketState(state),
        local,
        remote,
        process: /^users:\(\("((?:[^"\\]|\\.)*)"/.exec(rest)?.[1] ?? null,
        recvQ: Number(recvQ),
        sendQ: isListening ? 0 : Number(sendQ),
        // For a listening socket ss shows the limit of the accept queue in this column (net/ipv4/tcp_diag.c).
        backlog: isListening ? Number(sendQ) : null,
        rcvbuf: memory ? Number(memory[1]) : null,
        sndbuf: memory ? Number(memory[2]) : null,
        text: line.trim().replaceAll(/\s+/g, ' '),
      },
    ];
  });
}

/** `10.0.0.1:80`, `[fd00::1]:80`, `*:80`, `127.0.0.1%lo:53` taken apart; `*` and the zero addresses are the wildcard `*`. */
export function splitSocketAddress(text: string): { address: string; port: string } {
  const colon = text.lastIndexOf(':');
  const address = text
    .slice(0, Math.max(0, colon))
    .replace(/%.*?(?=\]|$)/, '')
    .replace(/^\[(.*)\]$/, '$1');
  const isWildcard = address === '*' || address === '0.0.0.0' || address === '::' || address === '';
  return { address: isWildcard ? '*' : address, port: text.slice(colon + 1) };
}
