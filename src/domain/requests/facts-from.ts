// The facts that a request itself states, each with the place where it says so. Never a judgement: whether a summary is
// enough, an assurance credible or a letter genuine is for a named person.

import type { FactValue } from '../../law/provision.ts';
import { hasOffset, hasTime } from '../calendar/moment.ts';
import { inAcceptedLanguage } from './completeness-rules.ts';
import type { RequestContent } from './content.ts';
import { DATA, HOLDS, LIVE, type Measure } from './fields-measures.ts';
import { isGiven } from './fields-path.ts';

/** The facts of the law that a request can state. */
export const STATED_FACTS = [
  'form.authority',
  'form.proceeding',
  'form.facts',
  'form.assistance',
  'form.target',
  'form.purpose',
  'form.dataAndLink',
  'form.need',
  'form.mlaIntended',
  'form.justification',
  'form.period',
  'form.languageAccepted',
  'form.useLimitAgreed',
  'scope.specificInvestigation',
  'offence.maxPenaltyYears',
  'offence.conventionArticle',
  'offence.deathPenalty',
  'offence.deathPenaltyAssurance',
  'secrecy.requested',
  'secrecy.hasEndDate',
  'data.caseBound',
  'data.retentionLimitAgreed',
] as const;
export type StatedFactName = (typeof STATED_FACTS)[number];

export type StatedFact = {
  readonly fact: StatedFactName;
  readonly value: FactValue;
  /** JSON Pointer to the part of the content that says it, or that should and does not. */
  readonly from: string;
};

export type StatingSettings = {
  /** The request lies before the office as its sender meant it: what its form lacks is then lacking, not just unknown. */
  readonly received: boolean;
  /** Languages the requested State accepts; without them nothing is said about the language. */
  readonly acceptedLanguages?: readonly string[];
  /** The choices that the law gives for the fact `offence.conventionArticle`. */
  readonly articles?: readonly string[];
};

type State = (fact: StatedFactName, value: FactValue | undefined, from: string) => void;

/** Every fact the content states. A fact that is not in the list is unknown. */
export function statedFacts(
  content: RequestContent,
  measure: Measure,
  settings: StatingSettings,
): readonly StatedFact[] {
  const facts: StatedFact[] = [];
  const state: State = (fact, value, from) => {
    if (value !== undefined) facts.push({ fact, value, from });
  };
  // What is there, is; what is not there is lacking only once the request was received.
  const form = (fact: StatedFactName, there: boolean, from: string): void =>
    state(fact, there ? true : settings.received ? false : undefined, from);
  formOf(content, measure, form, state);
  state('form.languageAccepted', inAcceptedLanguage(content, settings.acceptedLanguages), '/languageOfRequest');
  offencesOf(content, settings, state);
  secrecyOf(content, settings, state);
  boundsOf(content, state);
  return facts;
}

function formOf(
  content: RequestContent,
  measure: Measure,
  form: (fact: StatedFactName, there: boolean, from: string) => void,
  state: State,
): void {
  const { requestingAuthority: authority, proceeding, targets = [], dataCategories = [], persons = [] } = content;
  form(
    'form.authority',
    isGiven(authority?.name) && isGiven(authority?.phone ?? authority?.email),
    '/requestingAuthority',
  );
  form('form.proceeding', proceeding?.kind !== undefined && isGiven(proceeding.subject), '/proceeding');
  form('form.facts', isGiven(content.factsSummary), '/factsSummary');
  form('form.purpose', isGiven(content.purpose), '/purpose');

  const found = targets.length > 0 && targets.every(leadsSomewhere);
  if (!DATA.includes(measure)) {
    form('form.assistance', isGiven(content.assistanceSought), '/assistanceSought');
    const named = persons.some((person) => isGiven(person.name));
    form('form.target', found || named, found ? '/targets' : '/persons');
    return;
  }
  const periods = dataCategories.length > 0 && dataCategories.every(({ from, to }) => isGiven(from) && isGiven(to));
  const named = dataCategories.length > 0 && dataCategories.every(({ category, items }) => category && isGiven(items));
  form('form.assistance', named, '/dataCategories');
  form('form.target', found, '/targets');
  form('form.dataAndLink', named && periods && isGiven(content.linkOfDataToOffence), '/linkOfDataToOffence');
  if (HOLDS.includes(measure)) {
    form('form.need', isGiven(content.necessityOfPreservation), '/necessityOfPreservation');
    form('form.mlaIntended', isGiven(content.intentToRequest?.instrument), '/intentToRequest');
  }
  // A request that calls itself routine does not say that the data could be lost. Why another is urgent, a person reads.
  else if (content.urgency?.level === 'routine') state('form.need', false, '/urgency/level');
  if (LIVE.includes(measure)) {
    form('form.justification', isGiven(content.necessityAndProportionality), '/necessityAndProportionality');
    form('form.period', periods && isGiven(content.maxPeriodJustified), '/maxPeriodJustified');
  }
}

/** A network address leads to a person only with the exact time, its zone and the port. */
function leadsSomewhere(target: NonNullable<RequestContent['targets']>[number]): boolean {
  if (!isGiven(target.identifierValue)) return false;
  if (target.identifierType !== 'ip') return true;
  const { observedAt, timeZone, ipPort } = target;
  return (
    ipPort !== undefined &&
    observedAt !== undefined &&
    hasTime(observedAt) &&
    (hasOffset(observedAt) || isGiven(timeZone))
  );
}

/**
 * Several offences are one request: the lowest of their penalties counts, since each of them must carry the measure; and
 * one that may be punished with death is enough. Where one of them does not say, nothing is stated.
 */
function offencesOf({ offences = [], assurances = [] }: RequestContent, settings: StatingSettings, state: State): void {
  const [first] = offences;
  if (first === undefined) return;
  const years = offences.map((offence) => (offence.maxPenaltyYears === 'life' ? Infinity : offence.maxPenaltyYears));
  if (years.every((one) => one !== undefined)) {
    const least = Math.min(...years);
    state(
      'offence.maxPenaltyYears',
      least === Infinity ? 'life' : least,
      `/offences/${years.indexOf(least)}/maxPenaltyYears`,
    );
  }
  const article = first.instrumentOffenceArticle;
  const agreed = offences.every((offence) => offence.instrumentOffenceArticle === article);
  if (article !== undefined && agreed && settings.articles?.includes(article))
    state('offence.conventionArticle', article, '/offences/0/instrumentOffenceArticle');

  const deadly = offences.findIndex((offence) => offence.deathPenalty === true);
  if (deadly >= 0) {
    state('offence.deathPenalty', true, `/offences/${deadly}/deathPenalty`);
    // One that was given may still not be credible, so a person answers; one that was not given is none.
    const given = assurances.some((assurance) => assurance.kind === 'deathPenalty');
    if (settings.received && !given) state('offence.deathPenaltyAssurance', false, '/assurances');
  } else if (offences.every((offence) => offence.deathPenalty === false))
    state('offence.deathPenalty', false, '/offences/0/deathPenalty');
}

/** Silence is not a request for secrecy, once the request was received. */
function secrecyOf({ confidentiality: secret }: RequestContent, { received }: StatingSettings, state: State): void {
  const requested = secret?.requested ?? (received ? false : undefined);
  state('secrecy.requested', requested, '/confidentiality/requested');
  if (requested !== true) return;
  const ends = secret?.until !== undefined;
  state('secrecy.hasEndDate', ends ? true : received ? false : undefined, '/confidentiality/until');
}

/** What ties the request to one case, and what its sender binds itself to. Silence here may be mended by a letter, so it is unknown. */
function boundsOf(content: RequestContent, state: State): void {
  const { proceeding, useLimits = [] } = content;
  const hasCase = isGiven(content.caseReference);
  const hasProceeding = proceeding?.kind !== undefined && isGiven(proceeding.subject);
  const hasOffence = content.offences?.some((offence) => isGiven(offence.title)) === true;
  if (hasCase) state('data.caseBound', true, '/caseReference');
  if (hasCase && hasProceeding && hasOffence) state('scope.specificInvestigation', true, '/proceeding');
  if (content.retentionUntil !== undefined) state('data.retentionLimitAgreed', true, '/retentionUntil');
  const limits = useLimits.map((limit) => limit.kind);
  if (limits.includes('statedPurposeOnly') && limits.includes('keepConfidential'))
    state('form.useLimitAgreed', true, '/useLimits');
}
