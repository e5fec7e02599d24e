/** Where a text of a scenario stands, and what becomes of the files around it. */
import type { ImportedAsset, Note } from './imported-lab.ts';

export interface TextPlace {
  readonly file: string;
  /** The folder of the scenario. */
  readonly directory: string;
  /** Node of `{{exec HOST2}}`, from 1; null where there is none. */
  readonly nodeOf: (host: number) => string | null;
  readonly assets: ImportedAsset[];
  readonly notes: Note[];
}
