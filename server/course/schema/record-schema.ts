/** The author's form of `record`: what is played for the recorded example, where that is not the solutions. */
import { z } from 'zod';
import { stepSchema } from './task-schema.ts';

const MOST_LINES = 40;
const MOST_CHARACTERS = 1000;

const recordStep = stepSchema.superRefine(({ key, line }, context) => {
  const fault =
    line.trim() === ''
      ? 'This line is empty: write what shall be run.'
      : line.length > MOST_CHARACTERS
        ? `This line has ${line.length} characters. Write at most ${MOST_CHARACTERS}; what is longer is a file of the node (\`files\`).`
        : null;
  if (fault !== null) context.addIssue({ code: 'custom', path: [key], message: fault });
});

export const recordSchema = z
  .array(recordStep, { error: () => 'Write a list of steps: [{ h1: "ping -c3 10.0.2.1" }].' })
  .min(1, 'Write at least one line, or leave `record` away: then the solutions are played.')
  .max(MOST_LINES, `Write at most ${MOST_LINES} lines: nobody watches an example for longer than three minutes.`)
  .describe(
    'What `lab record` plays instead of the `solve` lines, so that the recorded example shows something and gives nothing away: a list of `{ node: shell line }`.',
  );
