/** Reads the glossary of a course from disk, with everything that is wrong with it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DiagnosticList } from './diagnostic-list.ts';
import { compareTerms, EMPTY_GLOSSARY, inspectTerms, readTerms } from './glossary.ts';
import type { Diagnostic, Glossary, Term } from './lab.ts';
import { SourceText } from './source-text.ts';

export interface LoadedGlossary {
  readonly glossary: Glossary;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceText[];
}

/** `directory` is the folder of the course; a course need not have a glossary. The first language is the original's. */
export async function loadGlossary(directory: string, languages: readonly string[]): Promise<LoadedGlossary> {
  const original = await readSource(path.join(directory, 'glossary.md'));
  if (!original) return { glossary: EMPTY_GLOSSARY, diagnostics: [], sources: [] };
  const diagnostics: Diagnostic[] = [...inspected(original, null)];
  const sources = [original];
  const terms = new Map<string, () => readonly Term[]>();
  for (const language of languages.slice(1)) {
    const translation = await readSource(path.join(directory, `glossary.${language}.md`));
    if (!translation) {
      diagnostics.push({
        code: 'translation_missing',
        file: original.file,
        line: 1,
        column: 1,
        length: 1,
        message: 'The glossary is not translated to every language of the course.',
        hint: `Write glossary.${language}.md beside it, or take the language out of course.yaml.`,
      });
      continue;
    }
    sources.push(translation);
    diagnostics.push(...inspected(translation, original));
    terms.set(language, whenAsked(translation));
  }
  const written = whenAsked(original);
  return { glossary: { terms: (language) => (terms.get(language) ?? written)() }, diagnostics, sources };
}

/** Rendering a hundred entries takes longer than reading them: once, and only for whoever looks at them. */
function whenAsked(source: SourceText): () => readonly Term[] {
  let terms: readonly Term[] | undefined;
  return () => (terms ??= readTerms(source.text));
}

function inspected(source: SourceText, original: SourceText | null): Diagnostic[] {
  const diagnostics = new DiagnosticList(source);
  inspectTerms(source, diagnostics);
  if (original) compareTerms(original, source, diagnostics);
  return diagnostics.toArray();
}

async function readSource(file: string): Promise<SourceText | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : new SourceText(file, text);
}
