// The start of a check: what is asked, by whom, of whom, when and under what; or a request that is already written down.

import { say } from '../../kernel/language.ts';
import { type FieldError, fieldError } from '../components/error-summary.ts';
import type { LawContext } from '../context.ts';
import { bdi, flag, type Html, html } from '../html.ts';
import { written } from './form.ts';
import { FORM } from './questions.ts';
import type { StartView } from './view.ts';
import { stateList } from './words.ts';

/** The first form, and beside it the other ways in. */
export function startForm(context: LawContext, { basics, errors, kept }: StartView, examples: readonly string[]): Html {
  const { t, language, book } = context;
  const { tiers, measures, packs } = book.rules;
  const common = (name: string) => attributes(name, errors);
  return html`<div class="start">
<form id="${FORM}" method="post" action="/check" novalidate autocomplete="off">
${Object.entries(kept).map(([fact, value]) => html`<input type="hidden" name="f.${fact}" value="${written(value)}">`)}
<div class="field"><label for="measure">${t('check.measure.label')}</label><p class="help" id="measure-help">${t('check.measure.help')}</p>
${fieldError(context, 'measure', errors)}<select class="ds-input" id="measure" name="measure"${common('measure')}>
<option value="">${t('check.measure.choose')}</option>
${tiers.map(
  (tier) =>
    html`<optgroup label="${say(tier.title, language)}">${measures
      .filter((one) => one.tier === tier.id)
      .map(
        (one) => html`
<option value="${one.id}"${flag('selected', one.id === basics.measure)}>${say(one.title, language)}</option>`,
      )}</optgroup>`,
)}
</select></div>
<div class="field-row">
${stateField(context, 'requestingState', basics.requestingState, errors)}
${stateField(context, 'requestedState', basics.requestedState, errors)}
</div>
${stateList(language)}
<div class="field"><label for="receivedOn">${t('check.receivedOn.label')}</label><p class="help" id="receivedOn-help">${t('check.receivedOn.help')}</p>
${fieldError(context, 'receivedOn', errors)}<input class="ds-input date" type="date" id="receivedOn" name="receivedOn" value="${basics.receivedOn}"${common('receivedOn')}></div>
<div class="field"><label for="instrument">${t('check.instrument.label')}</label><p class="help" id="instrument-help">${t('check.instrument.help')}</p>
${fieldError(context, 'instrument', errors)}<select class="ds-input" id="instrument" name="instrument"${common('instrument')}>
<option value="">${t('check.instrument.every')}</option>
${packs.filter((pack) => pack.kind === 'instrument').map((pack) => html`<option value="${pack.id}"${flag('selected', pack.id === basics.instrument)}>${say(pack.title, language)}</option>`)}
</select></div>
<div class="buttons"><button class="ds-button" type="submit" name="do" value="start">${t('check.start')}</button></div>
</form>
${otherWays(context, errors, examples)}
</div>`;
}

/** What ties a field to its help and to what is wrong with it. */
function attributes(name: string, errors: readonly FieldError[]): Html {
  const wrong = errors.some((error) => error.field === name);
  return wrong
    ? html` aria-invalid="true" aria-describedby="${name}-help ${name}-error"`
    : html` aria-describedby="${name}-help"`;
}

function stateField(
  context: LawContext,
  name: 'requestingState' | 'requestedState',
  value: string,
  errors: readonly FieldError[],
): Html {
  const { t } = context;
  return html`<div class="field"><label for="${name}">${t(`check.${name}.label`)}</label><p class="help" id="${name}-help">${t('check.state.help')}</p>
${fieldError(context, name, errors)}<input class="ds-input" id="${name}" name="${name}" value="${value}" list="states" spellcheck="false"${attributes(name, errors)}></div>`;
}

/** A file that was downloaded here before, and the examples. */
function otherWays(context: LawContext, errors: readonly FieldError[], examples: readonly string[]): Html {
  const { t } = context;
  const fileErrors = errors.filter((error) => error.field.startsWith('file'));
  return html`<aside class="other-ways" aria-labelledby="other-ways-title"><h2 id="other-ways-title">${t('check.other.title')}</h2>
${
  examples.length > 0 &&
  html`<form method="post" action="/check" class="example-form"><div class="field"><label for="example">${t('check.example.label')}</label>
<select class="ds-input" id="example" name="example">${examples.map((id) => html`<option value="${id}">${t.has(`check.example.${id}`) ? t(`check.example.${id}`) : id}</option>`)}</select></div>
<button class="ds-button" data-variant="secondary" type="submit" name="do" value="example">${t('check.example.open')}</button></form>`
}
<form method="post" action="/check" enctype="multipart/form-data" class="file-form"><div class="field"><label for="file">${t('check.file.label')}</label><p class="help" id="file-help">${t('check.file.help')}</p>
${fileErrors.length > 0 && html`<div class="field-error" id="file-error"><span class="ds-sr-only">${t('site.errors.before')} </span>${fileErrors.map((error) => html`<p>${error.message}</p>`)}</div>`}
<input class="file-input" type="file" id="file" name="file" accept="application/json,.json"${attributes('file', errors)}></div>
<button class="ds-button" data-variant="secondary" type="submit" name="do" value="file">${t('check.file.open')}</button></form></aside>`;
}

/** A place in a file, for a person who mends it. */
export const pointerText = (pointer: string): Html => html`<code>${bdi(pointer === '' ? '/' : pointer)}</code>`;
