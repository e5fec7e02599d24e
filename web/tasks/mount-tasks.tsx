/** Puts the living parts of tasks into a rendered lesson. course/render.ts on the server makes the elements they hang on. */
import { render } from 'preact';
import { wireQuestion } from './question-form.ts';
import { taskAnchor, type TaskContext } from './task-context.ts';
import { TaskHead } from './task-head.tsx';
import { TaskPanel } from './task-panel.tsx';

export function mountTasks(lesson: HTMLElement, context: TaskContext): void {
  for (const section of lesson.querySelectorAll<HTMLElement>('section.task[data-task]')) {
    const name = section.dataset['task'] ?? '';
    const title = section.querySelector('.task-title');
    if (title) {
      title.id = `${taskAnchor(name)}-title`;
      section.setAttribute('aria-labelledby', title.id);
    }
    // A jump from the list of tasks lands here.
    section.tabIndex = -1;
    const head = document.createElement('div');
    const panel = document.createElement('div');
    section.prepend(head);
    section.append(panel);
    render(<TaskHead name={name} context={context} />, head);
    render(<TaskPanel name={name} context={context} />, panel);
    const form = section.querySelector<HTMLFormElement>('form.task-question');
    if (form) wireQuestion(form, name, context);
  }
}

/** Shows that a task has just passed, where it stands. Call it in the same turn: what had the focus there goes away with it. */
export function celebrate(lesson: HTMLElement, name: string): void {
  const section = lesson.querySelector<HTMLElement>(`#${CSS.escape(taskAnchor(name))}`);
  if (!section) return;
  const held = document.activeElement;
  if (held && section.contains(held) && held.closest('.task-panel, form.task-question')) {
    section.focus({ preventScroll: true });
  }
  section.classList.add('just-passed');
  section.addEventListener('animationend', () => section.classList.remove('just-passed'), { once: true });
}
