import { pbkdf2 } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { openNamedPty } from '../../../../server/sandbox/oci/named-pty.ts';
import type { NamedPty } from '../../../../server/sandbox/runtime.ts';
import { until } from '../../../support/until.ts';

/** A pty of this machine whose program reads nothing; without line editing the kernel keeps what it can and then refuses. */
async function openUnread(): Promise<NamedPty> {
  const opened = await openNamedPty('/dev/ptmx');
  onTestFinished(() => opened.pty.kill());
  const end = openSync(`/dev/pts/${opened.number}`, 'r+');
  onTestFinished(() => closeSync(end));
  execFileSync('stty', ['raw', '-echo'], { stdio: [end, 'ignore', 'inherit'] });
  return opened;
}

test('tells how much of what was typed waits for a program that does not read', async () => {
  const { pty, number } = await openUnread();
  expect(pty.pendingInputBytes).toBe(0);
  for (let piece = 0; piece < 32; piece++) pty.write(Buffer.alloc(32 * 1024, 'x'));
  await until(() => (pty.pendingInputBytes ?? 0) < 1024 * 1024, 'the kernel takes what it can');
  expect(pty.pendingInputBytes).toBeGreaterThan(512 * 1024);

  const reader = spawn('cat', [`/dev/pts/${number}`], { stdio: 'ignore' });
  await until(() => pty.pendingInputBytes === 0, 'all is taken once somebody reads');
  reader.kill();
  await once(reader, 'exit');

  pty.write(Buffer.alloc(1024 * 1024, 'x'));
  pty.kill();
  expect(pty.pendingInputBytes).toBe(0);
});

test('what was typed just before the end never reaches the file that gets the descriptor next', async () => {
  const { pty } = await openUnread();
  const directory = mkdtempSync(join(tmpdir(), 'vethlab-pty-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  // All threads that write for Node are busy, so the keystrokes wait for one of them.
  const busy = Array.from({ length: 8 }, () => promisify(pbkdf2)('', '', 200_000, 64, 'sha512'));
  pty.write('a secret');
  pty.kill();
  await new Promise((resolve) => setImmediate(resolve));
  const paths = Array.from({ length: 64 }, (_, index) => join(directory, String(index)));
  const files = paths.map((path) => openSync(path, 'w'));
  await Promise.all(busy);
  await until(() => pty.pendingInputBytes === 0, 'nothing is on its way');
  for (const file of files) closeSync(file);
  expect(paths.map((path) => readFileSync(path, 'utf8')).join('')).toBe('');
});
