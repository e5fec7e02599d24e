/** One server for a file of tests, and a learner's page for each. */
import { test as base } from '@playwright/test';
import { CourseServer } from './course-server.ts';

export const test = base.extend<object, { server: CourseServer }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      await using server = new CourseServer();
      await server.start();
      await use(server);
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
