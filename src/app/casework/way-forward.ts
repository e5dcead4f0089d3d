// What would lift a ground of refusal: the facts on which it turns, each with the answer that the other side would have to show.

import type { Proposal } from '../../domain/decisions/decision.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { FactValue, ProvisionId } from '../../law/provision.ts';
import type { FactSpec } from '../../law/rule-set.ts';
import { callsFor } from '../../law/verdict.ts';
import { assessCase, type Law } from './assess-case.ts';
import { type Desk, said, sayer } from './letter-head.ts';

/** The way forward in the letter's words; empty where no one fact alone would lift a ground. */
export function wayForward(desk: Desk, { grounds }: Proposal): string {
  const say = sayer(desk);
  const lines = grounds.flatMap(({ provision }) =>
    lifting(desk.work.law, desk.file, provision).map(({ spec, value }) =>
      say('decision.letter.lifted', {
        question: said(desk, spec.question),
        answer: say(value ? 'request.yes' : 'request.no'),
      }),
    ),
  );
  return lines.length === 0 ? '' : [say('decision.letter.lifting'), ...new Set(lines)].join('\n\n');
}

type Lifting = { readonly spec: FactSpec; readonly value: boolean };

/** Each yes-or-no fact that the finding relies on or lacks, whose other answer alone would take the ground away. */
function lifting(law: Law, file: CaseFile, provision: ProvisionId): readonly Lifting[] {
  const finding = findingOf(law, file, provision);
  if (!finding || !stops(finding)) return [];
  return [...finding.relied, ...finding.missing].flatMap((fact): Lifting[] => {
    const spec = law.book.rules.facts.find((one) => one.id === fact);
    if (spec?.type !== 'boolean') return [];
    return [true, false].flatMap((value) => {
      const other = findingOf(law, withFact(file, fact, value), provision);
      return other && !stops(other) ? [{ spec, value }] : [];
    });
  });
}

const findingOf = (law: Law, file: CaseFile, provision: ProvisionId) =>
  assessCase(law, file, 'en')?.assessment.findings.find((one) => one.provision === provision);

const stops = ({ effect, strength, verdict }: NonNullable<ReturnType<typeof findingOf>>): boolean =>
  ['no-basis', 'must-refuse', 'may-refuse'].includes(callsFor(effect, strength, verdict) ?? '');

/** The case if that were so. */
function withFact(file: CaseFile, fact: string, value: FactValue): CaseFile {
  const { stated, answers } = file.assessment;
  const others = Object.entries(answers).filter(([one]) => one !== fact);
  const assumed = { ...stated, [fact]: { fact, value, from: '' } };
  return { ...file, assessment: { ...file.assessment, stated: assumed, answers: Object.fromEntries(others) } };
}
