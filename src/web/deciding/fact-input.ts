// The controls with which one fact is answered, of whatever kind it is; and what they say once sent.

import { say } from '../../kernel/language.ts';
import type { FactValue } from '../../law/provision.ts';
import type { FactSpec } from '../../law/rule-set.ts';
import { answerOf, type Draft, UNKNOWN } from '../check/form.ts';
import { fieldError, type FieldError } from '../components/error-summary.ts';
import type { LawContext } from '../context.ts';
import { flag, type Fragment, type Html, html } from '../html.ts';

export const FACT_FIELD = 'answer';

export function factInput(
  context: LawContext,
  spec: FactSpec,
  draft: Draft,
  errors: readonly FieldError[],
  open: string,
): Html {
  const { t, language } = context;
  const radio = (value: string, label: string): Html =>
    html`<label class="choice"><input type="radio" name="choice" value="${value}"${flag('checked', draft.choice === value)}> <span>${label}</span></label>`;
  const parts = (): Fragment => {
    switch (spec.type) {
      case 'boolean':
        return [radio('true', t('site.answer.true')), radio('false', t('site.answer.false'))];
      case 'years':
        return [
          html`<span class="years">${radio('years', t('check.years.number'))}
<input class="ds-input years-number" name="number" value="${draft.number}" inputmode="decimal" size="5" aria-label="${t('check.years.field', { label: say(spec.label, language) })}"></span>`,
          radio('life', t('check.years.life')),
        ];
      case 'choice':
        return spec.choices.map(({ value, label }) => radio(value, say(label, language)));
      case 'date':
        return html`<input class="ds-input date" type="date" name="choice" value="${draft.choice === UNKNOWN ? '' : draft.choice}" aria-label="${say(spec.label, language)}">`;
    }
  };
  return html`${fieldError(context, FACT_FIELD, errors)}<div class="choices">${parts()}${spec.type !== 'date' && radio(UNKNOWN, open)}</div>`;
}

/** What was answered; null stands for "not yet", undefined for something that is no answer. */
export function factFrom(spec: FactSpec, draft: Draft): FactValue | null | undefined {
  const answer = answerOf(spec, draft);
  if (answer.is === 'wrong') return undefined;
  return answer.is === 'known' ? answer.value : null;
}
