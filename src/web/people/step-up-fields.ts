// The part of a form that proves anew who is there, over the hash of what the form will do. Any form of the office may hold it.

import type { Proof } from '../../app/people/step-up.ts';
import { type FieldError, fieldError } from '../components/error-summary.ts';
import { hashGroups } from '../components/hash.ts';
import type { PageContext } from '../context.ts';
import { type Html, html } from '../html.ts';
import { inputField } from './fields.ts';

/** The script of src/web/enhance that a page with these fields names in its `scripts`. */
export const STEP_UP_SCRIPT = 'passkey';

/** So many digits of the hash are enough to compare by eye. */
const DIGITS = 16;

/**
 * Password and code, and with scripts a button for a passkey, which signs the hash itself. Stands within a form that
 * posts to the act; there `stepUp.verify` reads the fields, with the hash as the server works it out anew.
 */
export function stepUpFields(context: PageContext, actionHash: string, errors: readonly FieldError[] = []): Html {
  const { t, session } = context;
  const ways = session?.ways ?? { password: true, passkey: true };
  // Only people of a demonstration have neither; nothing is asked of them.
  if (!ways.password && !ways.passkey) return html`<p class="note" id="step-up">${t('demo.noProof')}</p>`;
  return html`<fieldset class="step-up" id="step-up" tabindex="-1"><legend>${t('people.stepUp.legend')}</legend>
<p>${t('people.stepUp.why')}</p>
${fieldError(context, 'step-up', errors)}
<p class="step-up-hash">${t.rich('people.stepUp.hash', { hash: hashGroups(actionHash.slice(0, DIGITS)) })}</p>
${ways.passkey && passkeyWay(context, actionHash, ways.password)}
${
  ways.password &&
  html`${inputField(context, { id: 'password', type: 'password', autocomplete: 'current-password' }, errors)}
${inputField(context, { id: 'code', numeric: true, autocomplete: 'one-time-code', help: t('people.help.code') }, errors)}`
}
</fieldset>`;
}

const passkeyWay = (
  { t }: PageContext,
  hash: string,
  orPassword: boolean,
): Html => html`<div class="step-up-passkey" data-passkey hidden><input type="hidden" name="assertion" value="">
<button class="ds-button" data-variant="secondary" type="button" data-passkey-sign="${hash}" data-failed="${t('people.passkey.failed')}">${t('people.stepUp.passkey')}</button>
${orPassword && html`<p class="people-or">${t('people.stepUp.or')}</p>`}</div>
${!orPassword && html`<p class="note" data-without-passkey>${t('people.change.passkey-add.needs')}</p>`}`;

/** What the fields say. */
export const proofOf = (fields: ReadonlyMap<string, string>, address: string): Proof => ({
  assertion: fields.get('assertion') ?? '',
  password: fields.get('password') ?? '',
  code: fields.get('code') ?? '',
  address,
});
