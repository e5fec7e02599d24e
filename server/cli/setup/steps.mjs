/** Runs the steps of the set-up: says what and why, shows that time passes, keeps the output of a step for its failure. */
import { spawn } from 'node:child_process';

/** A failure that a person can mend: what happened, and what to do. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} hint
   */
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

const LINES_OF_OUTPUT_SHOWN = 20;
const PROGRESS_EVERY_MS = 1000;

/**
 * Runs a program quietly and shows the seconds that pass.
 * @param {string} title What is being done and why, for the person who waits.
 * @param {string} program
 * @param {string[]} args
 * @param {{ hint: string, cwd?: string, env?: NodeJS.ProcessEnv, showsOutput?: boolean }} options
 */
export async function runStep(title, program, args, options) {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const isTty = process.stderr.isTTY === true;
  process.stderr.write(`  ${title} …${isTty ? '' : '\n'}`);
  /** @type {string[]} */
  const output = [];
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (/** @type {Buffer} */ chunk) => {
    output.push(chunk.toString());
    if (output.length > 2000) output.splice(0, 1000);
    if (options.showsOutput) process.stderr.write(chunk);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const progress = setInterval(() => {
    if (isTty && !options.showsOutput) process.stderr.write(`\r  ${title} … ${seconds()} s`);
  }, PROGRESS_EVERY_MS);
  const exitCode = await new Promise((resolve) => {
    child.on('error', (error) => {
      output.push(error.message);
      resolve(127);
    });
    child.on('close', (code, signal) => resolve(signal ? 128 : code));
  });
  clearInterval(progress);
  if (exitCode !== 0) {
    process.stderr.write(`\n`);
    const tail = output.join('').trimEnd().split('\n').slice(-LINES_OF_OUTPUT_SHOWN).join('\n    ');
    throw new SetupError(
      `${title} failed: \`${program} ${args.join(' ')}\` ended with ${exitCode}.\n    ${tail}`,
      options.hint,
    );
  }
  process.stderr.write(
    isTty && !options.showsOutput ? `\r  ${title} … done in ${seconds()} s\n` : `  done in ${seconds()} s\n`,
  );
}
