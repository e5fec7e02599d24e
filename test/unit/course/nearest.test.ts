import { describe, expect, it } from 'vitest';
import { nearest } from '../../../server/course/nearest.ts';

describe('nearest', () => {
  const known = ['image', 'interface', 'impair', 'ipv4', 'ipv6', 'h1', 'at_least'];

  it.each([
    ['imag', 'image'],
    ['intreface', 'interface'],
    ['Impair', 'impair'],
    ['atleast', 'at_least'],
    ['inter', 'interface'],
  ])('takes %s for %s', (written, meant) => {
    expect(nearest(written, known)).toBe(meant);
  });

  it.each(['h2', 'x', 'zzzzzz', ''])('says nothing about %j', (written) => {
    expect(nearest(written, known)).toBeUndefined();
  });
});
