// What every page of casework gets: the reader's language, who is signed in, and the casework it may ask.

import type { Context, MiddlewareHandler } from 'hono';
import type { Casework } from '../../app/casework/act.ts';
import type { Actor } from '../../app/casework/ports.ts';
import type { SignedIn } from '../../app/people/sessions.ts';
import type { CaseFile, Reference } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { type Action, may } from '../../domain/registry/policy.ts';
import { messagePage } from '../components/message-page.ts';
import type { PageContext, WebEnv } from '../context.ts';

/** A signed-in person at a page. */
export type Desk = {
  readonly page: PageContext;
  readonly who: SignedIn;
  readonly actor: Actor;
  readonly work: Casework;
};

/** A page about one case. */
export type CaseDesk = Desk & {
  readonly file: CaseFile;
  /** The names of everyone who appears in it. */
  readonly nameOf: (person: PersonId | 'clock' | null) => string;
};

export type DeskEnv = { Variables: WebEnv['Variables'] & { desk: Desk } };

/** Lets signed-in people in; others are asked to sign in, and come back here afterwards. */
export const signedIn =
  (work: Casework): MiddlewareHandler<DeskEnv> =>
  async (c, next) => {
    const who = c.var.session;
    if (who === undefined) {
      const back = c.req.method === 'GET' ? `?next=${encodeURIComponent(c.req.path)}` : '';
      return c.redirect(`/sign-in${back}`, 303);
    }
    c.set('desk', { page: c.var.page, who, actor: { id: who.person.id, roles: who.person.roles }, work });
    await next();
    // What is on these pages is for this person, now: no cache keeps it, and no other page may guess it.
    c.res.headers.set('cache-control', 'no-store');
    return undefined;
  };

/** The page that says there is nothing here: for what is absent, sealed, or not this person's; all three look alike. */
export const nothingHere = (c: Context<DeskEnv>): Response | Promise<Response> =>
  c.html(messagePage(c.var.page, 'notFound', { path: c.req.path }), 404);

/** Whether this person's roles let them do it; a page shows only what can be done. */
export const can = (desk: Desk, action: Action): boolean => may(desk.actor.roles, action);

/** The case of the address for reading, or undefined. `part` is what oversight is recorded as having read. */
export async function caseDesk(c: Context<DeskEnv>, part: string): Promise<CaseDesk | undefined> {
  const { desk } = c.var;
  const reference = c.req.param('reference') as Reference | undefined;
  if (reference === undefined || !may(desk.actor.roles, 'case.read')) return undefined;
  const file = await desk.work.store.read(desk.actor.id, reference, part);
  return file && withNames(desk, file);
}

/** The case with the names of its people, and of those in whatever else the page shows. */
export async function withNames(desk: Desk, file: CaseFile, also?: unknown): Promise<CaseDesk> {
  const names = await desk.work.store.names([...peopleIn([file, also])]);
  const nameOf = (person: PersonId | 'clock' | null): string =>
    person === 'clock' || person === null ? desk.page.t('casework.clock') : (names[person] ?? person);
  return { ...desk, file, nameOf };
}

/** Every person's id that stands anywhere in the case. */
function peopleIn(value: unknown, found: Set<PersonId> = new Set()): Set<PersonId> {
  if (typeof value === 'string') {
    if (UUID.test(value)) found.add(value as PersonId);
  } else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) peopleIn(part, found);
  return found;
}
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
