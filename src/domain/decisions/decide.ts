// Proposing and countersigning: what the law's answer makes impossible, what it asks reasons for, and the second person.

import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { OutcomeName } from '../../law/verdict.ts';
import type { By } from '../registry/person.ts';
import {
  type DecisionEvent,
  type DecisionsState,
  type Draft,
  executes,
  openProposal,
  type Proposal,
  standing,
} from './decision.ts';

type Decided = Outcome<DecisionEvent[], Refusal>;

/** What the latest assessment says to whoever decides. */
export type Advice = {
  readonly assessmentNo: number;
  readonly outcome: OutcomeName;
  readonly contentVersion: number;
  /** Provisions that stop the request, or may: the only grounds a refusal can rest on. */
  readonly grounds: readonly string[];
  /** Whether the law wants the other side consulted before it is refused or put off. */
  readonly consultFirst: boolean;
  /** An emergency whose caller has not been called back on a number that was on file. */
  readonly callBackFirst: boolean;
  /** What can be produced: the accounts and categories asked for, as `target category` keys. */
  readonly items: readonly string[];
};

export const itemKey = (item: { readonly target: string; readonly category: string }): string =>
  `${item.target} ${item.category}`;

/** Everything that stands in the way of this proposal, so that a page can name it all at once. */
export function obstacles(state: DecisionsState, draft: Draft, advice: Advice): Refusal[] {
  const found: Refusal[] = [];
  const say = (code: string, facts?: Refusal['facts']) => found.push(facts ? { code, facts } : { code });
  const { outcome } = advice;
  const stops = draft.disposition === 'refuse' || draft.disposition === 'postpone';
  if (executes(draft.disposition)) {
    // These two hold against every wish: the database refuses the same rows (migration 003).
    if (outcome === 'must-refuse' || outcome === 'no-basis') say('decisions.mandatory', { outcome });
    if (outcome === 'needs-information') say('decisions.unanswered');
    if (outcome === 'needs-conditions' && draft.disposition === 'execute') say('decisions.conditions-needed');
    if (draft.disposition === 'execute-with-conditions' && draft.conditions.length === 0)
      say('decisions.conditions-missing');
    if (advice.callBackFirst) say('decisions.call-back-first');
    if (draft.items.length === 0) say('decisions.nothing-to-produce');
    if (draft.items.some((item) => !advice.items.includes(itemKey(item)))) say('decisions.more-than-asked');
    if (draft.disposition === 'execute-in-part' && draft.items.length >= advice.items.length)
      say('decisions.not-in-part');
  }
  if (draft.disposition === 'refuse') {
    if (draft.grounds.length === 0) say('decisions.ground-missing');
    const unfounded = draft.grounds.find((ground) => !advice.grounds.includes(ground.provision));
    if (unfounded) say('decisions.ground-not-found', { provision: unfounded.provision });
  }
  if (draft.reasons.trim().length < 20) say('decisions.reasons-missing');
  if (stops && advice.consultFirst && state.consultations.length === 0) say('decisions.consult-first');
  if (isContrary(draft, outcome) && draft.contraryReasons.trim().length < 20) say('decisions.contrary-reasons-missing');
  if (draft.disposition === 'postpone' && draft.until.trim() === '') say('decisions.until-missing');
  if (draft.disposition === 'pass-on' && draft.passTo.trim() === '') say('decisions.pass-to-missing');
  return found;
}

/** Whether the proposal goes against what the assessment advises, where the law leaves the choice. */
export const isContrary = (draft: Pick<Draft, 'disposition'>, outcome: OutcomeName): boolean =>
  (executes(draft.disposition) && outcome === 'may-refuse') ||
  (draft.disposition === 'refuse' && (outcome === 'may-execute' || outcome === 'needs-conditions'));

/** Proposes a decision; `hash` gives the SHA-256 of what both people sign. */
export function propose(
  state: DecisionsState,
  draft: Draft,
  advice: Advice | undefined,
  by: By,
  hash: (proposal: Proposal) => string,
): Decided {
  if (by === 'clock') return no('decisions.person-needed');
  if (!advice) return no('decisions.not-assessed');
  if (openProposal(state)) return no('decisions.already-proposed');
  if (standing(state) && executes(standing(state)?.disposition ?? 'refuse')) return no('decisions.already-decided');
  const faults = obstacles(state, draft, advice);
  if (faults.length > 0) return { ok: false, faults };
  const { assessmentNo, outcome, contentVersion } = advice;
  const proposal: Proposal = { ...draft, no: state.proposals.length + 1, assessmentNo, outcome, contentVersion };
  return accept([{ type: 'decision.proposed', proposal, hash: hash(proposal) }]);
}

/**
 * The second person signs what the first proposed. `read` is the hash of what they had before their eyes: had anything
 * changed since, it would be another one.
 */
export function countersign(state: DecisionsState, read: string, advice: Advice | undefined, by: By): Decided {
  const open = openProposal(state);
  if (by === 'clock') return no('decisions.person-needed');
  if (!open) return no('decisions.none-open');
  if (open.by === by) return no('decisions.same-person');
  if (open.hash !== read) return no('decisions.not-what-was-read');
  if (open.assessmentNo !== advice?.assessmentNo || open.contentVersion !== advice.contentVersion)
    return no('decisions.changed-since');
  // What the law forbids stays forbidden however the proposal came to be.
  const faults = obstacles(state, open, advice);
  if (faults.length > 0) return { ok: false, faults };
  return accept([{ type: 'decision.countersigned', no: open.no, hash: open.hash }]);
}

export function sendBack(state: DecisionsState, remark: string, by: By): Decided {
  const open = openProposal(state);
  if (!open) return no('decisions.none-open');
  if (open.by === by) return no('decisions.same-person');
  if (remark.trim() === '') return no('decisions.remark-missing');
  return accept([{ type: 'decision.sent-back', no: open.no, remark: remark.trim() }]);
}

/** The proposer takes the proposal back. */
export function withdraw(state: DecisionsState, by: By): Decided {
  const open = openProposal(state);
  if (!open) return no('decisions.none-open');
  if (open.by !== by) return no('decisions.not-yours');
  return accept([{ type: 'decision.withdrawn', no: open.no }]);
}

/** A new assessment or new content voids what was proposed under the old one. */
export function voidOpen(state: DecisionsState, because: 'assessment' | 'content'): DecisionEvent[] {
  const open = openProposal(state);
  return open ? [{ type: 'decision.voided', no: open.no, because }] : [];
}

export function consult(
  _state: DecisionsState,
  held: { readonly with: string; readonly on: string; readonly result: string },
): Decided {
  if (held.with.trim() === '' || held.result.trim() === '' || held.on === '')
    return no('decisions.consultation-incomplete');
  return accept([{ type: 'consultation.held', with: held.with.trim(), on: held.on, result: held.result.trim() }]);
}
