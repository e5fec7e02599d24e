import { expect, test } from 'vitest';
import { FlowControl } from '../../../server/sandbox/flow-control.ts';

const KIB = 1024;

function flowAt(startMs = 0): { flow: FlowControl; clock: { ms: number } } {
  const clock = { ms: startMs };
  return { flow: new FlowControl(() => clock.ms), clock };
}

/** A browser that draws `bytesPerMs` and acknowledges every 32 KiB, for one second of a flood. */
function flood(flow: FlowControl, clock: { ms: number }, bytesPerMs: number): number {
  let drawn = 0;
  let sent = 0;
  let largest = 0;
  for (let step = 0; step < 200; step++) {
    while (flow.isOpen) {
      flow.sent(8 * KIB);
      sent += 8 * KIB;
    }
    if (step > 20) largest = Math.max(largest, flow.inFlightBytes);
    drawn = Math.min(drawn + 32 * KIB, sent);
    clock.ms += (32 * KIB) / bytesPerMs;
    expect(flow.acknowledged(drawn)).toBe(true);
  }
  return largest;
}

test('closes at the high water mark and opens again only below the low one', () => {
  const { flow, clock } = flowAt();
  flow.sent(191 * KIB);
  expect(flow.isOpen).toBe(true);
  flow.sent(1 * KIB);
  expect(flow.isOpen).toBe(false);
  clock.ms += 1;
  flow.acknowledged(64 * KIB);
  expect(flow.isOpen).toBe(false);
  clock.ms += 1;
  flow.acknowledged(129 * KIB);
  expect(flow.isOpen).toBe(true);
});

test('a browser that never acknowledges gets no more than the high water mark', () => {
  const { flow } = flowAt();
  while (flow.isOpen) flow.sent(4 * KIB);
  expect(flow.inFlightBytes).toBe(192 * KIB);
});

test('a fast browser may have the whole high water mark in flight', () => {
  const { flow, clock } = flowAt();
  expect(flood(flow, clock, 40_000)).toBeGreaterThanOrEqual(192 * KIB);
});

test('a browser that draws 2 MB/s has at most some 50 ms of output before it', () => {
  const { flow, clock } = flowAt();
  expect(flood(flow, clock, 2_000)).toBeLessThanOrEqual(100_000);
});

test('a browser that draws 100 KB/s still gets two acknowledgements worth of output, so that it never stalls', () => {
  const { flow, clock } = flowAt();
  flood(flow, clock, 100);
  expect(flow.highWaterBytes).toBe(64 * KIB);
});

test('an acknowledgement of bytes that were never sent is refused', () => {
  const { flow } = flowAt();
  flow.sent(10);
  expect(flow.acknowledged(11)).toBe(false);
  expect(flow.inFlightBytes).toBe(10);
});

test('an acknowledgement that comes late or twice changes nothing', () => {
  const { flow } = flowAt();
  flow.sent(100);
  expect(flow.acknowledged(60)).toBe(true);
  expect(flow.acknowledged(40)).toBe(true);
  expect(flow.inFlightBytes).toBe(40);
});
