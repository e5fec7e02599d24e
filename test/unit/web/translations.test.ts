import { describe, expect, it } from 'vitest';
import { RECEIVE_STAGES } from '../../../web/kernel-path/receive-stages.ts';
import { STAGES_ZH } from '../../../web/kernel-path/stages-zh.ts';
import { stagesOf } from '../../../web/kernel-path/stages-of.ts';
import { TRANSMIT_STAGES } from '../../../web/kernel-path/transmit-stages.ts';
import { GROUPS_ZH, MODEL_ZH, ROWS_ZH } from '../../../web/layers/model-rows-zh.ts';
import { MODEL } from '../../../web/layers/model-rows.ts';

const CHINESE = /[\u4e00-\u9fff]/;

describe('the kernel path in Chinese', () => {
  it.each([
    ['rx', RECEIVE_STAGES],
    ['tx', TRANSMIT_STAGES],
  ] as const)('has words for every stage, number and command (%s)', (direction, stages) => {
    expect(Object.keys(STAGES_ZH[direction])).toEqual(stages.map(({ id }) => id));
    for (const stage of stages) {
      const texts = STAGES_ZH[direction][stage.id];
      expect(texts?.numbers.length, stage.id).toBe(stage.numbers.length);
      expect(texts?.commands.length, stage.id).toBe(stage.commands.length);
      expect(texts?.notHere === undefined, stage.id).toBe(stage.notHere === undefined);
      for (const words of [texts?.what, texts?.more, ...(texts?.numbers ?? []), ...(texts?.commands ?? [])])
        expect(words, stage.id).toMatch(CHINESE);
    }
  });

  it('changes words alone', () => {
    const [english, chinese] = [stagesOf('router', 'rx'), stagesOf('router', 'rx', STAGES_ZH)];
    const facts = (stages: typeof english): unknown =>
      stages.map(({ id, place, kernel, branch, numbers, commands }) => [
        id,
        place,
        kernel,
        branch,
        numbers.map(({ counter, kind }) => [counter, kind]),
        commands.map(({ line, scope }) => [line, scope]),
      ]);
    expect(facts(chinese)).toEqual(facts(english));
    expect(chinese.map(({ title }) => title)).not.toEqual(english.map(({ title }) => title));
  });
});

describe('the models in Chinese', () => {
  it('have words for every row, and no others', () => {
    expect(Object.keys(ROWS_ZH)).toEqual(MODEL.flatMap(({ rows }) => rows.map(({ title }) => title)));
    expect(Object.keys(GROUPS_ZH)).toEqual(MODEL.map(({ name }) => name));
    for (const [index, group] of MODEL.entries())
      for (const [place, row] of group.rows.entries()) {
        const chinese = MODEL_ZH[index]?.rows[place];
        expect(chinese?.commands.map(({ line }) => line)).toEqual(row.commands.map(({ line }) => line));
        expect(ROWS_ZH[row.title]?.commands.length).toBe(row.commands.length);
        expect(chinese?.more).toMatch(CHINESE);
        expect(chinese?.unit === null, row.title).toBe(row.unit === null);
      }
  });
});
