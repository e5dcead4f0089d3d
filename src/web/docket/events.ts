// Tells an open page that what it shows has changed: one word, once, to those who may see it, and then the stream ends.

import { Hono } from 'hono';
import type { Casework } from '../../app/casework/casework.ts';
import type { Changes } from '../../app/casework/change-ports.ts';
import type { CaseId, Reference } from '../../domain/docket/case-file.ts';
import { can, type Desk, type DeskEnv, nothingHere, signedIn } from '../casework/context.ts';
import { liveStream } from '../live-stream.ts';

export type EventPorts = { readonly work: Casework; readonly changes: Changes };

export function eventRoutes({ work, changes }: EventPorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get('/events', signedIn(work), async (c) => {
    const { desk } = c.var;
    const reference = c.req.query('case') as Reference | undefined;
    const shown = Number(c.req.query('version'));
    if (!can(desk, 'case.read')) return nothingHere(c);
    if (reference !== undefined && (await changes.versionOf(desk.actor.id, reference)) === undefined)
      return nothingHere(c);
    const isNews = reference === undefined ? listNews(changes, desk) : caseNews(changes, desk, reference, shown);
    return liveStream(c, ({ changed, end }) => {
      const ask = (id: CaseId | null): void => void isNews(id).then((news) => news && changed(), end);
      // A step between the making of the page and this moment is news too.
      if (reference !== undefined) ask(null);
      return changes.listen(ask);
    });
  });
  return app;
}

type IsNews = (id: CaseId | null) => Promise<boolean>;

const caseNews =
  (changes: Changes, { actor }: Desk, reference: Reference, shown: number): IsNews =>
  async () => {
    const now = await changes.versionOf(actor.id, reference);
    return now !== undefined && now !== shown;
  };

const listNews =
  (changes: Changes, { actor }: Desk): IsNews =>
  async (id) =>
    id === null || (await changes.sees(actor.id, id));
