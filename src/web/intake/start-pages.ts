// The front door: the ways in which a request arrives, and what is said first of each.

import type { Draft, Purpose } from '../../app/casework/ports.ts';
import { mayWrite } from '../../app/casework/drafts.ts';
import { say } from '../../kernel/language.ts';
import { formKey } from '../casework/answers.ts';
import type { Desk } from '../casework/context.ts';
import { when } from '../casework/moments.ts';
import { stateText, stateList } from '../check/words.ts';
import { errorSummary, type FieldError, fieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { bdi, flag, type Fragment, type Html, html } from '../html.ts';
import { measureText } from './words.ts';

/** The ways in, in the order in which they save work. */
export const WAYS = ['file', 'letter', 'form', 'own'] as const;
export type Way = (typeof WAYS)[number];
export const isWay = (text: string | undefined): text is Way =>
  (WAYS as readonly (string | undefined)[]).includes(text);

const purposeOf = (way: Way): Purpose => (way === 'own' ? 'draft' : 'receive');

/** /requests/new: the ways in, and what this person has begun. */
export function startPage(desk: Desk, drafts: readonly Draft[]): Html {
  const { page: context } = desk;
  const { t } = context;
  return page({
    context,
    title: t('intake.start.title'),
    main: html`<h1>${t('intake.start.title')}</h1>
<p class="lead">${t('intake.start.lead')}</p>
<ul class="ways">${WAYS.filter((way) => mayWrite(desk.actor, purposeOf(way))).map(
      (way) => html`
<li><a href="/requests/new/${way}">${t(`intake.way.${way}`)}</a><p>${t(`intake.way.${way}.text`)}</p></li>`,
    )}
</ul>
${
  drafts.length > 0 &&
  html`<section aria-labelledby="drafts-title"><h2 id="drafts-title">${t('intake.drafts.title')}</h2>
<p>${t('intake.drafts.text')}</p><ul class="drafts">${drafts.map((draft) => draftItem(desk, draft))}</ul></section>`
}`,
  });
}

function draftItem(desk: Desk, draft: Draft): Html {
  const { page: context } = desk;
  const { t, language } = context;
  const { measure, otherState, documents, id } = draft;
  const name =
    measure === null || otherState === null
      ? bdi(documents[0]?.name ?? t('intake.drafts.unnamed'))
      : t.rich(`intake.line.${draft.purpose}`, {
          measure: measureText(context, measure),
          state: bdi(stateText(otherState, language)),
        });
  const own = draft.content.caseReference ?? documents[0]?.name;
  return html`<li><a class="ds-link" href="/requests/new/${id}">${name}</a>
<p class="cite">${own !== undefined && measure !== null && html`${bdi(own)} · `}${t.rich('intake.drafts.changed', { when: when(desk, draft.changedAt) })}</p>
<a class="ds-link" href="/requests/new/${id}/discard">${t('intake.discard')}<span class="ds-sr-only"> ${name}</span></a></li>`;
}

/** /requests/new/file and /requests/new/letter: one file, as it came. */
export function uploadPage(desk: Desk, way: 'file' | 'letter', errors: readonly FieldError[] = []): Html {
  const { page: context } = desk;
  const { t } = context;
  return page({
    context,
    title: t(`intake.way.${way}`),
    hasErrors: errors.length > 0,
    main: html`${crumbs(desk)}
<h1>${t(`intake.way.${way}`)}</h1>
${errorSummary(context, errors)}
<p class="lead">${t(`intake.${way}.lead`)}</p>
<form class="narrow" method="post" action="/requests/new/${way}" enctype="multipart/form-data">${formKey(desk)}
<div class="field"><label for="file">${t(`intake.${way}.label`)}</label><p class="help" id="file-help">${t('intake.upload.help')}</p>
${fileErrors(desk, errors)}
<input class="file-input" type="file" id="file" name="file"${way === 'file' && html` accept=".json,.pdf,application/json,application/pdf"`} aria-describedby="file-help${errors.length > 0 && ' file-error'}"></div>
<div class="buttons"><button class="ds-button" type="submit">${t(`intake.${way}.do`)}</button></div></form>
${way === 'file' && html`<p><a class="ds-link" href="/requests/new/letter">${t('intake.file.other')}</a></p>`}`,
  });
}

/** Everything that is wrong with a file stands beside the one control. */
const fileErrors = ({ page: { t } }: Desk, errors: readonly FieldError[]): Fragment =>
  errors.length > 0 &&
  html`<div class="field-error" id="file-error"><span class="ds-sr-only">${t('site.errors.before')} </span>${errors.map(({ message }) => html`<p>${message}</p>`)}</div>`;

const crumbs = ({ page: { t } }: Desk): Html =>
  html`<p class="cite crumbs"><a href="/requests/new">${t('intake.start.title')}</a></p>`;

/** What is said first: what is asked, and which State is on the other side. */
export type Basics = { readonly measure: string; readonly otherState: string; readonly instrument: string };
export const NOTHING_SAID: Basics = { measure: '', otherState: '', instrument: '' };

/** The first page of a form, for a new one and for one begun with a letter. */
export function basicsPage(
  desk: Desk,
  way: 'letter' | 'form' | 'own',
  basics: Basics,
  {
    action,
    draft,
    errors = [],
  }: { readonly action: string; readonly draft?: Draft; readonly errors?: readonly FieldError[] },
): Html {
  const { page: context } = desk;
  const { t, book, language } = context;
  const { tiers, measures, packs } = book.rules;
  const tie = (name: string): Html => {
    const wrong = errors.some((error) => error.field === name);
    return html` id="${name}" name="${name}" aria-describedby="${name}-help${wrong && ` ${name}-error`}"${wrong && html` aria-invalid="true"`}`;
  };
  const side = way === 'own' ? 'to' : 'from';
  return page({
    context,
    title: t(`intake.way.${way}`),
    hasErrors: errors.length > 0,
    main: html`${crumbs(desk)}
<h1>${t(`intake.way.${way}`)}</h1>
${errorSummary(context, errors)}
<form class="narrow" method="post" action="${action}" novalidate>${formKey(desk, draft?.version ?? 0)}
<div class="field"><label for="otherState">${t(`intake.otherState.${side}`)}</label><p class="help" id="otherState-help">${t('check.state.help')}</p>
${fieldError(context, 'otherState', errors)}<input class="ds-input"${tie('otherState')} value="${basics.otherState}" list="states" spellcheck="false" autocomplete="off"></div>
${stateList(language)}
<div class="field"><label for="measure">${t(`intake.measure.${side}`)}</label><p class="help" id="measure-help">${t('intake.measure.help')}</p>
${fieldError(context, 'measure', errors)}<select class="ds-input"${tie('measure')}><option value="">${t('intake.choose')}</option>${tiers.map(
      (tier) => html`
<optgroup label="${say(tier.title, language)}">${measures
        .filter((one) => one.tier === tier.id)
        .map(
          (one) =>
            html`<option value="${one.id}"${flag('selected', one.id === basics.measure)}>${say(one.title, language)}</option>`,
        )}</optgroup>`,
    )}</select></div>
<div class="field"><label for="instrument">${t('intake.instrument')}</label><p class="help" id="instrument-help">${t('intake.instrument.help')}</p>
${fieldError(context, 'instrument', errors)}<select class="ds-input"${tie('instrument')}><option value="">${t('intake.instrument.any')}</option>${packs
      .filter((pack) => pack.kind === 'instrument')
      .map(
        (pack) =>
          html`<option value="${pack.id}"${flag('selected', pack.id === basics.instrument)}>${say(pack.title, language)}</option>`,
      )}</select></div>
<div class="buttons"><button class="ds-button" type="submit">${t('intake.begin')}</button></div></form>`,
  });
}
