// Use cases of the assessment: a named person answers a question of judgement, an officer states what is a matter of record.

import {
  type Answer,
  type AssessmentState,
  factsOf,
  type Latest,
  latest,
  type Made,
} from '../../domain/assessment/assessment.ts';
import { answer, stateFacts } from '../../domain/assessment/decide.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import { type Action, may } from '../../domain/registry/policy.ts';
import type { PersonId } from '../../domain/registry/person.ts';

import { no } from '../../kernel/refusal.ts';
import type { Language } from '../../kernel/language.ts';
import type { FactValue } from '../../law/provision.ts';
import { faultOf } from '../../law/request.ts';
import type { FactSpec } from '../../law/rule-set.ts';
import type { Assessed } from '../assess-request.ts';
import { type Acted, act, type Casework, type Target } from './act.ts';
import { assessCase, type Law } from './assess-case.ts';
import type { Actor } from './ports.ts';
import { whyAtRest } from './at-rest.ts';
import { hidesAnswers } from './blinding.ts';

export { changesBetween, factsOf } from '../../domain/assessment/assessment.ts';

export type Said = { readonly fact: string; readonly value: FactValue | null; readonly reasons: string };

/** Answers a question of judgement by name, with reasons; null takes the own answer back. */
export const answerQuestion = (work: Casework, actor: Actor, target: Target, said: Said): Promise<Acted> =>
  act(work, actor, 'assessment.answer', target, (file) => {
    const spec = specIn(work.law, said.fact);
    if (!spec?.judgement) return no('assessment.not-judgement', { fact: said.fact });
    if (said.value !== null && faultOf(spec, said.value) !== undefined) return no('assessment.no-such-answer');
    return whyAtRest(file) ?? answer(file.assessment, said, actor.id);
  });

/**
 * States a fact that is no judgement and that the request is silent about; `reasons` say where it was seen. What the
 * request says changes only with the request. Null takes the statement back.
 */
export const stateFact = (work: Casework, actor: Actor, target: Target, said: Said): Promise<Acted> =>
  act(work, actor, 'assessment.state', target, (file) => {
    const { fact, value, reasons } = said;
    const spec = specIn(work.law, fact);
    if (!spec || (value !== null && faultOf(spec, value) !== undefined)) return no('assessment.no-such-answer');
    if (file.assessment.stated[fact]?.from.startsWith('/')) return no('assessment.stated-by-request');
    const rest = whyAtRest(file);
    if (rest) return rest;
    if (value !== null && reasons.trim().length < LEAST_SOURCE) return no('assessment.source-missing');
    const judgements = new Set(work.law.book.rules.facts.filter((one) => one.judgement).map((one) => one.id));
    const stated = { fact, value: value ?? false, from: actor.id, basis: reasons.trim() };
    return value === null
      ? stateFacts(file.assessment, [], [fact], judgements)
      : stateFacts(file.assessment, [stated], [], judgements);
  });

/** A source named in fewer letters cannot be found again. */
const LEAST_SOURCE = 4;

const specIn = ({ book }: Law, fact: string): FactSpec | undefined => book.rules.facts.find((one) => one.id === fact);

/** Where a fact of the case comes from. */
export type Origin =
  | { readonly is: 'request'; readonly pointer: string }
  | { readonly is: 'officer'; readonly by: PersonId; readonly basis: string }
  | { readonly is: 'judgement'; readonly answers: readonly Answer[] }
  | { readonly is: 'register' };
export type Known = { readonly spec: FactSpec; readonly value: FactValue; readonly origin: Origin };

/** Everything that is known about the case and who says so, in the order of the catalogue. */
export function knownFacts({ book }: Law, file: CaseFile, assessed: Assessed): Known[] {
  const { facts } = factsOf(file.assessment);
  return book.rules.facts.flatMap((spec): Known[] => {
    const value = facts[spec.id] ?? assessed.fromRegister[spec.id];
    return value === undefined ? [] : [{ spec, value, origin: originOf(file.assessment, spec.id) }];
  });
}

function originOf({ stated, answers }: AssessmentState, fact: string): Origin {
  const given = (answers[fact] ?? []).filter(({ value }) => value !== null);
  if (given.length > 0) return { is: 'judgement', answers: given };
  const said = stated[fact];
  if (!said) return { is: 'register' };
  if (said.from.startsWith('/')) return { is: 'request', pointer: said.from };
  return { is: 'officer', by: said.from as PersonId, basis: said.basis ?? '' };
}

/** The answers of people to one question, as this person may see them now. */
export type Judgement = {
  readonly mine: Answer | undefined;
  readonly others: readonly Answer[];
  /** They differ, and so the fact is unknown. */
  readonly differ: boolean;
  /** What the others answered is not shown yet: whoever is to judge for themselves does so first. */
  readonly hidden: boolean;
};

export function judgementOf(file: CaseFile, fact: string, actor: Actor): Judgement {
  const all = (file.assessment.answers[fact] ?? []).filter(({ value }) => value !== null);
  const mine = all.find(({ by }) => by === actor.id);
  const others = all.filter(({ by }) => by !== actor.id);
  const differ = new Set(all.map(({ value }) => value)).size > 1;
  return { mine, others, differ, hidden: hidesAnswers(file, fact, actor) };
}

/** Who answers a question: people who judge, or officers who state. */
export const actionFor = (spec: FactSpec): Action => (spec.judgement ? 'assessment.answer' : 'assessment.state');

/** The most decisive open question that waits for this person, other than the one in hand. */
export function nextFor(law: Law, file: CaseFile, actor: Actor, except?: string): string | undefined {
  if (whyAtRest(file)) return undefined;
  return assessCase(law, file, 'en')?.assessment.askNext.find(({ fact }) => {
    const spec = specIn(law, fact);
    if (fact === except || !spec || !may(actor.roles, actionFor(spec))) return false;
    return !spec.judgement || judgementOf(file, fact, actor).mine === undefined;
  })?.fact;
}

/** Questions that somebody else has answered and this person could judge too, in the order of the catalogue. */
export const forSecondView = ({ book }: Law, file: CaseFile, actor: Actor): readonly FactSpec[] =>
  book.rules.facts.filter((spec) => {
    const { others, hidden } = judgementOf(file, spec.id, actor);
    return spec.judgement && hidden && others.length > 0;
  });

/** Every assessment of the case as it was made, the first one first: what two of them are compared by. */
export async function assessmentsOf(work: Casework, actor: Actor, file: CaseFile): Promise<readonly Made[]> {
  const steps = await work.store.history(actor.id, file.id, 'assessment.made');
  return steps.flatMap(({ at, event }): Made[] => {
    if (event.type !== 'assessment.made') return [];
    const { type: _, ...made } = event;
    return [{ ...made, at }];
  });
}

/** The assessment of the case in a language, and the one on file; none where no instrument binds the two States. */
export function assessmentOf(
  work: Casework,
  file: CaseFile,
  language: Language,
): { readonly assessed: Assessed; readonly made: Latest } | undefined {
  const made = latest(file.assessment);
  const assessed = made && assessCase(work.law, file, language);
  return assessed && { assessed, made };
}
