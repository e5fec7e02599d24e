/** What a page weighs on the wire, gzipped: its script without the terminal's, and its HTML with its styles. */
import { get } from 'node:http';
import type { Page } from '@playwright/test';

export interface PageSizes {
  readonly scriptKiB: number;
  readonly htmlAndCssKiB: number;
}

/** xterm and its parts come after the first paint. */
const TERMINAL = /\/(?:xterm|addon)-[^/]*$/;

/** Of all that the page has loaded so far. */
export async function pageSizes(page: Page): Promise<PageSizes> {
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const named = (ending: string): string[] =>
    [...new Set(loaded)].filter((url) => new URL(url).pathname.endsWith(ending));
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const sum = async (urls: readonly string[]): Promise<number> => {
    const sizes = await Promise.all(urls.map((url) => gzippedBytes(url, cookie)));
    return sizes.reduce((total, size) => total + size, 0) / 1024;
  };
  return {
    scriptKiB: await sum(named('.js').filter((url) => !TERMINAL.test(url))),
    htmlAndCssKiB: await sum([page.url(), ...named('.css')]),
  };
}

function gzippedBytes(url: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip', cookie } }, (response) => {
      if (response.headers['content-encoding'] !== 'gzip') reject(new Error(`${url} is not compressed.`));
      let size = 0;
      response.on('data', (bytes: Buffer) => (size += bytes.length)).on('end', () => resolve(size));
    }).on('error', reject);
  });
}
