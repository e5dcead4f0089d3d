// What follows of itself from a step, in the same transaction: facts read anew, a new assessment, proposals made void,
// execution opened, holds let wait or go on. Pure; every consequence is an event of its own and can be seen in the case.
// What follows from the receipt of a request is the one exception: it waits for the first step after it, mostly reading.ts.

import { readFacts } from '../../domain/assessment/decide.ts';
import { latest } from '../../domain/assessment/assessment.ts';
import { voidOpen } from '../../domain/decisions/decide.ts';
import { executes, standing } from '../../domain/decisions/decision.ts';
import * as disclosure from '../../domain/disclosure/decide.ts';
import { type CaseEvent, type CaseFile, evolve } from '../../domain/docket/case-file.ts';
import { isUnread } from '../../domain/docket/standing.ts';
import * as execution from '../../domain/execution/decide.ts';
import * as notice from '../../domain/notice/decide.ts';
import * as preservation from '../../domain/preservation/decide.ts';
import type { By } from '../../domain/registry/person.ts';
import { statedFacts } from '../../domain/requests/facts-from.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Defect, type Outcome } from '../../kernel/outcome.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { RuleSet } from '../../law/rule-set.ts';
import type { Casework } from './casework.ts';
import { assessCase, isNews, madeFrom } from './assess-case.ts';
import { hoursFor } from './terms.ts';

/** Events of a consequence; where its decider says no, it does not follow. */
const ifAllowed = (decided: Outcome<readonly CaseEvent[], Refusal>): readonly CaseEvent[] =>
  decided.ok ? decided.value : [];

/** What must follow from a decision that was let through; where it cannot, the step must not be recorded. */
function mustFollow(decided: Outcome<readonly CaseEvent[], Refusal>): readonly CaseEvent[] {
  if (!decided.ok) throw new Defect(`a decision stands and cannot be carried out: ${decided.faults[0]?.code}`);
  return decided.value;
}

export function consequences(
  work: Pick<Casework, 'law' | 'office'>,
  before: CaseFile | null,
  decided: CaseFile,
  events: readonly CaseEvent[],
  by: By,
  at: Instant,
): CaseEvent[] {
  const found: CaseEvent[] = [];
  let file = decided;
  const follow = (more: readonly CaseEvent[]): void => {
    for (const event of more) {
      file = evolve(file, event, at, by);
      found.push(event);
    }
  };
  const happened = (type: CaseEvent['type']): boolean => events.some((event) => event.type === type);
  // What came in is safe before anything is made of it; and a copy of the case changes nothing in it.
  if (before === null || happened('docket.exported')) return [];

  const first = isUnread(before) && !file.closed;
  const changed = file.request.contentVersion !== before.request.contentVersion;
  if (first || changed) follow(factsRead(work, file));
  if (changed) follow(voidOpen(file.decisions, 'content'));
  if (file.direction === 'outgoing' || !file.closed) follow(assessedAnew(work, file));
  if (first) follow(fromTheStart(work, file, by, at));
  if (happened('decision.countersigned')) follow(afterDecision(work, file, by, at));
  return found;
}

/** What every reading of facts asks of the catalogue, looked up once. */
function catalogueOf(rules: RuleSet): Catalogue {
  const known = CATALOGUES.get(rules);
  if (known) return known;
  const judgements: ReadonlySet<string> = new Set(rules.facts.filter((fact) => fact.judgement).map(({ id }) => id));
  const choices = rules.facts.find((fact) => fact.id === 'offence.conventionArticle')?.choices;
  const found = { judgements, articles: choices?.map(({ value }) => value) };
  CATALOGUES.set(rules, found);
  return found;
}
type Catalogue = { readonly judgements: ReadonlySet<string>; readonly articles: readonly string[] | undefined };
const CATALOGUES = new WeakMap<RuleSet, Catalogue>();

/** The facts that the request now states, and those it no longer does. */
function factsRead({ law, office }: Pick<Casework, 'law' | 'office'>, file: CaseFile): readonly CaseEvent[] {
  const { judgements, articles } = catalogueOf(law.book.rules);
  const read = statedFacts(file.request.content, file.measure, {
    // An own draft is not held to lack what has not been written yet.
    received: file.direction === 'incoming' || file.request.sentAt !== null,
    acceptedLanguages: office().languages,
    ...(articles ? { articles } : {}),
  });
  const now = new Set<string>(read.map(({ fact }) => fact));
  const gone = Object.values(file.assessment.stated)
    .filter(({ fact, from }) => from.startsWith('/') && !now.has(fact))
    .map(({ fact }) => fact);
  return ifAllowed(readFacts(file.assessment, read, gone, judgements));
}

/** A new assessment where facts or law give another one; what was proposed under the old one is void. */
function assessedAnew({ law }: Pick<Casework, 'law'>, file: CaseFile): readonly CaseEvent[] {
  const before = latest(file.assessment);
  const assessed = assessCase(law, file, 'en');
  if (assessed === undefined) return [];
  const made = madeFrom(assessed, (before?.no ?? 0) + 1);
  if (!isNews(before, made)) return [];
  return [{ type: 'assessment.made', ...made }, ...voidOpen(file.decisions, 'assessment')];
}

/** Notice to each person concerned is due from the first day; only a named decision can put it off. */
function fromTheStart({ office }: Pick<Casework, 'office'>, file: CaseFile, by: By, at: Instant): readonly CaseEvent[] {
  if (file.direction === 'outgoing') return [];
  const { calendar } = office().settings;
  const targets = file.request.content.targets ?? [];
  const found: CaseEvent[] = [];
  let state = file;
  for (const [n] of targets.entries()) {
    const scheduled = ifAllowed(
      notice.schedule(state.notice, { person: `/targets/${n}`, dutyBearer: 'here' }, by, at, calendar),
    );
    for (const event of scheduled) state = evolve(state, event, at, by);
    found.push(...scheduled);
  }
  return found;
}

/** Tasks for what is to be produced, conditions put to the other side, and the hold told how it ended. */
function afterDecision(
  { law, office }: Pick<Casework, 'law' | 'office'>,
  file: CaseFile,
  by: By,
  at: Instant,
): readonly CaseEvent[] {
  const decision = standing(file.decisions);
  if (!decision || by === 'clock') return [];
  const { settings } = office();
  const found: CaseEvent[] = [];
  let state = file;
  const follow = (more: readonly CaseEvent[]): void => {
    for (const event of more) {
      state = evolve(state, event, at, by);
      found.push(event);
    }
  };
  const execute = executes(decision.disposition);
  if (execute) {
    // An emergency never slips into the ordinary lane, where nobody validates it afterwards.
    const choice: execution.LaneChoice =
      file.request.content.urgency?.level === 'emergency'
        ? { lane: 'emergency', validateWithin: hoursFor({ law, office }, file, 'emergency-validation') }
        : { lane: 'ordinary' };
    follow(mustFollow(execution.open(state.execution, { decision, choice }, by, at)));
    for (const text of decision.conditions)
      follow(
        ifAllowed(
          disclosure.proposeCondition(
            state.disclosure,
            { text, dueOn: null, decisionNo: decision.no },
            by,
            at,
            settings.calendar,
          ),
        ),
      );
  }
  // Put off or sent back, the request still waits for its decision, and so do the data that are held for it.
  if (decision.disposition === 'postpone' || decision.disposition === 'return') return found;
  follow(
    ifAllowed(
      preservation.requestDecided(state.preservation, { request: file.reference, execute }, by, at, settings.calendar),
    ),
  );
  return found;
}
