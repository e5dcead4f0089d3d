// The doors: first set-up, invitation, sign-in with its code step, passkey and identity provider, sign-out.

import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Choice } from '../../app/people/enrol.ts';
import { secretOfLink } from '../../app/people/enrol.ts';
import { acceptInvitation, openInvitation } from '../../app/people/invite.ts';
import type { Answer, Site } from '../../app/people/ports.ts';
import type { PersonId } from '../../app/people/roles.ts';
import { readSession, signOut } from '../../app/people/sessions.ts';
import { type Entered, setUp, setUpIsOpen } from '../../app/people/set-up.ts';
import {
  beginFederated,
  beginPasskey,
  checkCode,
  checkPasskey,
  checkPassword,
  enter,
  finishFederated,
  type Opened,
} from '../../app/people/sign-in.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { WebEnv } from '../context.ts';
import { type AccessPorts, dropSession, ownPath, passkeysWork, readFields, setSession, siteOf } from '../session.ts';
import { enrolPage, enteredPage, type EnrolView } from './enrol-page.ts';
import { sayPage } from './say-page.ts';
import { codePage, onwardPage, signInPage } from './sign-in-page.ts';
import { errorsOf } from './words.ts';

/** Where somebody lands who came from nowhere. */
const HOME = '/me';

type C = Context<WebEnv>;

/** The site, or the page that says why there is none. */
export const withSite =
  (access: AccessPorts, work: (c: C, site: Site) => Response | Promise<Response>) =>
  (c: C): Response | Promise<Response> => {
    const site = siteOf(access, c);
    c.header('cache-control', 'no-store');
    return site === undefined ? c.html(sayPage(c.var.page, 'noSite'), 421) : work(c, site);
  };

export function entryRoutes(access: AccessPorts): Hono<WebEnv> {
  const ports = access.people;
  const at = (work: (c: C, site: Site) => Response | Promise<Response>) => withSite(access, work);
  const token = (c: C): string => c.req.param('token') ?? '';

  /** Opens the session of somebody who has just taken up their credentials. */
  const entered = async (c: C, site: Site, { person, credential, recoveryCodes }: Entered) => {
    const opened = await enter(ports, person, credential, access.addressOf(c), {});
    if (opened.ok) {
      setSession(c, site, opened.value.cookie);
      c.set('page', { ...c.var.page, session: (await readSession(ports, opened.value.cookie)) ?? null });
    }
    return c.html(enteredPage(c.var.page, recoveryCodes, HOME));
  };
  const enrolment = (
    kind: EnrolView['kind'],
    valuesOf: (c: C) => Promise<EnrolView['values'] | undefined>,
    take: (c: C, site: Site, fields: Map<string, string>, choice: Choice) => Promise<Answer<Entered>>,
  ) => {
    const show = (c: C, site: Site, values: EnrolView['values'], errors: readonly FieldError[]) =>
      c.html(
        enrolPage(c.var.page, {
          kind,
          values,
          errors,
          action: c.req.path,
          secret: secretOfLink(ports, token(c)),
          passkeys: passkeysWork(site),
        }),
        errors.length > 0 ? 422 : 200,
      );
    const none = (c: C) => c.html(sayPage(c.var.page, 'linkVoid', '/sign-in'), 404);
    return new Hono<WebEnv>()
      .get(
        '/',
        at(async (c, site) => {
          const values = await valuesOf(c);
          return values ? show(c, site, values, []) : none(c);
        }),
      )
      .post(
        '/',
        at(async (c, site) => {
          const values = await valuesOf(c);
          if (!values) return none(c);
          const fields = await readFields(c);
          const typed = (name: 'name' | 'loginName' | 'language') => fields.get(name) ?? values[name];
          const answer = await take(c, site, fields, choiceOf(fields));
          if (answer.ok) return entered(c, site, answer.value);
          const again = { name: typed('name'), loginName: typed('loginName'), language: typed('language') };
          return show(c, site, kind === 'setUp' ? again : values, errorsOf(c.var.page, answer.faults));
        }),
      )
      .post(
        '/passkey',
        at(async (c, site) => {
          const values = await valuesOf(c);
          if (!values) return c.json({}, 404);
          const fields = await readFields(c);
          const name = fields.get('name') || values.name || 'Rogatory';
          const who = {
            id: ports.secrets.newId() as PersonId,
            name,
            loginName: fields.get('loginName') || values.loginName || name,
          };
          return c.json({ options: await ports.passkeys.registration(site, who, ports.secrets.hash(token(c)), []) });
        }),
      );
  };
  const showSignIn = (c: C, site: Site, next: string, errors: readonly FieldError[] = [], loginName = '') =>
    c.html(
      signInPage(c.var.page, {
        next,
        errors,
        loginName,
        passkeys: passkeysWork(site),
        federated: access.provider !== undefined,
      }),
      errors.length > 0 ? 422 : 200,
    );
  const opened = async (c: C, site: Site, { cookie, person }: Opened) => {
    setSession(c, site, cookie);
    const member = await ports.store.member(person);
    if (member)
      setCookie(c, 'lang', member.language, { path: '/', sameSite: 'Lax', httpOnly: true, maxAge: 31_536_000 });
  };

  return new Hono<WebEnv>()
    .route(
      '/setup/:token',
      enrolment(
        'setUp',
        async (c) =>
          (await setUpIsOpen(ports, token(c))) ? { name: '', loginName: '', language: c.var.page.language } : undefined,
        (c, site, fields, choice) =>
          setUp(ports, site, token(c), {
            name: fields.get('name') ?? '',
            loginName: fields.get('loginName') ?? '',
            language: fields.get('language') ?? '',
            choice,
          }),
      ),
    )
    .route(
      '/invitation/:token',
      enrolment(
        'invitation',
        (c) => openInvitation(ports, token(c)),
        (c, site, _fields, choice) => acceptInvitation(ports, site, token(c), choice),
      ),
    )
    .get(
      '/sign-in',
      at((c, site) => showSignIn(c, site, ownPath(c.var.page.query.get('next') ?? undefined, HOME))),
    )
    .post(
      '/sign-in',
      at(async (c, site) => {
        const fields = await readFields(c);
        const next = ownPath(fields.get('next'), HOME);
        const loginName = fields.get('loginName') ?? '';
        const password = fields.get('password') ?? '';
        const answer = await checkPassword(ports, { loginName, password, address: access.addressOf(c) });
        return answer.ok
          ? c.html(codePage(c.var.page, { token: answer.value.token, next, errors: [] }))
          : showSignIn(c, site, next, errorsOf(c.var.page, answer.faults), loginName);
      }),
    )
    .post(
      '/sign-in/code',
      at(async (c, site) => {
        const fields = await readFields(c);
        const next = ownPath(fields.get('next'), HOME);
        const step = fields.get('step') ?? '';
        const answer = await checkCode(ports, {
          token: step,
          code: fields.get('code') ?? '',
          address: access.addressOf(c),
        });
        if (answer.ok) {
          await opened(c, site, answer.value);
          return c.redirect(next, 303);
        }
        const errors = errorsOf(c.var.page, answer.faults);
        return answer.faults.some((one) => one.field === 'loginName')
          ? showSignIn(c, site, next, errors)
          : c.html(codePage(c.var.page, { token: step, next, errors }), 422);
      }),
    )
    .post(
      '/sign-in/passkey/begin',
      at(async (c, site) => c.json(await beginPasskey(ports, site))),
    )
    .post(
      '/sign-in/passkey',
      at(async (c, site) => {
        const fields = await readFields(c);
        const next = ownPath(fields.get('next'), HOME);
        const form = { token: fields.get('token') ?? '', answer: fields.get('assertion') ?? '' };
        const answer = await checkPasskey(ports, site, { ...form, address: access.addressOf(c) });
        if (!answer.ok) return showSignIn(c, site, next, errorsOf(c.var.page, answer.faults));
        await opened(c, site, answer.value);
        return c.redirect(next, 303);
      }),
    )
    .get(
      '/sign-in/federated',
      at(async (c, site) => {
        if (!access.provider) return c.notFound();
        const begun = await beginFederated(ports, access.provider, `${site.origin}/sign-in/federated/back`);
        if (!begun.ok) return showSignIn(c, site, HOME, errorsOf(c.var.page, begun.faults));
        // Lax, since the provider's page brings the browser back; it holds nothing but the other half of the state.
        setCookie(c, 'federated', begun.value.token, {
          path: '/sign-in/federated',
          httpOnly: true,
          sameSite: 'Lax',
          secure: site.origin.startsWith('https:'),
          maxAge: 600,
        });
        return c.redirect(begun.value.address, 302);
      }),
    )
    .get(
      '/sign-in/federated/back',
      at(async (c, site) => {
        if (!access.provider) return c.notFound();
        const begun = getCookie(c, 'federated') ?? '';
        deleteCookie(c, 'federated', { path: '/sign-in/federated' });
        const answer = `${site.origin}${c.req.path}${new URL(c.req.url).search}`;
        const result = await finishFederated(ports, access.provider, {
          token: begun,
          answer,
          address: access.addressOf(c),
        });
        if (!result.ok) return showSignIn(c, site, HOME, errorsOf(c.var.page, result.faults));
        await opened(c, site, result.value);
        // A redirect would still count as coming from the provider, and a strict cookie would stay behind.
        return c.html(onwardPage(c.var.page, HOME));
      }),
    )
    .post(
      '/sign-out',
      at(async (c, site) => {
        if (c.var.session) await signOut(ports, c.var.session);
        dropSession(c, site);
        c.set('page', { ...c.var.page, session: null });
        return c.html(sayPage(c.var.page, 'signedOut'));
      }),
    );
}

const choiceOf = (fields: Map<string, string>): Choice => {
  const answer = fields.get('passkey') ?? '';
  return answer === ''
    ? { by: 'password', password: fields.get('password') ?? '', code: fields.get('code') ?? '' }
    : { by: 'passkey', answer, label: fields.get('label') ?? '' };
};
