// The proof that stands in a form of this area: who is there, over the hash of what they sign.

import type { Context } from 'hono';
import { type StepUp, stepUps } from '../../app/people/step-up.ts';
import type { Fields } from '../casework/answers.ts';
import type { DeskEnv } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import { proofOf } from '../people/step-up-fields.ts';
import { errorsOf } from '../people/words.ts';
import { type AccessPorts, siteOf } from '../session.ts';

/** What is wrong with the proof; nothing where it holds. It is used up by this. */
export type Prove = (c: Context<DeskEnv>, fields: Fields, hash: string) => Promise<readonly FieldError[]>;

export function prover(access: AccessPorts): Prove {
  const steps: StepUp = stepUps(access.people);
  return async (c, fields, hash) => {
    const { page, who } = c.var.desk;
    const site = siteOf(access, c);
    if (site === undefined) return [{ field: '', message: page.t('people.say.noSite.text') }];
    const given = new Map(Object.entries(fields).map(([name, values]) => [name, values[0] ?? '']));
    const proved = await steps.verify(site, who, hash, proofOf(given, access.addressOf(c)));
    return proved.ok ? [] : errorsOf(page, proved.faults);
  };
}
