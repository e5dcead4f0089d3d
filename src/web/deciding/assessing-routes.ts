// The assessment of a case over the web: the tab, a question at a time, and two assessments compared.

import { Hono } from 'hono';
import { answerQuestion, assessmentsOf, nextFor, stateFact } from '../../app/casework/assessing.ts';
import { leaveQuestions } from '../../app/casework/blinding.ts';
import type { Casework } from '../../app/casework/act.ts';
import { may } from '../../domain/registry/policy.ts';
import { actionFor } from '../../app/casework/assessing.ts';
import { answered, fieldsOf, one, targetOf } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import { caseDesk, type DeskEnv, nothingHere } from '../casework/context.ts';
import { specOf } from '../check/words.ts';
import { assessmentPage } from './assessment-page.ts';
import { changesPage } from './changes-page.ts';
import { FACT_FIELD, factFrom } from './fact-input.ts';
import { questionPath } from './paths.ts';
import { questionPage } from './question-page.ts';

const FIELD_OF = {
  'assessment.reasons-missing': 'reasons',
  'assessment.source-missing': 'reasons',
  'assessment.no-such-answer': FACT_FIELD,
};

export function assessingRoutes(work: Casework): Hono<DeskEnv> {
  return new Hono<DeskEnv>()
    .get('/requests/:reference/assessment', async (c) => {
      const desk = await caseDesk(c, 'assessment');
      return desk ? c.html(assessmentPage(desk)) : nothingHere(c);
    })
    .get('/requests/:reference/assessment/changes', async (c) => {
      const desk = await caseDesk(c, 'assessment');
      if (!desk) return nothingHere(c);
      const all = await assessmentsOf(work, desk.actor, desk.file);
      return c.html(changesPage(desk, all, { from: c.req.query('from'), to: c.req.query('to') }));
    })
    .post('/requests/:reference/assessment/leave', async (c) => {
      const target = targetOf(c, await fieldsOf(c));
      const acted = await leaveQuestions(work, c.var.desk.actor, target);
      const desk = await caseDesk(c, 'assessment');
      const path = casePath(target.reference, 'assessment');
      return answered(c, acted, path, (errors) => (desk ? assessmentPage(desk, errors) : ('' as never)));
    })
    .get('/requests/:reference/assessment/:fact', async (c) => {
      const desk = await caseDesk(c, 'assessment');
      const spec = specOf(c.var.page, c.req.param('fact'));
      return desk && spec ? c.html(questionPage(desk, { spec, errors: [] })) : nothingHere(c);
    })
    .post('/requests/:reference/assessment/:fact', async (c) => {
      const { desk, page } = c.var;
      const spec = specOf(page, c.req.param('fact'));
      const fields = await fieldsOf(c);
      const target = targetOf(c, fields);
      if (!spec || !may(desk.actor.roles, actionFor(spec))) return nothingHere(c);
      const draft = { choice: one(fields, 'choice'), number: one(fields, 'number') };
      const reasons = one(fields, 'reasons').replace(/\r\n?/g, '\n');
      const again = async (errors: Parameters<typeof questionPage>[1]['errors']) => {
        const now = await caseDesk(c, 'assessment');
        return now ? questionPage(now, { spec, errors, typed: { draft, reasons } }) : undefined;
      };
      const value = factFrom(spec, draft);
      const chosen = draft.choice !== '' || draft.number.trim() !== '';
      if (value === undefined || !chosen) {
        const message = page.t(
          value === undefined && spec.type === 'years' ? 'check.error.years' : 'check.error.value',
        );
        const shown = await again([{ field: FACT_FIELD, message }]);
        return shown ? c.html(shown, 422) : nothingHere(c);
      }
      const said = { fact: spec.id, value, reasons };
      const acted = await (spec.judgement ? answerQuestion : stateFact)(work, desk.actor, target, said);
      const following =
        acted.is === 'done' && one(fields, 'do') === 'next'
          ? nextFor(work.law, acted.file, desk.actor, spec.id)
          : undefined;
      const next = following ? questionPath(target.reference, following) : casePath(target.reference, 'assessment');
      return answered(c, acted, next, async (errors) => (await again(errors)) ?? ('' as never), FIELD_OF);
    });
}
