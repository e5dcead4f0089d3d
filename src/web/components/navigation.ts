// The ways through the pages: for anyone, and for whoever is signed in, by role. A part that adds pages for staff adds its door here.

import type { SignedIn } from '../../app/people/sessions.ts';
import type { Role } from '../../app/people/roles.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';

type Door = { readonly path: string; readonly key: string };

/** Open to anyone. */
const PUBLIC: readonly Door[] = [
  { path: '/check', key: 'site.nav.check' },
  { path: '/law', key: 'site.nav.law' },
];
/** The same, and at the foot of every page: above it only for whoever has no work here. */
const VISITORS: readonly Door[] = [
  { path: '/figures', key: 'site.nav.figures' },
  { path: '/api', key: 'site.nav.api' },
];

/** For people of the office with one of these roles; shown before the public ones. */
const STAFF: readonly (Door & { readonly roles: readonly Role[] })[] = [
  { path: '/work', key: 'casework.nav.work', roles: ['duty-officer', 'reviewer', 'approver', 'executing-unit'] },
  { path: '/docket', key: 'casework.nav.docket', roles: ['duty-officer', 'reviewer', 'approver', 'oversight'] },
  { path: '/desk', key: 'casework.nav.desk', roles: ['duty-officer'] },
  { path: '/oversight', key: 'oversight.nav', roles: ['oversight'] },
  { path: '/office/people', key: 'people.nav.office', roles: ['registrar', 'oversight'] },
  { path: '/oversight/readings', key: 'office.readings.nav', roles: ['registrar'] },
  { path: '/office/figures', key: 'figures.nav.office', roles: ['approver', 'registrar'] },
  { path: '/office/findings', key: 'oversight.nav.findings', roles: ['approver', 'registrar'] },
  { path: '/office/settings', key: 'office.nav', roles: ['registrar', 'oversight'] },
];

export function doorsFor({ session }: PageContext): readonly Door[] {
  const roles = session?.person.roles ?? [];
  const own = STAFF.filter((door) => door.roles.some((role) => roles.includes(role)));
  return [...own, ...PUBLIC, ...(own.length === 0 ? VISITORS : [])];
}

/** Who is signed in and the way out, or the way in; nothing on a node where nobody can sign in. */
export function accountMenu(context: PageContext): Html | false {
  const { t, session, path } = context;
  if (session === undefined) return false;
  if (session === null)
    return !path.startsWith('/sign-in') && html`<a class="site-account" href="/sign-in">${t('people.nav.signIn')}</a>`;
  return html`<div class="site-account"><a href="/me"><span class="ds-sr-only">${t('people.nav.me')} </span>${bdi(session.person.name)}</a>
<form method="post" action="/sign-out">${csrfField(session)}<button class="as-link" type="submit">${t('people.nav.signOut')}</button></form></div>`;
}

/** What every form that does something carries. */
export const csrfField = (session: SignedIn | null | undefined): Html | false =>
  session != null && html`<input type="hidden" name="csrf" value="${session.csrf}">`;
