/** Each lab of the course, done in the browser from the first prompt to the last task. */
import { joinCourse, labsOf, LabVisit, realCourse } from './lab-visit.ts';
import { passLab } from './pass-lab.ts';
import { expect, test } from './fixtures.ts';

const course = await realCourse();

for (const lab of labsOf(course)) {
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
    const task = visit.resolved().tasks.find((one) => one.type === 'check' && one.needs.length === 0);
    if (task?.type !== 'check') throw new Error('The lab has no task that is open from the start.');
    for (const step of task.wrong[0] ?? []) {
      await visit.type(step.node, step.line);
      await visit.settle(step.node);
    }
    await visit.task(task.name).getByRole('button', { name: 'Check' }).click();
    await expect(visit.task(task.name)).toContainText('Expected');
    await visit.expectStatus(task.name, 'Open');
  });
}
