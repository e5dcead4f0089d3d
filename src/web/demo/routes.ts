// The demonstration: opened from the first page of an empty node, and entered as any of its people.
// Attacker: looks for this door on a real node. It is there only while the node is empty, or for a demonstration for ever.

import { Hono } from 'hono';
import type { Progress } from '../../app/demo/open.ts';
import type { DemoPerson } from '../../app/demo/ports.ts';
import { type PersonId, ROLES } from '../../domain/registry/person.ts';
import { openSession } from '../../app/people/sessions.ts';
import { messagePage } from '../components/message-page.ts';
import { page } from '../components/layout.ts';
import { csrfField } from '../components/navigation.ts';
import type { PageContext, WebEnv } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { type AccessPorts, readFields, setSession, siteOf } from '../session.ts';

export type DemoDoor = {
  readonly access: AccessPorts;
  /** True only on a node that shows an invented office. */
  readonly isDemonstration: boolean;
  /** Turns an empty node into a demonstration; false when it is not empty. */
  readonly begin: () => Promise<boolean>;
  readonly progress: () => Progress;
  readonly people: () => Promise<readonly Person[]>;
};
type Person = Pick<DemoPerson, 'name' | 'roles'> & { readonly id: PersonId };

/** Where each role begins its day. */
const FIRST_PAGE: { readonly [role: string]: string } = {
  'duty-officer': '/desk',
  oversight: '/docket',
  registrar: '/office/people',
};

export function demoRoutes(door: DemoDoor): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.post('/demo', async (c) =>
    (await door.begin())
      ? c.redirect('/demo', 303)
      : c.html(messagePage(c.var.page, 'notFound', { path: '/demo' }), 404),
  );
  if (!door.isDemonstration) return app;
  app.get('/demo', async (c) => c.html(demoPage(c.var.page, await door.people(), door.progress())));
  app.post('/demo/as', async (c) => {
    const chosen = (await readFields(c)).get('person');
    const person = (await door.people()).find(({ id }) => id === chosen);
    const site = siteOf(door.access, c);
    if (person === undefined || site === undefined) return c.redirect('/demo', 303);
    const { people, addressOf } = door.access;
    const { cookie } = await openSession(people, people.store, person.id, 'password', addressOf(c));
    setSession(c, site, cookie);
    return c.redirect(FIRST_PAGE[person.roles[0] ?? ''] ?? '/work', 303);
  });
  return app;
}

/** In the order in which a case passes through their hands. */
const inTurn = (one: Person, other: Person): number => turnOf(one) - turnOf(other);
const turnOf = ({ roles: [role] }: Person): number => (role === undefined ? ROLES.length : ROLES.indexOf(role));

function demoPage(context: PageContext, people: readonly Person[], progress: Progress): Html {
  const { t } = context;
  const filling = progress.done < progress.total;
  return page({
    context,
    title: t('demo.title'),
    ...(filling ? { refreshAfter: 3 } : {}),
    main: html`<h1>${t('demo.title')}</h1>
<p class="lead">${t('demo.lead')}</p>
${filling && html`<p role="status">${t('demo.filling', progress)} <progress max="${progress.total}" value="${progress.done}" aria-label="${t('demo.filling', progress)}"></progress></p>`}
<h2>${t('demo.people')}</h2>
<ul class="doors demo-people">${[...people].sort(inTurn).map(
      ({ id, name, roles }) => html`
<li class="door"><h3>${bdi(name)}</h3>
${roles.map((role) => html`<p><strong>${t(`people.role.${role}`)}.</strong> ${t(`people.role.${role}.does`)}</p>`)}
<form method="post" action="/demo/as">${csrfField(context.session)}<input type="hidden" name="person" value="${id}">
<button class="ds-button" data-variant="secondary" type="submit"><span>${t.rich('demo.as', { name: bdi(name) })}</span></button></form></li>`,
    )}
</ul>
<p class="cite">${t('demo.note')}</p>`,
  });
}
