import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TypingQueue } from '../../../../web/terminal/typing-queue.ts';

let sent: string[];
let queue: TypingQueue;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  queue = new TypingQueue((text) => sent.push(text));
});
afterEach(() => {
  vi.useRealTimers();
});

test('a line for a shell that runs is typed at once, and once', () => {
  queue.release(false);
  queue.add('ping -c1 h2');
  expect(sent).toEqual(['ping -c1 h2']);
  queue.hold();
  queue.release(false);
  vi.runAllTimers();
  expect(sent).toEqual(['ping -c1 h2']);
});

test('a line for a new shell waits for the prompt', () => {
  queue.add('ip route');
  queue.release(true);
  expect(sent).toEqual([]);
  queue.sawOutput();
  vi.advanceTimersByTime(30);
  queue.sawOutput();
  vi.advanceTimersByTime(30);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(20);
  expect(sent).toEqual(['ip route']);
});

test('a prompt that never comes is not waited for longer than two seconds', () => {
  queue.add('ip route');
  queue.release(true);
  vi.advanceTimersByTime(2000);
  expect(sent).toEqual(['ip route']);
});

test('lines asked for while the connection is lost are typed when it is back, in order', () => {
  queue.release(false);
  queue.hold();
  queue.add('one');
  queue.add('two');
  expect(sent).toEqual([]);
  queue.release(false);
  expect(sent).toEqual(['one', 'two']);
});

test('lines meant for a shell that has ended go to no other one', () => {
  queue.add('rm -r work');
  queue.clear();
  queue.release(false);
  vi.runAllTimers();
  expect(sent).toEqual([]);
});
