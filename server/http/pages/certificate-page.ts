/** A certificate as one printed page, or what is still missing for it. */
import { LANGUAGE_TAGS, type Language } from '../../contract/language.ts';
import { html, type Html } from './html.ts';
import { icon } from './icons.ts';
import { layout } from './layout.ts';
import type { Messages } from './messages/en.ts';
import { messagesOf } from './messages/messages.ts';
import type { CertificateModel, CertificatePageModel } from './models.ts';
import { siteLinks } from './reference-parts.ts';

export function certificatePage({ shell, certificate, isOwn, missing }: CertificatePageModel): string {
  const words = messagesOf(shell.language);
  const { title, skip } = words.certificate;
  return layout(shell, {
    title: `${title} · ${shell.courseTitle}`,
    entry: 'reference',
    bodyClass: 'certificate-page',
    skipTo: [{ id: 'certificate', label: skip }],
    content: html`<main class="reference" id="certificate" tabindex="-1">
        ${
          certificate
            ? sheet(certificate, shell.courseTitle, shell.language, isOwn, words)
            : notYet(missing, shell.learner !== null, words)
        }
      </main>
      ${siteLinks(words)}`,
  });
}

function sheet(
  { name, labs, earned, possible, finishedMs, code, address }: CertificateModel,
  course: string,
  language: Language,
  isOwn: boolean,
  { certificate: words }: Messages,
): Html {
  const date = new Intl.DateTimeFormat(LANGUAGE_TAGS[language], { dateStyle: 'long', timeZone: 'UTC' });
  return html`<article class="certificate">
      <p class="certificate-brand">${icon('brand')}<span>${course}</span></p>
      <h1>${words.title}</h1>
      <p>${words.certifies}</p>
      <p class="certificate-name">${name}</p>
      <p>${words.finished(course)}</p>
      <p class="certificate-facts">${words.finishedLabs(labs.length, earned, possible)}</p>
      <h2>${words.labs}</h2>
      <ul class="certificate-labs">
        ${labs.map((lab) => html`<li>${lab}</li>`)}
      </ul>
      <dl class="certificate-foot">
        <div>
          <dt>${words.date}</dt>
          <dd>${date.format(finishedMs)}</dd>
        </div>
        <div>
          <dt>${words.code}</dt>
          <dd><code>${code}</code></dd>
        </div>
      </dl>
      <p class="certificate-check">${words.check} <a href="${address}">${address}</a></p>
    </article>
    ${
      isOwn
        ? html`<p class="certificate-print">
            <button class="button primary" type="button" data-print data-needs-js>${words.print}</button>
          </p>`
        : html`<p class="certificate-print">${words.genuine}</p>`
    }`;
}

function notYet(missing: CertificatePageModel['missing'], hasJoined: boolean, { certificate: words }: Messages): Html {
  return html`<h1>${words.title}</h1>
    ${
      hasJoined
        ? html`<p class="lead">${words.notYetText(missing.length)}</p>
            <ul>
              ${missing.map((lab) => html`<li><a href="/labs/${lab.id}">${lab.title}</a></li>`)}
            </ul>`
        : html`<p class="lead">${words.joinFirst}</p>`
    }`;
}
