/** `lab schema`: writes lab.schema.json beside the labs. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { labJsonSchema } from '../course/lab-json-schema.ts';
import type { Output } from './lint.ts';

export const SCHEMA_FILE = 'lab.schema.json';

export async function schemaCommand(args: readonly string[], output: Output): Promise<number> {
  const file = path.join(args[0] ?? 'labs', SCHEMA_FILE);
  await writeFile(file, schemaText());
  output.write(`${file} is written.\n`);
  return 0;
}

export function schemaText(): string {
  return `${JSON.stringify(labJsonSchema(), null, 2)}\n`;
}
