/** `lab new`: a small lab that passes its own test, to begin from. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { VethlabError } from '../base/errors.ts';
import { idOfFolder } from '../course/lab-address.ts';
import type { Output } from './lint.ts';

export async function newCommand(args: readonly string[], output: Output): Promise<number> {
  const [given] = args;
  if (given === undefined)
    throw new VethlabError('bad_request', 'The path of the new lab is missing.', {
      hint: 'Write one such as: npm run lab -- new labs/20-mtu/30-my-lab',
    });
  const directory = placeOf(given);
  const file = path.join(directory, 'index.md');
  if (existsSync(file))
    throw new VethlabError('conflict', `${file} is there already.`, {
      hint: 'Choose another folder, or edit that lab.',
    });
  await mkdir(path.join(directory, 'assets'), { recursive: true });
  await writeFile(file, newLabText(titleOf(directory), schemaPath(directory)), { flag: 'wx' });
  const module = path.join(path.dirname(directory), 'module.yaml');
  const isInCourse = existsSync(path.join(directory, '..', '..', 'course.yaml'));
  if (isInCourse && !existsSync(module)) {
    await writeFile(module, `title: ${titleOf(path.dirname(directory))}\nsummary: What this module is about.\n`, {
      flag: 'wx',
    });
    output.write(
      `${module} is written. Add \`${idOfFolder(path.basename(path.dirname(directory)))}\` to course.yaml if it lists its modules.\n`,
    );
  }
  const next = ['lint', 'preview', 'test'].map((command) => `  npm run lab -- ${command} ${directory}\n`);
  output.write(`${file} is written. Next:\n${next.join('')}`);
  return 0;
}

/** `20-mtu/30-my-lab` means the one in labs/, unless there is such a folder here. */
function placeOf(given: string): string {
  const isInLabs =
    !path.isAbsolute(given) &&
    !/^(?:\.|labs\/)/.test(given) &&
    existsSync('labs/course.yaml') &&
    !existsSync(given.split('/')[0] ?? '');
  return isInLabs ? path.join('labs', given) : path.normalize(given);
}

function titleOf(directory: string): string {
  const words = idOfFolder(path.basename(directory)).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function schemaPath(directory: string): string {
  return existsSync('labs/lab.schema.json') ? path.relative(directory, 'labs/lab.schema.json') : 'lab.schema.json';
}

/** The text of the new lab. */
export function newLabText(title: string, schema: string): string {
  return `---
# yaml-language-server: $schema=${schema}
title: ${title}
summary: One sentence on what the learner will have done.
minutes: 10
level: beginner
layers: [internet]
objectives:
  - Send packets from one host to another and find them in the counters
vars:
  lan: { subnet: 10.0.0.0/8, prefix: 24 }
  times: { pick: [3, 4, 5] }
topology:
  nodes:
    h1:
    h2:
  links:
    - endpoints: ["h1:eth0", "h2:eth0"]
      ipv4: ["\${lan.1}/24", "\${lan.2}/24"]
tasks:
  reach_h2:
    title: Let h2 answer \${times} times
    check:
      - counter: { node: h2, name: Icmp.InEchos, grows: { at_least: "\${times}" } }
      - counter: { node: h1, name: Icmp.InEchoReps, grows: { at_least: "\${times}" } }
    hints:
      - "\`ping\` sends echo requests; \`-c\` says how many."
    pass: h2 got every request, and h1 every answer.
    solve: [{ h1: "ping -c\${times} -i 0.2 \${lan.2}" }]
    wrong: [[{ h1: "ping -c1 \${lan.2}" }]]
  which_protocol:
    ask: Which protocol carries the echo requests of \`ping\`?
    choices: [TCP, UDP, ICMP]
    answer: ICMP
    why: Echo request and echo reply are two types of ICMP, which stands directly on IP.
---

Write here what the learner needs to know before the first task. Their network is small:

::topology

:::task{name=reach_h2}
From h1, ping h2 (\`\${lan.2}\`) until it has answered \${times} times.
:::

\`\`\`bash run node=h1
ping -c1 \${lan.2}
\`\`\`

::counters{node=h2 names="Icmp.InEchos,Icmp.OutEchoReps,eth0.rx_packets"}

:::task{name=which_protocol}
Look at the packets:
:::

::packets{at="h2:eth0" filter="icmp"}
`;
}
