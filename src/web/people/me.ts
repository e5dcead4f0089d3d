// Routes of one's own account.

import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import {
  addPasskey,
  announceAbsence,
  beginNewPasskey,
  cancelAbsence,
  changeAuthenticator,
  changePassword,
  chooseLanguage,
  GUARDED,
  type Guarded,
  guardedHash,
  myAccount,
  nextAuthenticator,
  removePasskey,
  renewRecoveryCodes,
} from '../../app/people/my-account.ts';
import type { Answer, Site } from '../../app/people/ports.ts';
import { revokeSessions } from '../../app/people/sessions.ts';
import { isLanguage } from '../../kernel/language.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { WebEnv } from '../context.ts';
import { type AccessPorts, passkeysWork, readFields, requireSession, signedIn } from '../session.ts';
import { changePage } from './change-page.ts';
import { enteredPage } from './enrol-page.ts';
import { withSite } from './entry.ts';
import { mePage, type MeView } from './me-page.ts';
import { proofOf } from './step-up-fields.ts';
import { errorsOf } from './words.ts';

type C = Context<WebEnv>;
const NOTHING_TYPED = { from: '', until: '', deputy: '' };

export function meRoutes(access: AccessPorts): Hono<WebEnv> {
  const ports = access.people;
  const at = (work: (c: C, site: Site) => Response | Promise<Response>) => withSite(access, work);

  const show = async (c: C, site: Site, errors: readonly FieldError[] = [], typed: MeView['typed'] = NOTHING_TYPED) => {
    const who = signedIn(c);
    const account = await myAccount(ports, who);
    const view = { who, account, now: ports.now(), errors, typed, passkeys: passkeysWork(site) };
    return c.html(mePage(c.var.page, view), errors.length > 0 ? 422 : 200);
  };

  const showChange = async (
    c: C,
    act: Guarded,
    { id = '', label = '', errors = [] }: { id?: string; label?: string; errors?: readonly FieldError[] },
  ) => {
    const who = signedIn(c);
    const { passkeys, loginName, hasPassword } = await myAccount(ports, who);
    const passkey = passkeys.find((one) => one.id === id);
    const needsPassword = act !== 'passkey-add' && act !== 'passkey-remove';
    if ((act === 'passkey-remove' && !passkey) || (needsPassword && !hasPassword)) return c.notFound();
    const secret = act === 'authenticator' ? await nextAuthenticator(ports, who) : undefined;
    const hash = guardedHash(ports, who, act, act === 'passkey-remove' ? id : '');
    const view = { who, act, hash, errors, loginName, secret, passkey, label };
    return c.html(changePage(c.var.page, view), errors.length > 0 ? 422 : 200);
  };

  const change = (c: C, site: Site, act: Guarded, fields: Map<string, string>): Promise<Answer<unknown>> => {
    const [who, proof] = [signedIn(c), proofOf(fields, access.addressOf(c))];
    const text = (name: string) => fields.get(name) ?? '';
    switch (act) {
      case 'password':
        return changePassword(ports, site, who, { newPassword: text('newPassword'), proof });
      case 'authenticator':
        return changeAuthenticator(ports, site, who, { newCode: text('newCode'), proof });
      case 'passkey-add':
        return addPasskey(ports, site, who, { answer: text('passkey'), label: text('label'), proof });
      case 'passkey-remove':
        return removePasskey(ports, site, who, { id: text('id'), proof });
      case 'recovery-codes':
        return renewRecoveryCodes(ports, site, who, proof);
    }
  };

  const routes = new Hono<WebEnv>()
    .use('/me', requireSession)
    .use('/me/*', requireSession)
    .get(
      '/me',
      at((c, site) => show(c, site)),
    )
    .post('/me/sessions', async (c) => {
      await revokeSessions(ports, signedIn(c), (await readFields(c)).get('end') ?? '');
      return c.redirect('/me', 303);
    })
    .post(
      '/me/absence',
      at(async (c, site) => {
        const fields = await readFields(c);
        const typed = {
          from: fields.get('from') ?? '',
          until: fields.get('until') ?? '',
          deputy: fields.get('deputy') ?? '',
        };
        const answer = await announceAbsence(ports, signedIn(c), typed);
        return answer.ok ? c.redirect('/me', 303) : show(c, site, errorsOf(c.var.page, answer.faults), typed);
      }),
    )
    .post('/me/absence/cancel', async (c) => {
      await cancelAbsence(ports, signedIn(c), (await readFields(c)).get('id') ?? '');
      return c.redirect('/me', 303);
    })
    .post(
      '/me/language',
      at(async (c, site) => {
        const language = (await readFields(c)).get('language') ?? '';
        const answer = await chooseLanguage(ports, signedIn(c), language);
        if (!answer.ok) return show(c, site, errorsOf(c.var.page, answer.faults));
        if (isLanguage(language))
          setCookie(c, 'lang', language, { path: '/', sameSite: 'Lax', httpOnly: true, maxAge: 31_536_000 });
        return c.redirect('/me', 303);
      }),
    )
    .post(
      '/me/passkey-add/begin',
      at(async (c, site) => c.json({ options: await beginNewPasskey(ports, site, signedIn(c)) })),
    );
  for (const act of GUARDED)
    routes
      .get(`/me/${act}`, (c) => showChange(c, act, { id: c.req.query('id') ?? '' }))
      .post(
        `/me/${act}`,
        at(async (c, site) => {
          const fields = await readFields(c);
          const answer = await change(c, site, act, fields);
          if (!answer.ok) {
            const [id, label] = [fields.get('id') ?? '', fields.get('label') ?? ''];
            return showChange(c, act, { id, label, errors: errorsOf(c.var.page, answer.faults) });
          }
          return act === 'recovery-codes'
            ? c.html(enteredPage(c.var.page, answer.value as readonly string[], '/me'))
            : c.redirect('/me', 303);
        }),
      );
  return routes;
}
