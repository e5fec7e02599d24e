/** A page's side of the packet channel, without a page. */
import type { WebSocket } from 'ws';
import type { PacketHeader, PacketNotice, PacketRequest } from '../../server/contract/packets.ts';
import { readRecords, RECORDS } from '../../server/packet/pcap.ts';
import type { PacketRecord } from '../../server/packet/pcap.ts';

export interface PacketMessage {
  readonly header: PacketHeader;
  readonly records: readonly PacketRecord[];
}

export class PacketWatcher {
  readonly socket: WebSocket;
  readonly messages: PacketMessage[] = [];
  readonly notices: PacketNotice[] = [];
  readonly #opened: Promise<void>;

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.#opened = new Promise((resolve) => socket.once('open', () => resolve()));
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) this.messages.push(parsePackets(data));
      else this.notices.push(JSON.parse(data.toString()) as PacketNotice);
    });
  }

  async ask(request: PacketRequest): Promise<void> {
    await this.#opened;
    this.socket.send(JSON.stringify(request));
  }

  get records(): PacketRecord[] {
    return this.messages.flatMap(({ header, records }) => (header.type === 'packets' ? records : []));
  }

  get skipped(): number {
    return this.messages.reduce((sum, { header }) => sum + (header.type === 'packets' ? header.skipped : 0), 0);
  }
}

function parsePackets(data: Buffer): PacketMessage {
  const length = data.readUInt32LE(0);
  const header = JSON.parse(data.subarray(4, 4 + length).toString()) as PacketHeader;
  return { header, records: [...readRecords(data.subarray(4 + length), 0, RECORDS)] };
}
