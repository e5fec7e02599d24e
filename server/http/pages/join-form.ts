/** The form for whoever has no session: a name and one button. */
import { html, type Html } from './html.ts';
import type { JoinFormModel } from './models.ts';
import type { Messages } from './messages/en.ts';

/** `next` is the path to come back to; `sent` is a form that was refused, shown again with the reason. */
export function joinForm({ join: words }: Messages, next: string, sent?: JoinFormModel): Html {
  return html`<form class="join" method="post" action="/join">
    <input type="hidden" name="next" value="${next}" />
    <label for="join-name">${words.name}</label>
    <div class="join-row">
      <input
        id="join-name"
        name="name"
        type="text"
        required
        maxlength="40"
        autocomplete="nickname"
        spellcheck="false"
        value="${sent?.name}"
        aria-describedby="join-note"
        ${sent ? html`aria-invalid="true"` : null}
      />
      <button class="button primary" type="submit">${words.button}</button>
    </div>
    <p class="join-note${sent ? ' is-refused' : ''}" id="join-note" ${sent ? html`role="alert"` : null}>
      ${sent ? sent.message : words.note}
    </p>
  </form>`;
}
