/** Which labs this machine's kernel can run, for commands that start them. */
import { inWords } from '../base/sentence.ts';
import type { Lab } from '../course/lab.ts';
import { KernelReport } from '../sandbox/kernel-features.ts';
import type { StartSandbox } from './proof-run.ts';

export interface LackingLab {
  readonly lab: Lab;
  /** What the kernel lacks, and how to get it. */
  readonly problems: readonly string[];
}

/** Tries the kernel where a lab asks something of it. `command` is the one that can be given again with another kernel. */
export async function sortByKernel(
  labs: readonly Lab[],
  command: 'test' | 'record',
  start: StartSandbox,
): Promise<{ usable: Lab[]; lacking: LackingLab[] }> {
  const kernel = new KernelReport(false);
  if (labs.some(({ requires }) => requires.length > 0)) await kernel.probe((topology) => start(topology, []));
  const usable: Lab[] = [];
  const lacking: LackingLab[] = [];
  for (const lab of labs) {
    const problems = kernel.explain(lab.requires).map((said) => inWords(said));
    if (problems.length === 0) usable.push(lab);
    else
      lacking.push({
        lab,
        problems: [...problems, `\`npm run lab -- ${command} --kernel uml\` tries it in a kernel that has netem.`],
      });
  }
  return { usable, lacking };
}
