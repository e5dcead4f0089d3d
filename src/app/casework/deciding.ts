// Use cases of the decision: consult, propose, send back, withdraw, countersign; and what a page may know before.

import { latest } from '../../domain/assessment/assessment.ts';
import {
  type Advice,
  consult,
  countersign,
  isContrary,
  obstacles,
  propose,
  sendBack,
  withdraw,
} from '../../domain/decisions/decide.ts';
import {
  type DecisionEvent,
  type Disposition,
  DISPOSITIONS,
  type Draft,
  executes,
  type Item,
  openProposal,
  type Proposal,
} from '../../domain/decisions/decision.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import * as requests from '../../domain/requests/decide.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import type { Language } from '../../kernel/language.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { rankOf } from '../../law/verdict.ts';
import { type Acted, act, type Casework, type Target } from './act.ts';
import { adviceFor, assessCase, itemsAsked } from './assess-case.ts';
import { whyAtRest } from './at-rest.ts';
import type { Actor } from './ports.ts';

export { isContrary };
export { DISPOSITIONS, executes, openProposal, standing } from '../../domain/decisions/decision.ts';

/** What both people sign: SHA-256 over the canonical JSON (RFC 8785) of the case and the proposal. */
export const proposalHash = ({ world }: Pick<Casework, 'world'>, file: CaseFile, proposal: Proposal): string =>
  world.hash(canonicalJson({ case: file.id, reference: file.reference, proposal } as unknown as Json));

export const adviceOn = ({ law, office }: Casework, file: CaseFile): Advice | undefined =>
  file.direction === 'incoming' ? adviceFor(law, file, office().settings['consult-first']) : undefined;

/** Why nothing is decided in this case: it is ours to send, at rest, or lies with the other side's answer. */
export const whyUndecided = (
  file: CaseFile,
): { readonly ok: false; readonly faults: readonly Refusal[] } | undefined =>
  file.direction === 'outgoing' ? no('requests.not-incoming') : whyAtRest(file);

/** What would be proposed, with its hash, or everything that stands in its way; nothing is recorded. */
export function drawUp(
  work: Casework,
  file: CaseFile,
  draft: Draft,
  by: PersonId,
): Outcome<{ readonly proposal: Proposal; readonly hash: string }, Refusal> {
  const decided = proposing(work, file, draft, by);
  if (!decided.ok) return decided;
  const event = decided.value.find((one) => one.type === 'decision.proposed');
  return event ? accept({ proposal: event.proposal, hash: event.hash }) : no('decisions.not-assessed');
}

const proposing = (work: Casework, file: CaseFile, draft: Draft, by: PersonId): Outcome<DecisionEvent[], Refusal> =>
  whyUndecided(file) ??
  propose(file.decisions, draft, adviceOn(work, file), by, (proposal) => proposalHash(work, file, proposal));

/** Proposes a decision. `signed` is the hash that the person has just signed; what became another thing since is refused. */
export const proposeDecision = (
  work: Casework,
  actor: Actor,
  target: Target,
  draft: Draft,
  signed: string,
): Promise<Acted> =>
  act(work, actor, 'decision.propose', target, (file) => {
    const decided = proposing(work, file, draft, actor.id);
    if (!decided.ok) return decided;
    const same = decided.value.every((one) => one.type !== 'decision.proposed' || one.hash === signed);
    return same ? decided : no('decisions.not-what-was-read');
  });

/** The second person signs exactly what was read. Whoever does it has proved anew who they are, over the same hash. */
export const countersignDecision = (work: Casework, actor: Actor, target: Target, read: string): Promise<Acted> =>
  act(work, actor, 'decision.countersign', target, (file) => {
    const open = openProposal(file.decisions);
    // The hash on file is worked out anew from the words on file: a row that was changed beneath us signs nothing.
    const own = open && proposalHash(work, file, proposalIn(open));
    if (open && own !== open.hash) return no('decisions.not-what-was-read');
    const rest = whyUndecided(file);
    if (rest) return rest;
    const signed = countersign(file.decisions, read, adviceOn(work, file), actor.id);
    if (!signed.ok || open?.disposition !== 'return') return signed;
    // To decide that it goes back is to send it back: from now on it is the other side's turn.
    const returned = requests.sendBack(file.request, [], open.reasons);
    return returned.ok ? accept([...signed.value, ...returned.value]) : returned;
  });

/** The proposal as it was hashed, without what became of it. */
function proposalIn({ by: _by, at: _at, hash: _hash, state: _s, countersigned: _c, remark: _r, ...proposal }: Open) {
  return proposal;
}
type Open = NonNullable<ReturnType<typeof openProposal>>;

export const sendBackDecision = (work: Casework, actor: Actor, target: Target, remark: string): Promise<Acted> =>
  act(work, actor, 'decision.send-back', target, (file) => sendBack(file.decisions, remark, actor.id));

export const withdrawDecision = (work: Casework, actor: Actor, target: Target): Promise<Acted> =>
  act(work, actor, 'decision.withdraw', target, (file) => withdraw(file.decisions, actor.id));

/** Records that the other side was consulted. */
export const recordConsultation = (
  work: Casework,
  actor: Actor,
  target: Target,
  held: Parameters<typeof consult>[1],
): Promise<Acted> =>
  act(work, actor, 'decision.consult', target, (file) => whyUndecided(file) ?? consult(file.decisions, held));

/** A disposition and what stands in the way of it whatever is written: nothing, where it can be proposed. */
export type Possibility = {
  readonly disposition: Disposition;
  readonly obstacles: readonly Refusal[];
  readonly contrary: boolean;
};

/** Every disposition: those that can be proposed first, and of them a refusal where the law calls for one or allows it. */
export function possibilities(work: Casework, file: CaseFile): readonly Possibility[] {
  const advice = adviceOn(work, file);
  if (!advice) return [];
  const all = DISPOSITIONS.map((disposition): Possibility => {
    const draft = bestDraft(disposition, file, advice);
    const found = obstacles(file.decisions, draft, advice);
    // What the law forbids outright needs no second reason.
    const mandatory = found.filter(({ code }) => code === 'decisions.mandatory');
    return {
      disposition,
      obstacles: mandatory.length > 0 ? mandatory : found,
      contrary: isContrary(draft, advice.outcome),
    };
  });
  const possible = all.filter((one) => one.obstacles.length === 0);
  const impossible = all.filter((one) => one.obstacles.length > 0);
  const refusing = rankOf(advice.outcome) <= rankOf('may-refuse');
  const first = possible.filter(({ disposition }) => refusing && disposition === 'refuse');
  return [...first, ...possible.filter((one) => !first.includes(one)), ...impossible];
}

/** A draft with everything in it that a person can write: what still stands in its way is law. */
function bestDraft(disposition: Disposition, file: CaseFile, advice: Advice): Draft {
  const text = 'x'.repeat(40);
  const items = itemsAsked(file);
  return {
    disposition,
    grounds: advice.grounds.map((provision) => ({ provision, text })),
    conditions: [text],
    items: executes(disposition)
      ? disposition === 'execute-in-part' && items.length > 1
        ? items.slice(1)
        : items
      : [],
    reasons: text,
    contraryReasons: text,
    until: text,
    passTo: text,
    language: 'en',
  };
}

/** What a form of proposal starts from, in the language of the letter. */
export type Starting = {
  readonly grounds: readonly {
    readonly provision: string;
    readonly text: string;
    /** It is what gives the outcome: ticked until somebody thinks otherwise. */
    readonly suggested: boolean;
  }[];
  readonly conditions: readonly string[];
  readonly items: readonly Item[];
};

export function startingFrom(work: Casework, file: CaseFile, language: Language): Starting {
  const advice = adviceOn(work, file);
  const assessment = assessCase(work.law, file, language)?.assessment;
  return {
    grounds: (assessment?.findings ?? [])
      .filter(({ provision }) => advice?.grounds.includes(provision))
      .map(({ provision, explanation }) => ({
        provision,
        text: explanation,
        suggested: assessment?.because.includes(provision) ?? false,
      })),
    conditions: (assessment?.conditions ?? []).map(({ what }) => what),
    items: itemsAsked(file),
  };
}

/** Whether the law or the content has moved on since this was proposed, so that it can no longer be signed. */
export const isOvertaken = (file: CaseFile, proposal: Proposal): boolean =>
  latest(file.assessment)?.no !== proposal.assessmentNo || file.request.contentVersion !== proposal.contentVersion;
