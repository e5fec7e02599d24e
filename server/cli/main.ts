/** The author's tool, `npm run lab -- …`: lint, new, translated, record, schema, test, import, preview. Knows labs and how to prove them; knows no learner. */
import process from 'node:process';
import { toVethlabError, VethlabError } from '../base/errors.ts';
import { importCommand } from './import/import-command.ts';
import { lintCommand } from './lint.ts';
import { newCommand } from './new-lab.ts';
import { runInOtherKernel, takeKernel } from './other-kernel.ts';
import { recordCommand } from './record/record-labs.ts';
import { translatedCommand } from './mark-translations.ts';
import { schemaCommand } from './write-schema.ts';
import { testCommand } from './test-labs.ts';

const HELP = `npm run lab -- <command>

  lint [path…]     every fault of every lab, with its line; exit status 1 when there is one
  new <path>       a small lab that passes its own test, such as: new labs/20-mtu/30-my-lab
  test [path…]     proves labs on real sandboxes: untouched fails, each \`wrong\` fails, \`solve\` passes
                   --jobs N (2)   --task NAME   --seed TEXT   --json FILE   --junit FILE   --data FOLDER   --quiet
  preview <path>   the lab in the browser, following the file as it is saved
                   --port N (8090)   --host ADDRESS   --data FOLDER
  record [path…]   plays \`record\` or the solutions in a real sandbox and keeps what pictures showed, for whoever has no network yet
                   --stale (only labs whose recording is missing or old)   --data FOLDER
  translated <path…>  notes that translations say what the original says now; lint tells when it changes
  schema           writes labs/lab.schema.json
  import <path>    makes a lab of a Killercoda scenario, a containerlab *.clab.yml or a Kathará lab.conf
                   --to FOLDER

test and record take --kernel uml: in User Mode Linux, which has netem.
A path is a lab, a module, or a course; without one it is labs/.
`;

// Whoever reads the output may stop reading: `lint | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const [command, ...args] = process.argv.slice(2);
try {
  process.exitCode = await run(command, args);
} catch (thrown) {
  const error = usageError(thrown) ?? toVethlabError(thrown);
  process.stderr.write(
    `${error.code === 'unexpected' ? String(error.cause instanceof Error ? error.cause.stack : error.message) : error.message}\n${error.hint === undefined ? '' : `${error.hint}\n`}`,
  );
  process.exitCode = 2;
}

/** What parseArgs says of options that there are not. */
function usageError(thrown: unknown): VethlabError | null {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (!code.startsWith('ERR_PARSE_ARGS_')) return null;
  const [message] = (thrown as Error).message.split('. To specify');
  return new VethlabError('bad_request', `${message}.`, { hint: 'See: npm run lab -- help' });
}

async function run(name: string | undefined, rest: string[]): Promise<number> {
  if (rest.includes('--help')) return run('help', []);
  switch (name) {
    case 'lint':
      return lintCommand(rest, process.stdout);
    case 'new':
      return newCommand(rest, process.stdout);
    case 'record':
      return (await runInOtherKernel(name, rest)) ?? recordCommand(takeKernel(rest).rest, process.stdout);
    case 'translated':
      return translatedCommand(rest, process.stdout);
    case 'schema':
      return schemaCommand(rest, process.stdout);
    case 'import':
      return importCommand(rest, process.stdout);
    case 'preview': {
      // The whole server: the other commands do without it.
      const { previewCommand } = await import('./preview/preview-server.ts');
      return previewCommand(rest, process.stdout);
    }
    case 'test':
      return (await runInOtherKernel(name, rest)) ?? testCommand(takeKernel(rest).rest, process.stdout);
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(HELP);
      return 0;
    default:
      process.stderr.write(`There is no command ${name}.\n\n${HELP}`);
      return 2;
  }
}
