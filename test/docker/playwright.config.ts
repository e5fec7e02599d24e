/** What browsers do with `docker compose up`. Runs in a network of its own: ports and addresses are nobody else's. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import pages from '../e2e/playwright.config.ts';

export default defineConfig({
  ...pages,
  testDir: fileURLToPath(new URL('.', import.meta.url)),
  testMatch: '*.spec.ts',
  outputDir: fileURLToPath(new URL('../../test-results/compose', import.meta.url)),
});
