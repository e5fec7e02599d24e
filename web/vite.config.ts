import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds the browser's half into dist/web; the server finds the files by the manifest. */
export default defineConfig({
  root: here('.'),
  // Nothing is copied as it is, and nothing is loaded from elsewhere.
  publicDir: false,
  base: '/',
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    manifest: true,
    sourcemap: true,
    target: ['chrome123', 'edge123', 'firefox125', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: [
        here('entry/home.ts'),
        here('entry/lab.tsx'),
        here('entry/theme.ts'),
        here('entry/author.tsx'),
        here('entry/reference.ts'),
      ],
    },
  },
});
