// Routes of the office's people: registrars act, oversight reads.

import { type Context, Hono } from 'hono';
import { invite, inviteAgain, type Invited } from '../../app/people/invite.ts';
import {
  agreeToRecovery,
  changeRoles,
  disablePerson,
  enablePerson,
  linkIdentity,
  officePeople,
  openRecovery,
  unlockPerson,
} from '../../app/people/manage.ts';
import type { Answer, Site } from '../../app/people/ports.ts';
import { may, type PersonId } from '../../app/people/roles.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { WebEnv } from '../context.ts';
import { type AccessPorts, readFields, requireRole, signedIn } from '../session.ts';
import { withSite } from './entry.ts';
import { linkPage, officePage, type OfficeView } from './office-page.ts';
import { personPage } from './person-page.ts';
import { errorsOf } from './words.ts';

type C = Context<WebEnv>;
const LATEST = 50;

export function officeRoutes(access: AccessPorts): Hono<WebEnv> {
  const ports = access.people;
  const reads = requireRole('people.manage', 'oversight.read');
  const changes = requireRole('people.manage');
  const mayChange = (c: C): boolean => may(signedIn(c).person.roles, 'people.manage');

  const show = async (c: C, errors: readonly FieldError[] = [], typed?: OfficeView['typed']) => {
    const office = await officePeople(ports, signedIn(c), LATEST);
    if (!office.ok) return c.notFound();
    const empty = { name: '', loginName: '', language: c.var.page.language, roles: [] };
    const view = { ...office.value, now: ports.now(), mayChange: mayChange(c), errors, typed: typed ?? empty };
    return c.html(officePage(c.var.page, view), errors.length > 0 ? 422 : 200);
  };

  const showPerson = async (c: C, errors: readonly FieldError[] = [], roles?: readonly string[]) => {
    const id = personOf(c);
    const office = await officePeople(ports, signedIn(c), 0);
    const member = office.ok ? office.value.members.find((one) => one.id === id) : undefined;
    if (!office.ok || !member) return c.notFound();
    const view = {
      member,
      members: office.value.members,
      events: await ports.store.events(LATEST, { person: id }),
      now: ports.now(),
      mayChange: mayChange(c),
      federated: access.provider !== undefined,
      errors,
      roles: roles ?? member.roles,
    };
    return c.html(personPage(c.var.page, view), errors.length > 0 ? 422 : 200);
  };

  const showLink = async (c: C, site: Site, { person, token }: Invited, recovered = false) => {
    const member = await ports.store.member(person);
    if (!member) return c.notFound();
    c.header('cache-control', 'no-store');
    const link = `${site.origin}/invitation/${token}`;
    return c.html(linkPage(c.var.page, { link, member, hours: ports.settings.invitationHours, recovered }));
  };

  /** An act upon one person that shows their page again, or a link. */
  const act = (work: (c: C, person: PersonId) => Promise<Answer<Invited | undefined>>, recovers = false) =>
    withSite(access, async (c, site) => {
      const answer = await work(c, personOf(c));
      if (!answer.ok) return showPerson(c, errorsOf(c.var.page, answer.faults));
      return answer.value === undefined
        ? c.redirect(`/office/people/${personOf(c)}`, 303)
        : showLink(c, site, answer.value, recovers);
    });

  return new Hono<WebEnv>()
    .get('/office/people', reads, (c) => show(c))
    .post(
      '/office/people',
      changes,
      withSite(access, async (c, site) => {
        const fields = await readFields(c);
        const text = (name: string) => fields.get(name) ?? '';
        const roles = fields.all('roles');
        const typed = { name: text('name'), loginName: text('loginName'), language: text('language'), roles };
        const answer = await invite(ports, signedIn(c), typed);
        return answer.ok ? showLink(c, site, answer.value) : show(c, errorsOf(c.var.page, answer.faults), typed);
      }),
    )
    .get('/office/people/:id', reads, (c) => showPerson(c))
    .post('/office/people/:id/roles', changes, async (c) => {
      const roles = (await readFields(c)).all('roles');
      const answer = await changeRoles(ports, signedIn(c), personOf(c), roles);
      return answer.ok
        ? c.redirect(`/office/people/${personOf(c)}`, 303)
        : showPerson(c, errorsOf(c.var.page, answer.faults), roles);
    })
    .post(
      '/office/people/:id/disable',
      changes,
      act((c, id) => disablePerson(ports, signedIn(c), id)),
    )
    .post(
      '/office/people/:id/enable',
      changes,
      act((c, id) => enablePerson(ports, signedIn(c), id)),
    )
    .post(
      '/office/people/:id/unlock',
      changes,
      act((c, id) => unlockPerson(ports, signedIn(c), id)),
    )
    .post(
      '/office/people/:id/invite-again',
      changes,
      act((c, id) => inviteAgain(ports, signedIn(c), id)),
    )
    .post(
      '/office/people/:id/recover',
      changes,
      act((c, id) => openRecovery(ports, signedIn(c), id)),
    )
    .post(
      '/office/people/:id/agree',
      changes,
      act((c, id) => agreeToRecovery(ports, signedIn(c), id), true),
    )
    .post(
      '/office/people/:id/identity',
      changes,
      act(async (c, id) => {
        const subject = (await readFields(c)).get('subject') ?? '';
        return linkIdentity(ports, signedIn(c), id, access.provider?.issuer ?? '', subject);
      }),
    );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The person in the address; what is none is nobody. */
const personOf = (c: C): PersonId => {
  const id = c.req.param('id') ?? '';
  return (UUID.test(id) ? id : '00000000-0000-0000-0000-000000000000') as PersonId;
};
