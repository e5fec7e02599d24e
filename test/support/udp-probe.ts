/** Measures one direction of a link: numbered UDP packets with the time of sending, both ends on the same clock. */
import type { Sandbox } from '../../server/sandbox/sandbox.ts';
import { until } from './until.ts';

export interface ProbeOptions {
  readonly from: string;
  readonly to: string;
  /** Address of `to`. */
  readonly address: string;
  readonly count: number;
  readonly intervalMs: number;
  /** Of the whole frame, at least 60. */
  readonly frameBytes?: number;
}

/** In the order of arrival. */
export interface Arrival {
  readonly number: number;
  readonly sentMs: number;
  readonly arrivedMs: number;
}

const PORT = 9000;
/** Ethernet, IPv4 and UDP headers. */
const HEADER_BYTES = 14 + 20 + 8;
/** So long without a packet, and no more will come. */
const SILENCE_SECONDS = 0.8;

const receiver = `
import json, socket, struct, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", ${PORT}))
s.settimeout(5)
seen = []
try:
    while True:
        data = s.recv(9000)
        seen.append((*struct.unpack_from("<Id", data), time.monotonic()))
        s.settimeout(${SILENCE_SECONDS})
except TimeoutError:
    print(json.dumps(seen))
`;

const sender = `
import socket, struct, sys, time
address, count, interval, size = sys.argv[1], *map(float, sys.argv[2:])
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect((address, ${PORT}))
due = time.monotonic()
for number in range(int(count)):
    s.send(struct.pack("<Id", number, time.monotonic()) + bytes(int(size) - 12))
    due += interval / 1000
    time.sleep(max(0, due - time.monotonic()))
`;

export async function probe(sandbox: Sandbox, options: ProbeOptions): Promise<Arrival[]> {
  const timing = { timeoutMs: 20_000 };
  const receiving = sandbox.run('node', options.to, 'python3 -', { ...timing, stdin: receiver });
  const bound = PORT.toString(16).toUpperCase();
  await until(async () => {
    const tables = await sandbox.readProc([options.to], ['net/udp']);
    return tables.get(options.to)?.[0]?.includes(`:${bound} `);
  }, 'the receiver to listen');
  const payloadBytes = (options.frameBytes ?? 100) - HEADER_BYTES;
  const send = `python3 - ${options.address} ${options.count} ${options.intervalMs} ${payloadBytes}`;
  const sent = await sandbox.run('node', options.from, send, { ...timing, stdin: sender });
  const received = await receiving;
  if (sent.exitCode !== 0 || received.exitCode !== 0) throw new Error(sent.stderr + received.stderr);
  return (JSON.parse(received.stdout) as [number, number, number][]).map(([number, sentAt, arrivedAt]) => ({
    number,
    sentMs: sentAt * 1000,
    arrivedMs: arrivedAt * 1000,
  }));
}
