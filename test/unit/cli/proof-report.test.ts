import { describe, expect, it } from 'vitest';
import { junitXml, proofText, summaryText } from '../../../server/cli/proof-report.ts';
import type { Proof } from '../../../server/cli/proof.ts';
import { limiter } from '../../../server/cli/test-labs.ts';

const step = { task: 'cut_it', isProved: true, tookMs: 1200, problems: [], evidence: [] } as const;
const proof: Proof = {
  labId: 'mtu/fragments',
  directory: 'labs/20-mtu/10-fragments',
  seed: 'proof 1',
  vars: { size: '2000', lan: '10.1.2.0/24', 'lan.prefix': '24' },
  tookMs: 3456,
  steps: [
    { ...step, kind: 'start', task: null },
    {
      ...step,
      kind: 'solve',
      isProved: false,
      problems: ['Expected: 3 < 4 & more', 'Seen: \u0007nothing'],
      evidence: [{ label: 'counters', text: 'Ip.FragCreates 0\nIp.FragOKs 0' }],
    },
    { ...step, kind: 'wrong', attempt: 2 },
  ],
};

describe('reports of proofs', () => {
  it('name what is not proved, and why', () => {
    expect(proofText(proof)).toMatchInlineSnapshot(`
      "NOT PROVED  mtu/fragments  3 steps, 3.5 s  (size=2000 lan=10.1.2.0/24)
        ✗ cut_it passes with its solution
            Expected: 3 < 4 & more
            Seen: nothing
            counters: Ip.FragCreates 0
              Ip.FragOKs 0
      "
    `);
    expect(summaryText([proof, { ...proof, labId: 'other', steps: [] }])).toBe(
      '2 labs, 1 not proved: 2 passed, 1 failed\n',
    );
  });

  it('are XML that CI systems read', () => {
    expect(junitXml([proof])).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="mtu/fragments (proof 1)" tests="3" failures="1" errors="0" skipped="0" time="3.456">
          <testcase classname="mtu/fragments" name="the lab starts" time="1.200"/>
          <testcase classname="mtu/fragments" name="cut_it passes with its solution" time="1.200">
            <failure message="Expected: 3 &lt; 4 &amp; more">Expected: 3 &lt; 4 &amp; more
      Seen: �nothing
      counters: Ip.FragCreates 0
      Ip.FragOKs 0</failure>
          </testcase>
          <testcase classname="mtu/fragments" name="cut_it fails after wrong attempt 2" time="1.200"/>
        </testsuite>
      </testsuites>
      "
    `);
  });
});

describe('the limiter', () => {
  it('runs so many at once and no more, in order, also after failures', async () => {
    const limit = limiter(2);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const jobs = Array.from({ length: 8 }, (_, index) =>
      limit(async () => {
        running += 1;
        most = Math.max(most, running);
        order.push(index);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (index === 3) throw new Error('It fails.');
      }),
    );
    const results = await Promise.allSettled(jobs);
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });
});
