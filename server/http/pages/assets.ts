/** Where the built scripts and styles are. Reads the manifest that vite writes beside them. */
import { readFileSync } from 'node:fs';
import { VethlabError } from '../../base/errors.ts';
import type { PageAssets, PageEntry } from './models.ts';

/** The part of an entry in vite's manifest that pages need. */
interface ManifestEntry {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

type Manifest = Readonly<Record<string, ManifestEntry | undefined>>;

const SOURCES: Readonly<Record<PageEntry, string>> = {
  home: 'entry/home.ts',
  lab: 'entry/lab.tsx',
  theme: 'entry/theme.ts',
  author: 'entry/author.tsx',
  reference: 'entry/reference.ts',
};

/**
 * Reads `manifest.json` of a build (dist/web/.vite/manifest.json). URLs begin with `base`, where dist/web is served.
 * Throws `config_invalid` when the build is missing or lacks an entry.
 */
export function loadAssets(manifestPath: string, base = '/'): PageAssets {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Manifest;
  } catch (cause) {
    throw new VethlabError('config_invalid', `The web page is not built: ${manifestPath} cannot be read.`, {
      hint: 'Run `npm run build`.',
      cause,
    });
  }
  return assetsOf(manifest, base);
}

/** The same from a manifest that is at hand. */
export function assetsOf(manifest: Manifest, base: string): PageAssets {
  const entryOf = (entry: PageEntry): ManifestEntry => {
    const found = manifest[SOURCES[entry]];
    if (found) return found;
    throw new VethlabError('config_invalid', `The build of the web page lacks ${SOURCES[entry]}.`, {
      hint: 'Run `npm run build` again.',
    });
  };
  const withImports = (entry: PageEntry): ManifestEntry[] => [...closureOf(manifest, entryOf(entry), new Set())];
  const unique = (files: readonly string[]): string[] => [...new Set(files)].map((file) => base + file);
  return {
    script: (entry) => base + entryOf(entry).file,
    // Styles of what an entry imports come first, so that the entry's own win.
    styles: (entry) => unique(withImports(entry).flatMap((chunk) => chunk.css ?? [])),
    preloads: (entry) => unique(withImports(entry).map((chunk) => chunk.file)).slice(0, -1),
  };
}

/** An entry and all that it imports at once, the entry last. */
function closureOf(manifest: Manifest, entry: ManifestEntry, seen: Set<ManifestEntry>): Set<ManifestEntry> {
  for (const name of entry.imports ?? []) {
    const imported = manifest[name];
    if (imported && !seen.has(imported)) closureOf(manifest, imported, seen);
  }
  return seen.add(entry);
}
