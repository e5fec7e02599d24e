import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps, parseCidr } from '../../../server/course/addresses.ts';
import {
  chooseValues,
  literalNetworks,
  namedValues,
  referencesIn,
  substitute,
  substituteText,
  translateChoices,
} from '../../../server/course/variables.ts';

const variables = {
  size: { pick: [2000, 3000, 4000] },
  lan: { subnet: '10.0.0.0/8', prefix: 24 },
  far: { subnet: '10.0.0.0/8', prefix: 16 },
  six: { subnet: 'fd00::/16', prefix: 64 },
};

describe('variables', () => {
  it('have the same values for the same seed, on every machine', () => {
    const { choices, faults } = chooseValues(variables, { seed: 'learner 1' });
    expect(faults).toEqual([]);
    expect(namedValues(choices)).toMatchInlineSnapshot(`
      {
        "far": "10.54.0.0/16",
        "far.prefix": "16",
        "lan": "10.28.170.0/24",
        "lan.prefix": "24",
        "six": "fd00:27b2:1f3c:9722::/64",
        "six.prefix": "64",
        "size": "3000",
      }
    `);
  });

  it('differ between seeds', () => {
    const values = Array.from(
      { length: 20 },
      (_, index) => namedValues(chooseValues(variables, { seed: `seed ${index}` }).choices)['lan'],
    );
    expect(new Set(values).size).toBeGreaterThan(15);
  });

  it('never choose subnets that overlap each other or what the lab writes itself', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const small = {
          one: { subnet: '10.0.0.0/22', prefix: 24 },
          two: { subnet: '10.0.0.0/22', prefix: 24 },
          three: { subnet: '10.0.0.0/22', prefix: 24 },
        };
        const taken = literalNetworks({ links: ['10.0.2.1/24'], routes: ['10.0.0.0/8 via 10.0.2.9'] });
        const { choices } = chooseValues(small, { seed, taken });
        const networks = [...choices.values()].flatMap((choice) => (choice.type === 'subnet' ? [choice.network] : []));
        expect(networks).toHaveLength(3);
        for (const [index, network] of networks.entries()) {
          expect(overlaps(network, parseCidr('10.0.2.0/24') ?? network)).toBe(false);
          for (const other of networks.slice(index + 1)) expect(overlaps(network, other)).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('say when there is no room', () => {
    const full = {
      one: { subnet: '10.0.0.0/24', prefix: 25 },
      two: { subnet: '10.0.0.0/24', prefix: 25 },
      three: { subnet: '10.0.0.0/24', prefix: 25 },
    };
    expect(chooseValues(full, { seed: 'x' }).faults).toEqual([
      { name: 'three', key: 'subnet', message: '10.0.0.0/24 has no room for another /25 beside the other variables.' },
    ]);
    expect(chooseValues({ wide: { subnet: '10.0.0.0/24', prefix: 8 } }, { seed: 'x' }).faults[0]?.message).toBe(
      'A /8 cannot be cut out of 10.0.0.0/24: write 24 to 32.',
    );
  });

  it('are put into texts, with the parts of subnets', () => {
    const { choices } = chooseValues({ lan: { subnet: '10.9.0.0/24', prefix: 24 }, n: { pick: [7] } }, { seed: 'x' });
    expect(substituteText('ping -c${n} ${lan.1} in ${lan}, /${lan.prefix}', choices)).toBe(
      'ping -c7 10.9.0.1 in 10.9.0.0/24, /24',
    );
    expect(substituteText('$${n} ${N} ${n:-3} ${unknown} $n ${lan.999}', choices)).toBe(
      '${n} ${N} ${n:-3} ${unknown} $n ${lan.999}',
    );
  });

  it('keep their type where a value is one reference alone', () => {
    const { choices } = chooseValues({ n: { pick: [7] }, on: { pick: [true] } }, { seed: 'x' });
    expect(substitute({ a: '${n}', b: ['${on}', 'x${n}'], c: 5 }, choices)).toEqual({ a: 7, b: [true, 'x7'], c: 5 });
  });

  it('are maps whose values belong together, stand for whole values, and hold other variables', () => {
    const fault = {
      pick: [
        { where: 'r1', repair: [{ r1: 'ip route add ${lan} via ${far.1}' }], why: 'r1 had no route.' },
        { where: 'h2', repair: [{ h2: 'ip route add default via ${far.1}' }], why: 'h2 had none.' },
      ],
    };
    const { choices } = chooseValues({ fault, ...variables }, { seed: 'learner 1', pickIndex: 0 });
    expect(substitute({ solve: '${fault.repair}', ask: 'Where? ${fault.where}!' }, choices)).toEqual({
      solve: [{ r1: 'ip route add 10.28.170.0/24 via 10.54.0.1' }],
      ask: 'Where? r1!',
    });
    expect(namedValues(choices)['fault']).toBe('entry 1');
    expect(substituteText('${fault.repair} ${fault} ${fault.who}', choices)).toBe(
      '${fault.repair} ${fault} ${fault.who}',
    );
    const texts = { fault: { pick: [{ why: 'r1 没有到 ${lan} 的路由。' }, { why: 'h2 没有默认路由。' }] } };
    const translated = translateChoices(choices, texts);
    expect(substituteText('${fault.why} ${fault.where}', translated)).toBe('r1 没有到 10.28.170.0/24 的路由。 r1');
  });

  it('are found with their places', () => {
    expect(referencesIn('a ${one} $${two} ${three.1}')).toEqual([
      { name: 'one', member: undefined, offset: 2, length: 6 },
      { name: 'three', member: '1', offset: 17, length: 10 },
    ]);
  });
});
