/** Runs the steps of the set-up: says what is done once it takes a moment, shows that time passes, keeps the output for a failure. */
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
/** A step that finds its work done ends before this and says nothing. */
const QUIET_MS = 400;
const PROGRESS_EVERY_MS = 1000;

/**
 * Runs a program quietly and shows the seconds that pass.
 * @param {string} title What is being done and why, for the person who waits.
 * @param {string} program
 * @param {string[]} args
 * @param {{ hint: string, cwd?: string, env?: NodeJS.ProcessEnv }} options
 */
export async function runStep(title, program, args, options) {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const isTty = process.stderr.isTTY === true;
  let isAnnounced = false;
  const announcement = setTimeout(() => {
    isAnnounced = true;
    process.stderr.write(`  ${title} …${isTty ? '' : '\n'}`);
  }, QUIET_MS);
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
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const progress = setInterval(() => {
    if (isTty && isAnnounced) process.stderr.write(`\r  ${title} … ${seconds()} s`);
  }, PROGRESS_EVERY_MS);
  const exitCode = await new Promise((resolve) => {
    child.on('error', (error) => {
      output.push(error.message);
      resolve(127);
    });
    child.on('close', (code, signal) => resolve(signal ? 128 : code));
  });
  clearInterval(progress);
  clearTimeout(announcement);
  if (exitCode !== 0) {
    const tail = output.join('').trimEnd().split('\n').slice(-LINES_OF_OUTPUT_SHOWN).join('\n    ');
    const command = [program, ...args].join(' ');
    throw new SetupError(`${title} failed: \`${command}\` ended with ${exitCode}.\n    ${tail}`, options.hint);
  }
  if (isAnnounced) process.stderr.write(`${isTty ? `\r  ${title} …` : ' '} done in ${seconds()} s\n`);
}
