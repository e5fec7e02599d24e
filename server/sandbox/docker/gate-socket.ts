/** A unix socket of an outer context as a stream, through its gate. */
import { Duplex } from 'node:stream';
import type { Channel, Gate } from './gate.ts';
import { Outgoing } from './outgoing.ts';

/** Rejects with what the other side said when there is no such socket. */
export function openGateSocket(gate: Gate, path: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    let isPaused = false;
    const channel: Channel = gate.open(['socket', path], {
      onFrame(kind, fields) {
        if (kind === 'opened') resolve(stream);
        else if (kind === 'took') outgoing.took(Number(fields[0]?.toString()));
        else if (kind === 'out' && !stream.push(fields[0]) && !isPaused) {
          isPaused = true;
          channel.send('pause');
        }
      },
      onEnd(kind, fields) {
        reject(new Error(fields[0]?.toString() ?? 'the connection to the sandbox broke'));
        outgoing.release();
        stream.push(null);
        if (kind === null) stream.destroy();
      },
    });
    const outgoing = new Outgoing(channel);
    const stream = new Duplex({
      // As a socket: when the other side has ended, this side has too.
      allowHalfOpen: false,
      read() {
        if (!isPaused) return;
        isPaused = false;
        channel.send('resume');
      },
      write(bytes: Buffer, _encoding, done) {
        outgoing.send(bytes, done);
      },
      final(done) {
        channel.send('end');
        done();
      },
      destroy(error, done) {
        channel.close();
        outgoing.release();
        done(error);
      },
    });
  });
}
