/**
 * Labs of the course, done in the browser from the first prompt to the last task: one or more of each module, and with
 * `E2E_LABS=all` every one. That each lab judges rightly is proved elsewhere, without a browser: test/labs/.
 */
import type { Course, Lab, Task } from '../../server/course/lab.ts';
import { joinCourse, labsOf, LabVisit, realCourse } from './lab-visit.ts';
import { passLab } from './pass-lab.ts';
import { expect, test } from './fixtures.ts';

/** Quick ones that differ in what they make a learner do. */
const USUAL = [
  'orientation/who-am-i',
  'orientation/from-bytes-to-frames',
  'size-matters/fragments-on-the-wire',
  'receiving/is-that-a-backlog',
  'sending/which-way-out',
  'limits-and-load/the-table-is-full',
  'trouble/find-the-break',
];
const USUAL_IN_CHINESE = ['sending/which-way-out'];
const ALL_IN_CHINESE = ['orientation/who-am-i', ...USUAL_IN_CHINESE, 'trouble/find-the-break'];

const isAll = process.env['E2E_LABS'] === 'all';
const course = await realCourse();

/** Labs that need netem run in a kernel that has it: test/netem/ proves them there. */
const all = labsOf(course).filter(({ requires }) => !requires.includes('netem'));

for (const lab of isAll ? all : labsNamed(course, USUAL)) {
  test(`"${lab.title}" is done by a learner`, async ({ page, server }) => {
    test.setTimeout(240_000);
    await passLab(page, server, lab);
    await page.screenshot({ path: `test-results/screens/${lab.id.replaceAll('/', '-')}-done.png` });
  });

  test(`"${lab.title}" is not passed by what looks right`, async ({ page, server }) => {
    test.setTimeout(120_000);
    await joinCourse(page, server.url, 'Eve');
    const visit = new LabVisit(page, server.dataDirectory, lab);
    await visit.open(server.url);
    await visit.start();
    const { tasks } = visit.resolved();
    const task = tasks.find((one) => one.type === 'check');
    if (task?.type !== 'check') throw new Error('The lab has nothing that is checked.');
    await solveNeeds(visit, tasks, task);
    for (const step of task.wrong[0] ?? []) {
      await visit.type(step.node, step.line);
      await visit.settle(step.node);
    }
    await visit.task(task.name).getByRole('button', { name: 'Check' }).click();
    await expect(visit.task(task.name)).toContainText('Expected');
    await visit.expectStatus(task.name, 'Open');
  });
}

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  for (const lab of labsNamed(course, isAll ? ALL_IN_CHINESE : USUAL_IN_CHINESE)) {
    test(`"${lab.title}" is done by a learner who reads Chinese`, async ({ page, server }) => {
      test.setTimeout(240_000);
      await passLab(page, server, lab, { language: 'zh' });
      await page.screenshot({ path: `test-results/screens/${lab.id.replaceAll('/', '-')}-done-zh.png` });
    });
  }
});

async function solveNeeds(visit: LabVisit, tasks: readonly Task[], { needs }: Task): Promise<void> {
  for (const need of tasks.filter(({ name }) => needs.includes(name))) {
    await solveNeeds(visit, tasks, need);
    await visit.solve(need);
    await visit.expectStatus(need.name, 'Passed');
  }
}

function labsNamed(of: Course, ids: readonly string[]): Lab[] {
  return ids.map((id) => {
    const lab = labsOf(of).find((one) => one.id === id);
    if (!lab)
      throw new Error(`The course has no lab ${id}; name another one of its module in ${import.meta.filename}.`);
    return lab;
  });
}
