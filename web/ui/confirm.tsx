/** A question before something is thrown away, in a native dialog: focus, Escape and the backdrop come with it. */
import { render } from 'preact';

export interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

/** Resolves to true when the learner says yes. */
export function confirm(question: Question): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  document.body.append(dialog);
  render(
    <form method="dialog">
      <h2 id="dialog-title">{question.title}</h2>
      <p>{question.text}</p>
      <div class="dialog-buttons">
        <button class="button" value="no" autofocus>
          {question.no}
        </button>
        <button class="button danger" value="yes">
          {question.yes}
        </button>
      </div>
    </form>,
    dialog,
  );
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'yes');
      render(null, dialog);
      dialog.remove();
    });
  });
}
