/** A secret of one installation, made with its data folder and kept there. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const BYTES = 32;

/** Reads the key; makes it when there is none. Only the owner of the file may read it. */
export function secretKey(file: string): Buffer {
  if (!existsSync(file)) writeFileSync(file, randomBytes(BYTES), { mode: 0o600 });
  return readFileSync(file);
}
