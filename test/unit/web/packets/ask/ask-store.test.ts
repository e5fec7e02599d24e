import { expect, it } from 'vitest';
import { AskStore } from '../../../../../web/packets/ask/ask-store.ts';
import type { PacketStore } from '../../../../../web/packets/packet-store.ts';
import { capture, related } from '../capture.ts';

/** A list that stands still. */
function listOf(name: string): PacketStore {
  const packets = capture(name);
  const relations = related(packets);
  const list = {
    packets: { peek: () => packets },
    relationsOf: (packet: (typeof packets)[number]) => relations.of(packet),
    trailOf: () => Promise.resolve(null),
  };
  return list as unknown as PacketStore;
}

it('never asks the same twice, and says when there is nothing left', async () => {
  const ask = new AskStore(listOf('icmp.pcap'));
  const texts = new Set<string>();
  for (;;) {
    await ask.next();
    const state = ask.state.value;
    if (state.type !== 'asking') break;
    expect(texts.has(state.question.key)).toBe(false);
    texts.add(state.question.key);
    ask.answer([]);
  }
  expect(texts.size).toBeGreaterThan(20);
  expect(ask.state.value).toEqual({ type: 'none', isFirst: false });
  expect(ask.asked.value).toBe(texts.size);
});
