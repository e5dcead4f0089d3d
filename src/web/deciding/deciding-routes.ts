// The decision of a case over the web: consult, write and read a proposal, sign it, countersign it or send it back.

import { type Context, Hono } from 'hono';
import {
  adviceOn,
  countersignDecision,
  drawUp,
  openProposal,
  proposeDecision,
  recordConsultation,
  sendBackDecision,
  standing,
  startingFrom,
  whyUndecided,
  withdrawDecision,
} from '../../app/casework/deciding.ts';
import { hiddenFrom } from '../../app/casework/blinding.ts';
import { letterOfProposal, type Letters, ownLanguage } from '../../app/casework/letters.ts';
import type { Acted, Casework } from '../../app/casework/act.ts';
import type { Draft } from '../../domain/decisions/decision.ts';
import { may } from '../../domain/registry/policy.ts';
import { answered, type Fields, fieldsOf, one, refusalErrors, targetOf } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import { can, caseDesk, type CaseDesk, type DeskEnv, nothingHere, withNames } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { Html } from '../html.ts';
import { countersignPage } from './countersign-page.ts';
import { decisionPage, type DecisionView } from './decision-page.ts';
import { dispositionOf, draftFrom, FIELD_OF, languageOf } from './draft.ts';
import { readPage, writePage } from './propose-page.ts';
import type { Prove } from './step-up.ts';

type C = Context<DeskEnv>;
type Needs = { readonly work: Casework; readonly letters: Letters; readonly prove: Prove };

const CONSULTATION = { 'decisions.consultation-incomplete': 'consultation' };
const REMARK = { 'decisions.remark-missing': 'remark' };

export function decidingRoutes(needs: Needs): Hono<DeskEnv> {
  const { work, letters, prove } = needs;

  const letterOf = async (desk: CaseDesk) => {
    const found = openProposal(desk.file.decisions) ?? standing(desk.file.decisions);
    return (
      found &&
      letterOfProposal(work, letters, desk.file, found, { proposed: found, countersigned: found.countersigned })
    );
  };
  const tab = async (desk: CaseDesk, view: Omit<DecisionView, 'letter'>): Promise<Html> =>
    decisionPage(desk, { ...view, letter: await letterOf(desk) });

  /** The form of a proposal; what stands in its way is shown beside its fields. */
  const write = (desk: CaseDesk, draft: Draft, errors: readonly FieldError[], fresh: boolean): Html | undefined => {
    const advice = adviceOn(work, desk.file);
    if (!advice || whyUndecided(desk.file) || openProposal(desk.file.decisions)) return undefined;
    const starting = startingFrom(work, desk.file, draft.language);
    return writePage(desk, { draft, starting, outcome: advice.outcome, errors, fresh });
  };
  /** The proposal as its letter, or the form with what stands in its way. */
  const read = async (desk: CaseDesk, draft: Draft, errors: readonly FieldError[]): Promise<Html | undefined> => {
    const drawn = drawUp(work, desk.file, draft, desk.actor.id);
    if (!drawn.ok) return write(desk, draft, [...errors, ...refusalErrors(desk, drawn.faults, FIELD_OF)], false);
    const { proposal, hash } = drawn.value;
    const proposed = { by: desk.actor.id, at: work.world.now() };
    const letter = await letterOfProposal(work, letters, desk.file, proposal, { proposed, countersigned: null });
    return readPage(desk, { draft, hash, letter, errors });
  };
  const countersigning = async (desk: CaseDesk, errors: readonly FieldError[], remark: string): Promise<Html> => {
    const open = openProposal(desk.file.decisions);
    const letter = await letterOf(desk);
    return open && letter ? countersignPage(desk, { open, letter, errors, remark }) : tab(desk, { errors });
  };
  const show = (c: C, page: Html | undefined, status: 200 | 422 | 409) =>
    page ? c.html(page, status) : nothingHere(c);
  const deskNow = async (c: C): Promise<CaseDesk | undefined> => caseDesk(c, 'decision');
  /** Answers an act with the page that this person now has before them. */
  const answer = async (
    c: C,
    acted: Acted,
    next: string,
    page: (desk: CaseDesk, errors: readonly FieldError[]) => Html | undefined | Promise<Html | undefined>,
    fieldOf: { readonly [code: string]: string },
  ): Promise<Response> => {
    const now = acted.is === 'conflict' ? await withNames(c.var.desk, acted.file) : await deskNow(c);
    if (!now) return nothingHere(c);
    return answered(c, acted, next, async (errors) => (await page(now, errors)) ?? tab(now, { errors }), fieldOf);
  };

  const propose = async (c: C, desk: CaseDesk, fields: Fields, draft: Draft): Promise<Response> => {
    const target = targetOf(c, fields);
    if (target.version !== null && target.version !== desk.file.version)
      return answer(c, { is: 'conflict', file: desk.file }, '', (now, errors) => read(now, draft, errors), FIELD_OF);
    const drawn = drawUp(work, desk.file, draft, desk.actor.id);
    if (!drawn.ok)
      return show(
        c,
        (await read(desk, draft, [])) ?? (await tab(desk, { errors: refusalErrors(desk, drawn.faults) })),
        422,
      );
    const wrong = await prove(c, fields, drawn.value.hash);
    if (wrong.length > 0) return show(c, await read(desk, draft, wrong), 422);
    const acted = await proposeDecision(work, desk.actor, target, draft, drawn.value.hash);
    return answer(
      c,
      acted,
      casePath(target.reference, 'decision'),
      (now, errors) => read(now, draft, errors),
      FIELD_OF,
    );
  };

  return new Hono<DeskEnv>()
    .get('/requests/:reference/decision', async (c) => {
      const desk = await deskNow(c);
      if (!desk) return nothingHere(c);
      const disposition = dispositionOf(c.req.query('as') ?? '');
      const mayWrite = disposition && can(desk, 'decision.propose') && hiddenFrom(desk.file, desk.actor).length === 0;
      if (!mayWrite) return c.html(await tab(desk, { errors: [] }));
      const language = languageOf(c.req.query('letter') ?? '', ownLanguage(work, desk.file));
      const outcome = adviceOn(work, desk.file)?.outcome;
      return c.html(
        write(desk, draftFrom({}, disposition, language, outcome), [], true) ?? (await tab(desk, { errors: [] })),
      );
    })
    .post('/requests/:reference/decision', async (c) => {
      const desk = await deskNow(c);
      if (!desk) return nothingHere(c);
      const fields = await fieldsOf(c);
      const target = targetOf(c, fields);
      const back = casePath(target.reference, 'decision');
      const what = one(fields, 'do');
      if (what === 'consult') {
        const typed = { with: one(fields, 'with'), on: one(fields, 'on'), result: one(fields, 'result') };
        const acted = await recordConsultation(work, desk.actor, target, typed);
        return answer(c, acted, back, (now, errors) => tab(now, { errors, typed }), CONSULTATION);
      }
      if (what === 'withdraw') {
        const acted = await withdrawDecision(work, desk.actor, target);
        return answer(c, acted, back, (now, errors) => tab(now, { errors }), {});
      }
      const disposition = dispositionOf(one(fields, 'as'));
      if (!disposition || !may(desk.actor.roles, 'decision.propose')) return nothingHere(c);
      // The form of a proposal shows what colleagues' answers led to.
      if (hiddenFrom(desk.file, desk.actor).length > 0)
        return show(
          c,
          await tab(desk, { errors: [{ field: '', message: desk.page.t('assessment.beforeProposing') }] }),
          422,
        );
      const language = languageOf(one(fields, 'letter'), ownLanguage(work, desk.file));
      const draft = draftFrom(fields, disposition, language, adviceOn(work, desk.file)?.outcome);
      if (what === 'propose') return propose(c, desk, fields, draft);
      if (what === 'change') return show(c, write(desk, draft, [], false) ?? (await tab(desk, { errors: [] })), 200);
      const drawn = drawUp(work, desk.file, draft, desk.actor.id);
      const page =
        (await read(desk, draft, [])) ??
        (await tab(desk, { errors: drawn.ok ? [] : refusalErrors(desk, drawn.faults) }));
      return show(c, page, drawn.ok ? 200 : 422);
    })
    .get('/requests/:reference/decision/countersign', async (c) => {
      const desk = await deskNow(c);
      if (!desk) return nothingHere(c);
      if (!openProposal(desk.file.decisions)) return c.redirect(casePath(desk.file.reference, 'decision'), 303);
      return c.html(await countersigning(desk, [], ''));
    })
    .post('/requests/:reference/decision/countersign', async (c) => {
      const desk = await deskNow(c);
      if (!desk) return nothingHere(c);
      const fields = await fieldsOf(c);
      const target = targetOf(c, fields);
      const back = casePath(target.reference, 'decision');
      if (one(fields, 'do') === 'send-back') {
        const remark = one(fields, 'remark').replace(/\r\n?/g, '\n');
        const acted = await sendBackDecision(work, desk.actor, target, remark);
        return answer(c, acted, back, (now, errors) => countersigning(now, errors, remark), REMARK);
      }
      if (!may(desk.actor.roles, 'decision.countersign')) return nothingHere(c);
      const hash = one(fields, 'read');
      const open = openProposal(desk.file.decisions);
      // A proof is spent only on what can be signed: the decider says the same again inside the transaction.
      const signable = open?.hash === hash && open.by !== desk.actor.id;
      const wrong = signable ? await prove(c, fields, hash) : [];
      if (wrong.length > 0) return c.html(await countersigning(desk, wrong, ''), 422);
      const acted = await countersignDecision(work, desk.actor, target, hash);
      return answer(c, acted, back, (now, errors) => countersigning(now, errors, ''), {});
    });
}
