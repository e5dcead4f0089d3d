// Brings a case to a decision the way an office does: questions answered by name, one person proposes, another countersigns.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { adviceOn, countersignDecision, drawUp, proposeDecision } from '../../src/app/casework/deciding.ts';
import { act } from '../../src/app/casework/act.ts';
import { assessCase, itemsAsked } from '../../src/app/casework/assess-case.ts';
import { latest } from '../../src/domain/assessment/assessment.ts';
import { answer, stateFacts } from '../../src/domain/assessment/decide.ts';
import { openProposal } from '../../src/domain/decisions/decision.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { RequestContent } from '../../src/domain/requests/content.ts';
import { accept } from '../../src/kernel/outcome.ts';
import type { FactValue } from '../../src/law/provision.ts';
import { CONTENT, done, type TestOffice, takeIn } from './casework.ts';

/** A request for data that has come in and lies there. */
export const arrives = async (
  { work, staff }: Pick<TestOffice, 'work' | 'staff'>,
  more: Partial<RequestContent> = {},
): Promise<CaseFile> =>
  takeIn(work, staff['duty-officer'], {
    content: {
      ...CONTENT,
      languageOfRequest: 'en',
      linkOfDataToOffence: 'The account was used for the intrusion.',
      ...more,
    },
  });

type Answers = {
  readonly true: readonly string[];
  readonly false: readonly string[];
  readonly years: { readonly [fact: string]: FactValue };
  readonly choice: { readonly [fact: string]: FactValue };
};
const ANSWERS = new URL('../../office/demo/answers.yaml', import.meta.url);
const { unobjectionable } = parse(readFileSync(ANSWERS, 'utf8')) as { unobjectionable: Answers };

/** What may be said of a request to which nobody objects, but for what the request says itself. */
const answersFor = (file: CaseFile): (readonly [string, FactValue])[] =>
  [
    ...Object.entries({ ...unobjectionable.years, ...unobjectionable.choice }),
    // The demonstration leaves this one open, as offices do; nothing is disclosed while it is.
    ['data.retentionLimitAgreed', true] as const,
    ...unobjectionable.true.map((fact) => [fact, true] as const),
    ...unobjectionable.false.map((fact) => [fact, false] as const),
  ].filter(([fact]) => file.assessment.stated[fact] === undefined);

/** Answers everything that is open, as reviewer; the file afterwards can be decided on. */
export async function assessed(office: Pick<TestOffice, 'work' | 'staff'>, file: CaseFile): Promise<CaseFile> {
  const { work, staff } = office;
  const answers = answersFor(file);
  const judgements = new Set(work.law.book.rules.facts.filter((one) => one.judgement).map(({ id }) => id));
  const target = { reference: file.reference, version: null };
  // One step for all: the questions of one assessment are answered one by one in the tests of the assessment.
  return done(
    await act(work, staff.reviewer, 'assessment.answer', target, (now) => {
      const stated = answers.filter(([fact]) => !judgements.has(fact));
      const facts = stated.map(([fact, value]) => ({ fact, value, from: staff.reviewer.id, basis: 'The file.' }));
      const outcomes = [
        stateFacts(now.assessment, facts, [], judgements),
        ...answers
          .filter(([fact]) => judgements.has(fact))
          .map(([fact, value]) =>
            answer(now.assessment, { fact, value, reasons: 'As the file shows.' }, staff.reviewer.id),
          ),
      ];
      return accept(outcomes.flatMap((outcome) => (outcome.ok ? outcome.value : [])));
    }),
  );
}

/** Two people decide that what was asked for is to be produced. */
export async function decided(office: Pick<TestOffice, 'work' | 'staff'>, file: CaseFile): Promise<CaseFile> {
  const { work, staff } = office;
  const ready = await assessed(office, file);
  const target = { reference: file.reference, version: null };
  const needsConditions = latest(ready.assessment)?.outcome === 'needs-conditions';
  const conditions = (assessCase(work.law, ready, 'en')?.assessment.conditions ?? []).map(({ what }) => what);
  const draft = {
    disposition: needsConditions ? ('execute-with-conditions' as const) : ('execute' as const),
    grounds: [],
    conditions: needsConditions ? conditions : [],
    items: itemsAsked(ready),
    reasons: 'The request meets what the law asks for.',
    contraryReasons: '',
    until: '',
    passTo: '',
    language: 'en' as const,
  };
  const drawn = drawUp(work, ready, draft, staff.reviewer.id);
  assert(drawn.ok, JSON.stringify([drawn, adviceOn(work, ready)]));
  const proposed = done(await proposeDecision(work, staff.reviewer, target, draft, drawn.value.hash));
  return done(await countersignDecision(work, staff.approver, target, openProposal(proposed.decisions)?.hash ?? ''));
}
