// The seal of a case over the web. Whoever may not see the case finds nothing here, sealed or not.

import { type Context, Hono } from 'hono';
import { assignable } from '../../app/casework/assign.ts';
import type { Acted, Casework } from '../../app/casework/act.ts';
import { openTo, sealCase, shutTo, unsealCase, unsealingHash } from '../../app/casework/sealing.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { answered, type Fields, fieldsOf, one, targetOf } from '../casework/answers.ts';
import { can, caseDesk, type CaseDesk, type DeskEnv, nothingHere, signedIn, withNames } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { Prove } from '../deciding/step-up.ts';
import type { Html } from '../html.ts';
import { type SealAct, sealingPage, sealingPath, type SealingView } from './sealing-page.ts';

type C = Context<DeskEnv>;

const ACTS: readonly string[] = ['seal', 'open', 'shut', 'unseal'] satisfies SealAct[];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Where the page puts each refusal. */
const fieldsOfAct = (act: SealAct, person: string | undefined): { readonly [code: string]: string } => ({
  'docket.reason-missing': act === 'shut' ? `reason-shut-${person}` : `reason-${act}`,
  'docket.seal-person': act === 'seal' ? 'people' : 'person',
  'docket.seal-alone': act === 'seal' ? 'people' : '',
});

export function sealingRoutes(work: Casework, prove: Prove): Hono<DeskEnv> {
  const page = async (desk: CaseDesk, given: Pick<SealingView, 'errors' | 'typed'>): Promise<Html> => {
    const [history, colleagues] = await Promise.all([
      work.store.history(desk.actor.id, desk.file.id),
      can(desk, 'case.seal') ? assignable(work) : [],
    ]);
    const away = new Set(desk.file.conflicts.map(({ by }) => by));
    const view = {
      ...given,
      history,
      colleagues: colleagues.filter(({ id }) => !away.has(id)),
      hash: unsealingHash(work, desk.file),
    };
    return sealingPage(await withNames(desk, desk.file, history), view);
  };

  const take = (desk: CaseDesk, act: SealAct, fields: Fields): Promise<Acted> => {
    const target = { reference: desk.file.reference, version: Number(one(fields, 'version')) };
    const people = peopleIn(fields);
    const reason = one(fields, 'reason').replace(/\r\n?/g, '\n');
    const person = people[0] ?? ('nobody' as PersonId);
    if (act === 'seal') return sealCase(work, desk.actor, target, { reason, to: people });
    if (act === 'open') return openTo(work, desk.actor, target, { reason, to: person });
    if (act === 'shut') return shutTo(work, desk.actor, target, { reason, from: person });
    return unsealCase(work, desk.actor, target, reason);
  };

  return new Hono<DeskEnv>()
    .use('/requests/:reference/sealing', signedIn(work))
    .get('/requests/:reference/sealing', async (c) => {
      const desk = await caseDesk(c, 'people');
      return desk ? c.html(await page(desk, { errors: [] })) : nothingHere(c);
    })
    .post('/requests/:reference/sealing', async (c: C) => {
      const fields = await fieldsOf(c);
      const act = one(fields, 'do') as SealAct;
      const desk = await caseDesk(c, 'people');
      if (desk === undefined || !ACTS.includes(act)) return nothingHere(c);
      if (!can(desk, act === 'unseal' ? 'case.unseal' : 'case.seal')) return nothingHere(c);
      const people = peopleIn(fields);
      const typed = { act, reason: one(fields, 'reason'), people };
      // A proof is asked for and used up only for what was read: the case as it still stands.
      const version = targetOf(c, fields).version;
      if (act === 'unseal' && version === desk.file.version) {
        const wrong: readonly FieldError[] = await prove(c, fields, unsealingHash(work, desk.file));
        if (wrong.length > 0) return c.html(await page(desk, { errors: wrong, typed }), 422);
      }
      const acted = await take(desk, act, fields);
      const now = acted.is === 'conflict' ? await withNames(c.var.desk, acted.file) : desk;
      return answered(
        c,
        acted,
        sealingPath(desk.file.reference),
        (errors) => page(now, { errors, typed }),
        fieldsOfAct(act, people[0]),
      );
    });
}

const peopleIn = (fields: Fields): PersonId[] => (fields['person'] ?? []).filter((id) => UUID.test(id)) as PersonId[];
