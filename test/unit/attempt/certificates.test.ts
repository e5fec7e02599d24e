import { expect, test } from 'vitest';
import { Certificates, type CertificateClaim } from '../../../server/attempt/certificates.ts';
import type { Lab } from '../../../server/course/lab.ts';
import { Store } from '../../../server/store/store.ts';

// A claim reads of a lab what is here, and no more.
const lab = (id: string, isOptional = false): Lab => ({ id, isOptional }) as Lab;
const done = (labId: string, finishedMs: number | null = 1000) => ({ labId, earned: 5, isStarted: true, finishedMs });
const claimOf = (progress: CertificateClaim['progress'], name = 'Ada'): CertificateClaim => ({
  learner: { id: 'l1', name },
  course: { modules: [{ labs: [lab('a/one'), lab('a/two'), lab('a/extra', true)] }] as never },
  progress,
  possible: () => 6,
});

function certificates(key = 'key'): Certificates {
  return new Certificates(new Store(':memory:').certificates, Buffer.from(key));
}

test('there is none while a lab that counts is not finished', () => {
  const given = certificates();
  const claim = claimOf([done('a/one'), done('a/two', null), done('a/extra')]);
  expect(given.missing(claim)).toEqual(['a/two']);
  expect(given.claim(claim)).toBeNull();
});

test('optional labs do not count, and are named when they were done', () => {
  const given = certificates();
  expect(given.claim(claimOf([done('a/one', 1000), done('a/two', 3000)]))).toMatchObject({
    labIds: ['a/one', 'a/two'],
    earned: 10,
    possible: 12,
    finishedMs: 3000,
  });
  expect(given.claim(claimOf([done('a/one'), done('a/two'), done('a/extra')]))).toMatchObject({
    labIds: ['a/one', 'a/two', 'a/extra'],
    possible: 18,
  });
});

test('asking again gives the same one, and a course that was left behind takes none away', () => {
  const given = certificates();
  const first = given.claim(claimOf([done('a/one'), done('a/two')]));
  expect(given.claim(claimOf([done('a/one'), done('a/two')]))).toEqual(first);
  expect(given.claim(claimOf([done('a/one', null), done('a/two')]))).toBeNull();
  expect(given.latest('l1')).toEqual(first);
  expect(given.latest('l2')).toBeNull();
});

test('a code is verified as it was given, however it is typed', () => {
  const given = certificates();
  const code = given.claim(claimOf([done('a/one'), done('a/two')]))?.code ?? '';
  expect(code).toMatch(/^1(-[0-9A-HJKMNP-TV-Z]{5}){4}$/);
  for (const typed of [
    code,
    code.toLowerCase(),
    code.replaceAll('0', 'O').replaceAll('1', 'I'),
    `1-${code.slice(2).replaceAll('-', '')}`,
  ])
    expect(given.verify(typed), typed).toMatchObject({ name: 'Ada', code });
});

test('nobody makes one up: not with another number, another seal, or another key', () => {
  const store = new Store(':memory:').certificates;
  const given = new Certificates(store, Buffer.from('key'));
  const code = given.claim(claimOf([done('a/one'), done('a/two')]))?.code ?? '';
  const other = given.claim(claimOf([done('a/one'), done('a/two')], 'Eve'))?.code ?? '';
  const changed = code.endsWith('0') ? `${code.slice(0, -1)}2` : `${code.slice(0, -1)}0`;
  for (const wrong of [changed, `2${code.slice(1)}`, `1${other.slice(1)}`, code.slice(0, -1), '', '1', '1-', 'x-y'])
    expect(given.verify(wrong), wrong).toBeNull();
  expect(new Certificates(store, Buffer.from('another')).verify(code)).toBeNull();
});
