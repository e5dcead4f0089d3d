// One's own page for word by mail: an address, or none.

import { type Context, Hono } from 'hono';
import type { Casework } from '../../app/casework/casework.ts';
import type { MailAddresses } from '../../app/casework/mail-ports.ts';
import { setMailAddress } from '../../app/casework/mailing.ts';
import { fieldsOf, one } from '../casework/answers.ts';
import { type Desk, type DeskEnv, signedIn } from '../casework/context.ts';
import { errorSummary, type FieldError, fieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { csrfField } from '../components/navigation.ts';
import { type Html, html } from '../html.ts';

export type MailPagePorts = {
  readonly work: Casework;
  readonly addresses: MailAddresses;
  /** Whether a mail server is set. */
  readonly sends: boolean;
};

const PATH = '/me/mail';

export function mailRoutes({ work, addresses, sends }: MailPagePorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.use(PATH, signedIn(work));
  app.get(PATH, async (c) => {
    const { desk } = c.var;
    return c.html(mailPage(desk, sends, (await addresses.of(desk.actor.id)) ?? '', []));
  });
  app.post(PATH, async (c: Context<DeskEnv>) => {
    const { desk } = c.var;
    const typed = one(await fieldsOf(c), 'address');
    if (await setMailAddress(addresses, desk.actor.id, typed)) return c.redirect('/me', 303);
    return c.html(mailPage(desk, sends, typed, [{ field: 'address', message: desk.page.t('mail.page.fault') }]), 422);
  });
  return app;
}

function mailPage({ page: context, who }: Desk, sends: boolean, value: string, errors: readonly FieldError[]): Html {
  const { t } = context;
  const wrong = errors.length > 0;
  return page({
    context,
    title: t('mail.page.title'),
    hasErrors: wrong,
    main: html`<p><a class="ds-link" href="/me">${t('mail.page.back')}</a></p>${errorSummary(context, errors)}
<h1>${t('mail.page.title')}</h1><p class="lead">${t('mail.page.lead')}</p>
${!sends && html`<p class="note">${t('mail.page.none')}</p>`}
<form method="post" action="${PATH}" class="people-form" novalidate>${csrfField(who)}<div class="field"><label for="address">${t('mail.page.field')}</label>
<p class="help" id="address-help">${t('mail.page.help')}</p>${fieldError(context, 'address', errors)}<input class="ds-input" type="email" id="address" name="address" value="${value}" autocomplete="email" dir="ltr" aria-describedby="address-help${wrong && ' address-error'}"${wrong && html` aria-invalid="true"`}></div>
<p class="buttons"><button class="ds-button" type="submit">${t('mail.page.save')}</button></p></form>`,
  });
}
