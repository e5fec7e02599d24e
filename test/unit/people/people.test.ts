import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { People } from '../../../server/people/people.ts';
import { Store } from '../../../server/store/store.ts';

const DAY_MS = 86_400_000;

function setUp(path = ':memory:'): { store: Store; people: People; clock: { nowMs: number } & { now(): number } } {
  const store = new Store(path);
  const clock = {
    nowMs: 1_000_000,
    now() {
      return this.nowMs;
    },
  };
  return { store, people: new People(store.learners, clock, 10 * DAY_MS), clock };
}

describe('sessions', () => {
  test('a token of 256 bits brings the learner back', () => {
    const { store, people } = setUp();
    using _ = store;
    const { token, session } = people.join('Ada');
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(people.authenticate(token)).toMatchObject({ id: session.id, learner: { name: 'Ada' } });
    expect(people.join('Ada').session.learner.id).not.toBe(session.learner.id);
  });

  test('what was never given out, is cut or was revoked is nobody', () => {
    const { store, people } = setUp();
    using _ = store;
    const { token, session } = people.join('Ada');
    for (const wrong of ['', 'x', token.slice(1), `${token}A`, session.id, 'A'.repeat(43), "' OR 1=1 --"]) {
      expect(people.authenticate(wrong), wrong).toBeNull();
    }
    people.leave(session);
    expect(people.authenticate(token)).toBeNull();
  });

  test('ends when it is not used, and lives on while it is', () => {
    const { store, people, clock } = setUp();
    using _ = store;
    const { token } = people.join('Ada');
    clock.nowMs += 9 * DAY_MS;
    expect(people.authenticate(token)).not.toBeNull();
    clock.nowMs += 9 * DAY_MS;
    expect(people.authenticate(token)).not.toBeNull();
    clock.nowMs += 10 * DAY_MS;
    expect(people.authenticate(token)).toBeNull();
  });

  test('the token is on no disk', () => {
    const directory = mkdtempSync(join(tmpdir(), 'vethlab-people-'));
    try {
      const { store, people } = setUp(join(directory, 'data.db'));
      const { token } = people.join('Ada');
      const bytes = readdirSync(directory).map((name) => readFileSync(join(directory, name)));
      expect(bytes.some((file) => file.includes('Ada'))).toBe(true);
      expect(bytes.some((file) => file.includes(token) || file.includes(Buffer.from(token, 'base64url')))).toBe(false);
      store[Symbol.dispose]();
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
