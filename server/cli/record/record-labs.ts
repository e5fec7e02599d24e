/** `lab record`: plays a lab in a real sandbox, its `record` lines or its solutions, and keeps what the pictures showed, beside the lesson. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { toVethlabError } from '../../base/errors.ts';
import type { Lab } from '../../course/lab.ts';
import { RECORDING_FILE } from '../../course/recording.ts';
import { findLabs } from '../find-labs.ts';
import { printFound, type Output } from '../lint.ts';
import { limiter } from '../test-labs.ts';
import { sortByKernel } from '../labs-by-kernel.ts';
import { openAuthorSandboxes } from '../wiring.ts';
import { recordLab } from './record-lab.ts';

/** Exit status 1 when a lab could not be recorded. */
export async function recordCommand(args: string[], output: Output): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string' }, stale: { type: 'boolean', default: false } },
  });
  const found = await findLabs(positionals);
  const faults = found.diagnostics.filter(({ code }) => code !== 'recording_stale' && code !== 'bad_recording');
  if (faults.length > 0) output.write(`${printFound(faults, found)}\n`);
  const labs = values.stale ? found.labs.filter((lab) => lab.recording?.stamp !== lab.recordingStamp) : found.labs;
  await using sandboxes = await openAuthorSandboxes(values.data);
  const { usable, lacking } = await sortByKernel(labs, 'record', sandboxes.start);
  for (const { lab, problems } of lacking) output.write(`✗ ${lab.id}: not recorded. ${problems.join(' ')}\n`);
  const limit = limiter(2);
  const record = async (lab: Lab): Promise<boolean> => {
    try {
      const { recording, notes } = await recordLab(lab, sandboxes.start);
      const file = path.join(lab.directory, RECORDING_FILE);
      const text = `${JSON.stringify(recording, null, 1)}\n`;
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      const packets = recording.captured.reduce((sum, [, count]) => sum + count, 0);
      output.write(
        `✓ ${lab.id}: ${packets} packets, ${Math.ceil(text.length / 1024)} KiB in ${file}\n${notes.map((note) => `  ${note}\n`).join('')}`,
      );
      return true;
    } catch (thrown) {
      const { message, hint } = toVethlabError(thrown);
      output.write(`✗ ${lab.id}: not recorded. ${message}${hint === undefined ? '' : ` ${hint}`}\n`);
      return false;
    }
  };
  const results = await Promise.all(usable.map((lab) => limit(() => record(lab))));
  return lacking.length === 0 && results.every(Boolean) ? 0 : 1;
}
