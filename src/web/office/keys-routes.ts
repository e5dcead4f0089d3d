// /office/keys: registrars make and revoke keys for programs, oversight reads which there are. A key is shown in the answer to
// the form that made it and nowhere else: no address leads back to it.

import { type Context, Hono } from 'hono';
import type { Casework } from '../../app/casework/casework.ts';
import { type KeyAsked, makeKey, MOST_DAYS, revokeKey } from '../../app/people/api-keys.ts';
import type { KeyPorts } from '../../app/people/key-ports.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { fieldsOf, one } from '../casework/answers.ts';
import { can, type DeskEnv, signedIn } from '../casework/context.ts';
import { type AccessPorts, requireRole, siteOf } from '../session.ts';
import { keysPage } from './keys-page.ts';
import { type KeysView, NOTHING_TYPED } from './keys-view.ts';

type Ports = { readonly work: Casework; readonly keys: KeyPorts; readonly access: AccessPorts };
type Given = Partial<Pick<KeysView, 'typed' | 'errors' | 'made'>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function keysRoutes({ work, keys, access }: Ports): Hono<DeskEnv> {
  const show = async (c: Context<DeskEnv>, status: 200 | 422, given: Given = {}) => {
    const { desk } = c.var;
    const all = await keys.keys.all();
    const people = all.flatMap(({ madeBy, revoked }) => [madeBy, ...(revoked ? [revoked.by] : [])]);
    const names = await work.store.names([...new Set<PersonId>(people)]);
    const view: KeysView = {
      keys: all,
      nameOf: (person) => names[person] ?? person,
      mayChange: can(desk, 'people.manage'),
      typed: given.typed ?? NOTHING_TYPED,
      errors: given.errors ?? [],
      ...(given.made ? { made: given.made } : {}),
    };
    return c.html(keysPage(desk, view), status);
  };
  const registrar = requireRole('people.manage') as never;
  return new Hono<DeskEnv>()
    .use('/office/keys', requireRole('people.manage', 'oversight.read') as never, signedIn(work))
    .use('/office/keys/:id/revoke', registrar, signedIn(work))
    .get('/office/keys', (c) => show(c, 200))
    .post('/office/keys', registrar, async (c) => {
      const fields = await fieldsOf(c);
      const typed: KeyAsked = { office: one(fields, 'office'), state: one(fields, 'state'), days: one(fields, 'days') };
      const made = await makeKey(keys, c.var.desk.actor, typed, work.office().state);
      if (made.is === 'not-allowed') return c.notFound();
      const { t } = c.var.page;
      if (made.is === 'refused') {
        const errors = made.faults.map((field) => ({ field, message: t(`keys.fault.${field}`, { most: MOST_DAYS }) }));
        return show(c, 422, { typed, errors });
      }
      const origin = siteOf(access, c)?.origin ?? '';
      return show(c, 200, { made: { key: made.key, secret: made.secret, origin } });
    })
    .post('/office/keys/:id/revoke', async (c) => {
      const id = c.req.param('id');
      if (!UUID.test(id) || !(await revokeKey(keys, c.var.desk.actor, id))) return c.notFound();
      return c.redirect('/office/keys', 303);
    });
}
