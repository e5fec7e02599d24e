/** Brings the form of a question to life: the answer goes to the server without a new page, and the form shows its state. */
import { effect } from '@preact/signals';
import type { TaskView } from '../../server/contract/api.ts';
import { taskAnchor, type TaskContext } from './task-context.ts';
import { words } from './words.ts';

export function wireQuestion(form: HTMLFormElement, name: string, context: TaskContext): void {
  const { store, actions } = context;
  const button = submitButton(form);
  form.setAttribute('aria-labelledby', `${taskAnchor(name)}-title`);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const answer = answerOf(form);
    if (answer === null) return fieldsOf(form)[0]?.focus();
    void actions.answer(name, answer);
  });

  let shownAnswer: TaskView['answer'] = null;
  effect(() => {
    const task = store.task(name);
    if (!task) return;
    const isClosed = task.status === 'passed' || task.status === 'locked';
    for (const field of fieldsOf(form)) field.disabled = isClosed;
    button.hidden = task.status === 'passed';
    button.disabled = isClosed;
    // Not disabled: that would take the focus from whoever pressed it.
    button.setAttribute('aria-disabled', String(actions.isRunning(`answer:${name}`)));
    // What the learner is typing is never overwritten by an older answer.
    if (task.answer !== null && String(task.answer) !== String(shownAnswer)) {
      shownAnswer = task.answer;
      fill(form, task.answer);
    }
  });
}

/** A visitor sees the question but cannot answer it. */
export function closeQuestion(form: HTMLFormElement): void {
  form.addEventListener('submit', (event) => event.preventDefault());
  for (const field of fieldsOf(form)) field.disabled = true;
  submitButton(form).hidden = true;
}

function fieldsOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name="answer"]')];
}

function submitButton(form: HTMLFormElement): HTMLButtonElement {
  const found = form.querySelector<HTMLButtonElement>('button');
  const button = found ?? form.appendChild(document.createElement('button'));
  if (!found) button.textContent = words.answer;
  button.type = 'submit';
  button.classList.add('button', 'primary');
  return button;
}

/** Null when nothing was chosen or written. */
function answerOf(form: HTMLFormElement): string | string[] | null {
  const fields = fieldsOf(form);
  const values = new FormData(form).getAll('answer').map((value) => (typeof value === 'string' ? value.trim() : ''));
  if (values.every((value) => value === '')) return null;
  return fields[0]?.type === 'checkbox' ? values : (values[0] ?? null);
}

function fill(form: HTMLFormElement, answer: string | string[]): void {
  const values = Array.isArray(answer) ? answer : [answer];
  for (const field of fieldsOf(form)) {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = values.includes(field.value);
    else field.value = values[0] ?? '';
  }
}
