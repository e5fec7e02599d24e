import { describe, expect, it } from 'vitest';
import { nearest } from '../../../../web/topology/move-focus.ts';

const RIGHT = { x: 1, y: 0 };
const UP = { x: 0, y: -1 };

describe('the neighbour in a direction', () => {
  it('is the nearest ahead, not the nearest of all', () => {
    const places = [
      { x: -5, y: 0 },
      { x: 40, y: 0 },
      { x: 90, y: 0 },
    ];
    expect(nearest({ x: 0, y: 0 }, RIGHT, places)).toBe(1);
  });

  it('prefers what lies straight ahead to what is nearer but aside', () => {
    const places = [
      { x: 20, y: 40 },
      { x: 60, y: 2 },
    ];
    expect(nearest({ x: 0, y: 0 }, RIGHT, places)).toBe(1);
  });

  it('is none where nothing lies that way', () => {
    expect(nearest({ x: 0, y: 0 }, UP, [{ x: 0, y: 30 }])).toBeNull();
    expect(nearest({ x: 0, y: 0 }, UP, [{ x: 100, y: -10 }])).toBeNull();
  });
});
