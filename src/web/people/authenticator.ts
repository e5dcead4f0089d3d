// What an authenticator app is given: a QR code, and the same secret as text for whoever cannot scan it.

import { base32 } from '../../app/people/base32.ts';
import type { PageContext } from '../context.ts';
import { type Html, html } from '../html.ts';
import { qrCode } from './qr.ts';

/** The address format that authenticator apps read (Key URI Format). `who` is shown in the app. */
export function authenticatorPart({ t }: PageContext, secret: Uint8Array, who: string): Html {
  const key = base32(secret).toUpperCase();
  const label = encodeURIComponent(who === '' ? 'Rogatory' : `Rogatory:${who}`);
  const address = `otpauth://totp/${label}?secret=${key}&issuer=Rogatory`;
  return html`<div class="authenticator">${qrCode(address, t('people.authenticator.picture'))}
<div><p>${t('people.authenticator.how')}</p>
<p class="secret-label" id="secret-label">${t('people.authenticator.secret')}</p>
<p class="people-secret" aria-labelledby="secret-label"><code dir="ltr">${key.replace(/(.{4})(?=.)/g, '$1 ')}</code></p></div></div>`;
}
