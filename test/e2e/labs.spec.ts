/** Each lab of the course, done in the browser from the first prompt to the last task. */
import { joinCourse, labsOf, LabVisit, realCourse } from './lab-visit.ts';
import { expect, test } from './fixtures.ts';

const course = await realCourse();

/** The promise of the page: a task turns by itself this soon after the deed. */
const TURNS_WITHIN_MS = 3000;

for (const lab of labsOf(course)) {
  test(`"${lab.title}" is done by a learner`, async ({ page, server }) => {
    test.setTimeout(240_000);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await joinCourse(page, server.url, 'Ada');
    const visit = new LabVisit(page, server.dataDirectory, lab);
    await visit.open(server.url);
    await visit.start();
    const { tasks } = visit.resolved();
    const first = tasks.find((task) => task.type === 'check' && task.needs.length === 0);
    if (first) {
      await visit.task(first.name).getByRole('button', { name: 'Check' }).click();
      await expect(visit.task(first.name)).toContainText('Expected');
      await visit.expectStatus(first.name, 'Open');
    }
    const done = new Set<string>();
    while (done.size < tasks.length) {
      const task = tasks.find((one) => !done.has(one.name) && one.needs.every((need) => done.has(need)));
      if (!task) throw new Error('No task is open although some are left.');
      await visit.solve(task);
      await visit.expectStatus(task.name, 'Passed', TURNS_WITHIN_MS);
      done.add(task.name);
    }
    await expect(page.getByRole('region', { name: 'Lab finished' })).toBeVisible();
    expect(faults).toEqual([]);
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
