/** The right answer of a question, as far as the lab's file gives it. */
import { VethlabError } from '../base/errors.ts';
import type { QuestionTask } from './lab.ts';

/**
 * Null where it is read from the sandbox.
 * @throws VethlabError `lab_invalid` for a pattern, which many answers fit.
 */
export function writtenAnswer({ name, answer }: QuestionTask): string | readonly string[] | null {
  switch (answer.type) {
    case 'choice':
      return answer.choice;
    case 'choices':
      return answer.choices;
    case 'number':
      return String(answer.value);
    case 'text':
      return answer.text;
    case 'matches':
      throw new VethlabError(
        'lab_invalid',
        `${name} is answered by a pattern: nobody can guess an answer that fits it.`,
        { hint: 'Write one in its solve: `solve: [{ answer: "…" }]`.' },
      );
    case 'computed':
      return null;
  }
}
