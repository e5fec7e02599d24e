/** Shows an author's faults where they are: at the task or the block of the lesson that they belong to. */
import type { AuthorFault } from '../../server/contract/author.ts';

const CLASS = 'author-here';

/** Takes away what it showed before. */
export function showFaultsInLesson(lesson: HTMLElement, faults: readonly AuthorFault[]): void {
  for (const shown of lesson.querySelectorAll(`.${CLASS}`)) shown.remove();
  // Taken before anything is added: blocks are counted as the server rendered them.
  const blocks = [...lesson.children];
  for (const fault of faults) {
    const { place } = fault;
    if (place === null) continue;
    if ('task' in place) lesson.querySelector(`#task-${CSS.escape(place.task)}`)?.prepend(noteOf(fault));
    else blocks[Math.min(place.block, blocks.length - 1)]?.before(noteOf(fault));
  }
}

function noteOf({ file, line, column, message, hint }: AuthorFault): HTMLElement {
  const note = document.createElement('p');
  note.className = CLASS;
  const place = document.createElement('code');
  place.textContent = `${file.split('/').at(-1)}:${line}:${column}`;
  note.append(place, ` ${message} ${hint ?? ''}`.trimEnd());
  return note;
}
