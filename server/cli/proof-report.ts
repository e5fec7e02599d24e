/** Proofs as text, JUnit XML and JSON. Pure. */
import { isProved, stepName, type Proof, type ProofStep } from './proof.ts';

/** One line per step that is not proved, with its reasons; one line for the lab. */
export function proofText(proof: Proof): string {
  const failed = proof.steps.filter((step) => !step.isProved);
  const vars = Object.entries(proof.vars)
    .filter(([name]) => !name.includes('.'))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  const head = `${failed.length === 0 ? 'proved' : 'NOT PROVED'}  ${proof.labId}  ${proof.steps.length} steps, ${seconds(proof.tookMs)}${vars === '' ? '' : `  (${vars})`}\n`;
  return head + failed.map(stepText).join('');
}

function stepText(step: ProofStep): string {
  const evidence = step.evidence
    .map(({ label, text }) => `      ${label}: ${text.split('\n').join('\n        ')}\n`)
    .join('');
  return `  ✗ ${stepName(step)}\n${step.problems.map((problem) => `      ${problem}\n`).join('')}${evidence}`;
}

/** The last line of a run: `12 passed, 0 failed`. */
export function summaryText(proofs: readonly Proof[]): string {
  const steps = proofs.flatMap((proof) => proof.steps);
  const passed = steps.filter((step) => step.isProved).length;
  const labs = new Set(proofs.map((proof) => proof.labId)).size;
  return `${labs === 1 ? '1 lab' : `${labs} labs`}, ${new Set(proofs.filter((proof) => !isProved(proof)).map((proof) => proof.labId)).size} not proved: ${passed} passed, ${steps.length - passed} failed\n`;
}

/** JUnit's XML as CI systems read it: a suite per lab and choice of values, a case per step. */
export function junitXml(proofs: readonly Proof[]): string {
  const suites = proofs.map((proof) => {
    const failures = proof.steps.filter((step) => !step.isProved).length;
    const cases = proof.steps.map((step) => {
      const open = `    <testcase classname="${escapeXml(proof.labId)}" name="${escapeXml(stepName(step))}" time="${(step.tookMs / 1000).toFixed(3)}"`;
      if (step.isProved) return `${open}/>`;
      const details = [...step.problems, ...step.evidence.map(({ label, text }) => `${label}: ${text}`)].join('\n');
      return `${open}>\n      <failure message="${escapeXml(step.problems[0] ?? '')}">${escapeXml(details)}</failure>\n    </testcase>`;
    });
    return `  <testsuite name="${escapeXml(`${proof.labId} (${proof.seed})`)}" tests="${proof.steps.length}" failures="${failures}" errors="0" skipped="0" time="${(proof.tookMs / 1000).toFixed(3)}">\n${cases.join('\n')}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

export function proofJson(proofs: readonly Proof[]): string {
  return `${JSON.stringify({ proofs: proofs.map((proof) => ({ ...proof, isProved: isProved(proof) })) }, null, 2)}\n`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function escapeXml(text: string): string {
  // XML 1.0 has no way to write most control characters, not even escaped.
  // eslint-disable-next-line no-control-regex
  const allowed = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '�');
  return allowed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
