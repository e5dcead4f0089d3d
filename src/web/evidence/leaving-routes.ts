// Letting evidence leave over the web: what was filled in is read once more as what will be signed, and done after a proof.

import type { Context } from 'hono';
import type { Acted, Target } from '../../app/casework/act.ts';
import { copyObject, handOverPackage } from '../../app/evidence/custody.ts';
import { drawUp, type Leaving } from '../../app/evidence/leaving.ts';
import { makePackage } from '../../app/evidence/packing.ts';
import type { ObjectId } from '../../app/evidence/reading.ts';
import { type Action, may } from '../../domain/registry/policy.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Reading } from '../carrying-out/reading.ts';
import { type Fields, one, targetOf } from '../casework/answers.ts';
import type { CaseDesk, DeskEnv } from '../casework/context.ts';
import type { Prove } from '../deciding/step-up.ts';
import { leavingPage } from './leaving-page.ts';
import type { EvidenceRoutePorts } from './ports.ts';

type Filled = { readonly desk: CaseDesk; readonly fields: Fields; readonly read: Reading };

/** What each form lets leave. */
export const LEAVING: { readonly [act: string]: (filled: Filled) => Leaving } = {
  'make-package': ({ read }) => ({
    act: 'evidence.package',
    objects: read.all('objects') as readonly ObjectId[],
    fingerprints: read.all('keys'),
    purpose: read.text('purpose'),
  }),
  'hand-over': ({ desk, read }) => ({
    act: 'evidence.hand-over',
    package: desk.file.evidence.packages.find((made) => made.no === read.no)?.package ?? '',
    to: read.text('to'),
    how: read.text('how'),
  }),
  copy: ({ desk, read }) => ({
    act: 'evidence.copy',
    object: desk.file.evidence.objects.find((object) => object.no === read.no)?.object ?? ('' as ObjectId),
    to: read.text('to'),
    purpose: read.text('purpose'),
  }),
};

/** Reads the form, shows what it comes to, and does it once that was signed. Whoever asked for a copy has it with `given`. */
export async function leave(
  c: Context<DeskEnv>,
  { evidence }: EvidenceRoutePorts,
  prove: Prove,
  act: string,
  { desk, fields, read }: Filled,
): Promise<Acted | Response> {
  const leaving = LEAVING[act]?.({ desk, fields, read });
  if (leaving === undefined || !may(desk.actor.roles, leaving.act satisfies Action)) return { is: 'not-allowed' };
  const target = targetOf(c, fields);
  if (target.version !== null && target.version !== desk.file.version) return { is: 'conflict', file: desk.file };
  const drawn = drawUp(desk.work, desk.file, leaving, desk.actor.id);
  if (!drawn.ok) return refused(drawn.faults);
  const signed = one(fields, 'signed');
  const page = (errors: Parameters<typeof leavingPage>[1]['errors'], status: 200 | 422) =>
    c.html(leavingPage(desk, { act, leaving, fields, hash: drawn.value, errors }), status);
  if (signed === '') return page([], 200);
  // What it depends on has moved on since it was read: it is shown anew, and nothing was asked of anybody.
  if (signed !== drawn.value)
    return page([{ field: '', message: desk.page.t('refusals.evidence.not-what-was-read') }], 422);
  const wrong = await prove(c, fields, signed);
  if (wrong.length > 0) return page(wrong, 422);
  return take(desk, evidence, target, leaving, signed);
}

const refused = (refusals: readonly Refusal[]): Acted => ({ is: 'refused', refusals });

function take(
  { work, actor }: CaseDesk,
  ports: EvidenceRoutePorts['evidence'],
  target: Target,
  leaving: Leaving,
  signed: string,
): Promise<Acted> {
  switch (leaving.act) {
    case 'evidence.package':
      return makePackage(work, ports, actor, target, { ...leaving, signed });
    case 'evidence.hand-over':
      return handOverPackage(work, actor, target, { ...leaving, signed });
    case 'evidence.copy':
      return copyObject(work, actor, target, { ...leaving, signed });
  }
}
