// What leaves, before it leaves: the objects, the keys and the conditions that somebody signs, and the proof of who is there.

import type { Leaving } from '../../app/evidence/leaving.ts';
import { objectOf } from '../../app/evidence/reading.ts';
import { type Fields, formKey } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import type { CaseDesk } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import { hashGroups } from '../components/hash.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { STEP_UP_SCRIPT, stepUpFields } from '../people/step-up-fields.ts';

export type LeavingView = {
  readonly act: string;
  readonly leaving: Leaving;
  /** What was filled in, which goes along. */
  readonly fields: Fields;
  readonly hash: string;
  readonly errors: readonly FieldError[];
};

/** Fields that the form of this page makes itself, or that are a proof and are not kept. */
const OWN = ['csrf', 'version', 'signed', 'password', 'code', 'assertion'];

export function leavingPage(desk: CaseDesk, { act, leaving, fields, hash, errors }: LeavingView): Html {
  const { page, file } = desk;
  const { t } = page;
  const title = t(`evidence.leaving.title.${act}`);
  const tab = casePath(file.reference, 'evidence');
  const { conditions, limits } = file.disclosure;
  const bound = [...conditions.filter(({ status }) => status !== 'withdrawn'), ...limits].map(({ text }) => text);
  const kept = Object.entries(fields).filter(([name]) => !OWN.includes(name));
  return casePage({
    desk,
    tab: 'evidence',
    title,
    errors,
    scripts: [STEP_UP_SCRIPT],
    main: html`<section class="after" aria-labelledby="leaving"><h2 id="leaving">${title}</h2>
<p>${t('evidence.leaving.lead')}</p>
<h3>${t('evidence.leaving.objects')}</h3>
<ul class="record-items">${objectsOf(desk, leaving).map(
      ({ no, name, sha256 }) =>
        html`<li>${t.rich('evidence.object', { no, name: bdi(name) })}<br>SHA-256 <code dir="ltr" class="hash">${sha256}</code></li>`,
    )}</ul>
${whereTo(desk, leaving)}
<h3>${t('evidence.leaving.conditions')}</h3>
${bound.length === 0 ? html`<p>${t('evidence.leaving.noConditions')}</p>` : html`<ul>${bound.map((text) => html`<li>${bdi(text)}</li>`)}</ul>`}
<p class="hash-line">${t('decision.hash')} ${hashGroups(hash)}</p>
<form method="post" action="${tab}/${act}" class="sign-form no-print" novalidate autocomplete="off">${formKey(desk, file.version)}
${kept.flatMap(([name, values]) => values.map((value) => html`<input type="hidden" name="${name}" value="${value}">`))}
<input type="hidden" name="signed" value="${hash}">
${stepUpFields(page, hash, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t(`evidence.leaving.do.${act}`)}</button> <a class="ds-link" href="${tab}">${t('evidence.leaving.back')}</a></div></form></section>`,
  });
}

function objectsOf({ file: { evidence } }: CaseDesk, leaving: Leaving) {
  const ids =
    leaving.act === 'evidence.copy'
      ? [leaving.object]
      : leaving.act === 'evidence.package'
        ? leaving.objects
        : (evidence.packages.find((one) => one.package === leaving.package)?.objects ?? []);
  return ids.map((id) => objectOf(evidence, id)).filter((one) => one !== undefined);
}

/** To whom, for what, and under which key: for a copy under none, and it says so. */
function whereTo({ page: { t }, file: { evidence } }: CaseDesk, leaving: Leaving): Fragment {
  const line = (key: string, text: string): Html => html`<p>${t(key)}: ${bdi(text)}</p>`;
  if (leaving.act === 'evidence.copy')
    return html`${line('evidence.field.copy.to', leaving.to)}${line('evidence.field.purpose', leaving.purpose)}<p class="note">${t('evidence.leaving.bare')}</p>`;
  const made =
    leaving.act === 'evidence.hand-over' ? evidence.packages.find((one) => one.package === leaving.package) : undefined;
  const fingerprints = leaving.act === 'evidence.package' ? leaving.fingerprints : (made?.fingerprints ?? []);
  return html`${
    leaving.act === 'evidence.hand-over' &&
    html`${line('evidence.field.hand-over.to', leaving.to)}${line('evidence.field.how', leaving.how)}`
  }${leaving.act === 'evidence.package' && line('evidence.field.purpose', leaving.purpose)}
${made && html`<p>${t.rich('evidence.package', { no: made.no, to: bdi(made.recipient.name) })}<br>SHA-256 <code dir="ltr" class="hash">${made.sha256}</code></p>`}
<h3>${t('evidence.leaving.keys')}</h3>
<ul class="record-items">${fingerprints.map((fingerprint) => {
    const key = evidence.keys.find((one) => one.fingerprint === fingerprint);
    return html`<li>${bdi(key?.name ?? made?.recipient.name ?? '')}<br>${t('evidence.fingerprint')} ${hashGroups(fingerprint)}</li>`;
  })}</ul>`;
}
