/** The lines that send a payload for real: one call, so that one datagram or one stretch of the stream leaves. Pure. */

const PORT = 7007;
/** Longer lines are no fun to type, and shells have their limits. */
const MOST_TEXT = 600;

export interface SendLines {
  /** On the receiving node; null where nobody has to listen. */
  readonly listen: string | null;
  readonly send: string;
}

/** `head` goes in front as it is. Null for what is too long for a line. */
export function sendLines(
  to: string,
  transport: 'tcp' | 'udp',
  content: { readonly head: string; readonly text: string; readonly times: number },
): SendLines | null {
  const { head, text, times } = content;
  if (text.length > MOST_TEXT) return null;
  const body = `${literal(text)}${times === 1 ? '' : `*${times}`}`;
  const bytes = head === '' ? body : `${literal(head)}+${body}`;
  const program =
    transport === 'udp'
      ? `import socket as s;s.socket(s.AF_INET,s.SOCK_DGRAM).sendto(${bytes},("${to}",9))`
      : `import socket as s;c=s.create_connection(("${to}",${PORT}));c.sendall(${bytes});c.close()`;
  return {
    listen: transport === 'udp' ? null : `nc -lk ${PORT} > /dev/null &`,
    send: `python3 -c ${quoted(program)}`,
  };
}

/** What is not ASCII goes as UTF-8, byte by byte, so that no terminal can change it. */
function literal(text: string): string {
  const bytes = [...new TextEncoder().encode(text)].map((byte) => {
    const letter = String.fromCharCode(byte);
    if (letter === '\n') return '\\n';
    if (letter === '\r') return '\\r';
    return byte >= 0x20 && byte < 0x7f && !'"\\'.includes(letter) ? letter : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `b"${bytes.join('')}"`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
