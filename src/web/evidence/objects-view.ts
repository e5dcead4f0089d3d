// Objects of evidence on a page, each with its hash, what it holds, where it goes beyond the request, and who had it.

import { type EvidenceObject, FLAG_ANSWERS, objectOf, redactionsOf } from '../../app/evidence/reading.ts';
import { actForm, type Shown } from '../carrying-out/act-form.ts';
import { mark, record, records } from '../carrying-out/words.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { formKey } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import { at } from '../casework/moments.ts';
import { parseDay } from '../../kernel/calendar.ts';
import { sayDay } from '../messages.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { sayBytes, sayNumbers } from './bytes.ts';
import { coverageControls } from './upload-view.ts';

export const objectsPart = (shown: Shown): Html =>
  records(
    shown.desk.file.evidence.objects.map((one) => objectRecord(shown, one)),
    shown.desk.page.t('evidence.none'),
  );

function standingOf({ desk }: Shown, one: EvidenceObject): Html {
  const { t } = desk.page;
  const says = one.flags.map(({ answer }) => answer?.say ?? 'open');
  if (says.includes('open')) return mark(t('evidence.state.open'), 'stop');
  if (says.includes('left-out')) return mark(t('evidence.state.left-out'), 'maybe');
  if (says.includes('redacted')) return mark(t('evidence.state.redacted'), 'maybe');
  return mark(t(says.length > 0 ? 'evidence.state.answered' : 'evidence.state.within'), 'go');
}

function objectRecord(shown: Shown, one: EvidenceObject): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { evidence } = desk.file;
  const from = one.source.kind === 'redaction' ? objectOf(evidence, one.source.of) : undefined;
  const redactions = redactionsOf(evidence, one.object).map(({ no }) => no);
  return record(
    html`<span id="object-${one.no}">${t.rich('evidence.object', { no: one.no, name: bdi(one.name) })}</span>`,
    standingOf(shown, one),
    [
      from
        ? t.rich('evidence.madeFrom', {
            no: from.no,
            who: bdi(desk.nameOf(one.receivedBy)),
            at: at(desk, one.receivedAt),
          })
        : t.rich('evidence.cameFrom', {
            from: bdi(one.receivedFrom),
            who: bdi(desk.nameOf(one.receivedBy)),
            at: at(desk, one.receivedAt),
          }),
      one.source.kind === 'redaction' && t.rich('evidence.removed', { what: bdi(one.source.removed) }),
      html`${sayBytes(desk, one.size)} · ${bdi(one.mediaType)}`,
      html`SHA-256 <code dir="ltr" class="hash">${one.sha256}</code>`,
      html`<ul class="record-items">${one.covers.map(
        ({ account, category, from: begin, to }) =>
          html`<li>${sayCategory(desk, category)} · ${bdi(account)}${begin !== null && to !== null && html` · ${at(desk, begin.slice(0, 10) as never)} – ${at(desk, to.slice(0, 10) as never)}`}</li>`,
      )}</ul>`,
      redactions.length > 0 && t('evidence.redactions', { list: sayNumbers(desk.page, redactions) }),
      one.flags.length > 0 && flagList(shown, one),
      custodyList(shown, one),
    ],
    [
      (can(desk, 'evidence.look') || can(desk, 'oversight.read')) &&
        html`<form method="post" action="${casePath(desk.file.reference, 'evidence')}/preview" class="inline-form">${formKey(desk)}<input type="hidden" name="no" value="${one.no}"><button class="ds-button" data-variant="tertiary" type="submit">${t('evidence.act.preview')}</button></form>`,
      actForm(shown, {
        act: 'copy',
        action: 'evidence.copy',
        no: one.no,
        controls: [
          { id: 'to', kind: 'line' },
          { id: 'purpose', kind: 'text' },
        ],
      }),
      actForm(shown, {
        act: 'redact',
        action: 'evidence.redact',
        no: one.no,
        enhance: html` data-upload="${casePath(desk.file.reference, 'evidence')}/uploads" data-failed="${t('evidence.fault.broken')}"`,
        controls: [{ id: 'file', kind: 'file' }, { id: 'removed', kind: 'text' }, ...coverageControls(shown)],
      }),
    ],
  );
}

/** A category of data as the request names it. */
export function sayCategory({ page: { t } }: Pick<CaseDesk, 'page'>, category: string): Fragment {
  const key = `request.option.dataCategories.category.${category}`;
  return t.has(key) ? t(key) : bdi(category);
}

/** Each point where the object goes beyond the request: the line of the request, what it asks, what is here, and the answer. */
function flagList(shown: Shown, one: EvidenceObject): Html {
  const { desk } = shown;
  const { t } = desk.page;
  return html`<ol class="flags">${one.flags.map(({ code, line, limit, found, answer }, n) => {
    const no = one.no * FLAGS_APART + n + 1;
    return html`<li><b>${t(`evidence.flag.${code}`)}</b>
<span class="flag-line">${t.rich('evidence.flagLine', { line: sayLine(desk, line), limit: said(desk, limit), found: said(desk, found) })}</span>
${answer && html`<span class="flag-line">${t.rich('evidence.answered', { say: t(`evidence.say.${answer.say}`), who: bdi(desk.nameOf(answer.by)), at: at(desk, answer.at), reasons: bdi(answer.reasons) })}</span>`}
${actForm(shown, {
  act: 'answer-flag',
  action: 'evidence.scope',
  no,
  controls: [
    {
      id: 'say',
      kind: 'choice',
      options: FLAG_ANSWERS.map((value) => ({ value, text: t(`evidence.say.${value}`) })),
    },
    { id: 'reasons', kind: 'text' },
  ],
})}</li>`;
  })}</ol>`;
}
/** A day or two in words, or that there is none; anything else as it stands in the request. */
function said(desk: CaseDesk, text: string): string | Html {
  const { t, language } = desk.page;
  const [from, to] = text.split(' – ');
  if (from === '?' && to === '?') return t('evidence.noDates');
  if (from !== undefined && to !== undefined) return html`${said(desk, from)} – ${said(desk, to)}`;
  const day = parseDay(text.slice(0, 10));
  return day.ok && /^.{10}(?:T|$)/.test(text) ? sayDay(day.value, language) : bdi(text === '' ? '–' : text);
}
/** One number stands for an object and a point of it: no object has as many points. */
export const FLAGS_APART = 1_000;

/** "Data, line 2: until": where in the request. */
function sayLine({ page: { t }, file }: CaseDesk, line: string): Html {
  const [, part = '', n, field] = line.split('/');
  const name = t.has(`evidence.line.${part}`) ? t(`evidence.line.${part}`) : part;
  const own = field !== undefined && t.has(`evidence.line.${field}`) ? t(`evidence.line.${field}`) : field;
  return html`<a class="ds-link" href="${casePath(file.reference)}">${name}${n !== undefined && html` ${Number(n) + 1}`}${own !== undefined && html`, ${own}`}</a>`;
}

function custodyList({ desk }: Shown, { custody }: EvidenceObject): Html {
  const { t } = desk.page;
  return html`<details class="act-fold custody"><summary>${t('evidence.custody', { count: custody.length })}</summary><ol>${custody.map(
    ({ what, by, at: when, detail }) =>
      html`<li>${t(`evidence.custody.${what}`)} · ${bdi(desk.nameOf(by))} · ${at(desk, when)}${detail !== '' && what !== 'seen' && html` · ${bdi(detail)}`}</li>`,
  )}</ol></details>`;
}
