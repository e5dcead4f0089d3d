// The living assessment: what follows from the answers so far. Rendered by the server, and again by the browser at every answer.

import { say } from '../../kernel/language.ts';
import type { Finding } from '../../law/findings.ts';
import { citeLink, confidence, review } from '../components/cite.ts';
import { findingItem, findingLine, openItem } from '../components/finding.ts';
import { outcomeTag, shape, toneOf } from '../components/outcome.ts';
import type { LawContext } from '../context.ts';
import { type Fragment, type Html, html } from '../html.ts';
import { sayDay, sayNumber } from '../messages.ts';
import { couldBecome, couldStop, type Group, grouped, openChecks } from './groups.ts';
import type { AnswerView } from './view.ts';
import { lesserMeasures, type OtherAnswer, otherAnswers } from './what-if.ts';
import { labelOf, specOf, valueText } from './words.ts';

/** Reasons shown in full beside the outcome; the rest is behind a fold. */
const REASONS = 4;
const OPEN = 6;

/** The outcome in a sentence, how much is open, and why. */
export function verdictCard(context: LawContext, view: AnswerView): Html {
  const { t } = context;
  const { assessment } = view.assessed;
  const tone = toneOf(assessment.outcome);
  const open = openChecks(assessment);
  const reasons = reasonsOf(view);
  return html`<div class="verdict" data-tone="${tone}" data-outcome="${assessment.outcome}">
<h2 class="verdict-word">${shape(tone)} <span>${t(`site.outcome.${assessment.outcome}`)}</span></h2>
<p>${t(`check.sentence.${assessment.outcome}`, { count: assessment.because.length })}</p>
<p>${openSentence(context, view, open)}${assessment.stable && open.length > 0 && html` <strong>${t('check.stable')}</strong>`}</p>
</div>
${
  reasons.length > 0 &&
  html`<section class="card-part"><h3>${t('check.why')}</h3>
<ul class="findings">${reasons.slice(0, REASONS).map((finding) => reason(context, finding))}</ul>
${
  reasons.length > REASONS &&
  html`<details class="fold" id="more-reasons"><summary>${t('check.moreReasons', { count: reasons.length - REASONS })}</summary>
<ul class="findings">${reasons.slice(REASONS).map((finding) => reason(context, finding))}</ul></details>`
}</section>`
}
${whatWouldChange(context, view)}
${instruments(context, view)}`;
}

/** What produces the outcome. While information is all that lacks, only what is known to lack is a reason; open checks have their own list. */
function reasonsOf({ assessed: { assessment } }: AnswerView): Finding[] {
  const because = assessment.findings.filter((finding) => assessment.because.includes(finding.provision));
  return because.filter((finding) => finding.verdict !== 'undetermined');
}

const reason = (context: LawContext, finding: Finding): Html =>
  findingItem(
    context,
    finding,
    TONE_OF[groupTone(finding)],
    finding.relied.map((fact) => labelOf(context, fact)),
  );

function groupTone(finding: Finding): Group {
  return grouped([finding]).stops.length > 0
    ? 'stops'
    : grouped([finding])['may-stop'].length > 0
      ? 'may-stop'
      : finding.effect === 'condition'
        ? 'conditions'
        : 'open';
}

const TONE_OF: { readonly [G in Group]: 'stop' | 'maybe' | 'open' | 'conditions' | 'go' } = {
  stops: 'stop',
  'may-stop': 'maybe',
  open: 'open',
  conditions: 'conditions',
  satisfied: 'go',
  follows: 'go',
  'not-concerned': 'open',
};

function openSentence({ t }: LawContext, { assessed: { assessment } }: AnswerView, open: readonly Finding[]): Fragment {
  if (open.length === 0) return t('check.nothingOpen');
  // What is settled cannot be stopped any further, whatever a single check may yet find.
  const count = t('check.openCount', { open: open.length, stop: assessment.stable ? 0 : couldStop(open) });
  const holds = assessment.outcome === 'needs-information' || assessment.outcome === 'may-refuse';
  return holds ? `${count} ${t('check.untilAnswered')}` : count;
}

function whatWouldChange(context: LawContext, view: AnswerView): Fragment {
  const { t, language } = context;
  const answers = otherAnswers(context, view.assessed);
  const measures = lesserMeasures(context, view.assessed);
  if (answers.length + measures.length === 0) return null;
  return html`<section class="card-part"><h3>${t('check.change.title')}</h3><ul class="what-if">
${answers.map((other) => html`<li>${t.rich('check.change.answer', { what: otherWords(context, other), outcome: outcomeTag(context, other.outcome) })}</li>`)}
${measures.map((other) => html`<li>${t.rich('check.change.measure', { measure: say(other.measure.title, language), outcome: outcomeTag(context, other.outcome) })}</li>`)}
</ul></section>`;
}

/** A hypothetical answer as the first half of a sentence. */
function otherWords(context: LawContext, other: OtherAnswer): string {
  const { t } = context;
  const spec = specOf(context, other.fact);
  const label = labelOf(context, other.fact);
  if (!spec) return label;
  if (other.span) {
    const { from, below } = other.span;
    if (from === null) return t('check.change.below', { label, years: below ?? 0 });
    return below === null
      ? t('check.change.atLeast', { label, years: from })
      : t('check.change.between', { label, from, below });
  }
  if (spec.type === 'boolean')
    return t('check.change.boolean', { label, answer: other.values[0] === true ? 'true' : 'false' });
  return t('check.change.choice', {
    label,
    value: valueText(context, spec, other.values[0] ?? null),
    more: other.values.length - 1,
  });
}

/** Under which instrument, and how it looks under the others when several may bind the two. */
function instruments(context: LawContext, { assessed, request }: AnswerView): Html {
  const { t, language, book } = context;
  const titleOf = (id: string): string => {
    const pack = book.rules.packs.find((one) => one.id === id);
    return pack ? say(pack.title, language) : id;
  };
  const all = assessed.assessment.instruments;
  return html`<section class="card-part quiet">
<p>${t(request.instrument === null && all.length > 1 ? 'check.furthest' : 'check.under', { instrument: titleOf(assessed.instrument), day: sayDay(assessed.assessment.law.asOf, language) })}</p>
${all.length > 1 && html`<ul class="instruments">${all.map((one) => html`<li><span>${titleOf(one.instrument)}</span> ${outcomeTag(context, one.outcome)}</li>`)}</ul>`}
</section>`;
}

/** Below the questions: what is open, what follows, and every finding. */
export function followUp(context: LawContext, view: AnswerView): Html {
  return html`${stillOpen(context, view)}
${whatFollows(context, view)}
${allFindings(context, view)}`;
}

function stillOpen(context: LawContext, { assessed: { assessment } }: AnswerView): Fragment {
  const open = openChecks(assessment);
  if (open.length === 0) return null;
  const item = (finding: Finding): Html => openItem(context, finding, couldBecome(finding));
  return html`<section class="follow-part"><h2>${context.t('check.stillOpen')}</h2>
<ul class="findings in-columns">${open.slice(0, OPEN).map(item)}</ul>
${open.length > OPEN && html`<details class="fold" id="all-open"><summary>${context.t('check.allOpen', { count: open.length - OPEN })}</summary><ul class="findings in-columns">${open.slice(OPEN).map(item)}</ul></details>`}</section>`;
}

function whatFollows(context: LawContext, { assessed: { assessment } }: AnswerView): Fragment {
  const { t } = context;
  const { options, duties, barsToRefusal, outcome } = assessment;
  // Where nothing may be handed over there are no conditions to agree on.
  const conditions = outcome === 'no-basis' || outcome === 'must-refuse' ? [] : assessment.conditions;
  if (conditions.length + options.length + duties.length + barsToRefusal.length === 0) return null;
  const title = ['no-basis', 'must-refuse', 'may-refuse'].includes(outcome)
    ? 'refused'
    : outcome === 'needs-information'
      ? 'either'
      : 'executed';
  const list = (
    name: string,
    items: readonly { readonly provision: string; readonly what: string; readonly more?: Fragment }[],
  ): Fragment =>
    items.length > 0 &&
    html`<div><h3>${t(`check.follows.${name}`)}</h3><ul class="follows">${items.map(
      ({ provision, what, more }) => html`
<li>${what} ${more} ${placeOf(context, provision)}</li>`,
    )}</ul></div>`;
  return html`<section class="follow-part"><h2>${t(`check.follows.${title}`)}</h2><div class="two-columns">
${list('conditions', conditions)}${list('options', options)}${list(
  'duties',
  duties.map((duty) => ({ ...duty, more: clockWords(context, duty.clock) })),
)}${list('bars', barsToRefusal)}
</div></section>`;
}

/** Where a duty or another consequence stands, and how far that was checked. */
const placeOf = (context: LawContext, id: string): Html => {
  const provision = context.book.rules.provisions.find((one) => one.id === id);
  return html`<span class="cite">${citeLink(context, id)} ${provision && confidence(context, provision.source.confidence)} ${provision && review(context, provision.reviewed.length > 0)}</span>`;
};

type Clock = AnswerView['assessed']['assessment']['duties'][number]['clock'];

/** A duty's clock: how long, from what, and the day it would end. */
function clockWords({ t, language }: LawContext, clock: Clock): Fragment {
  if (!clock) return null;
  const { bound, amount, unit, from, ifStartedOnReceipt, then } = clock;
  const length = unit === 'date' ? sayNumber(amount, language) : t(`check.clock.${unit}`, { amount });
  return html`<strong class="clock">${t(`check.clock.${bound}`, { length, from: t(`check.clock.from.${from}`) })}${ifStartedOnReceipt !== null && [' ', t('check.clock.ends', { day: sayDay(ifStartedOnReceipt, language) })]}</strong>${then !== null && ` ${then}`}`;
}

function allFindings(context: LawContext, { assessed: { assessment } }: AnswerView): Html {
  const { t } = context;
  const groups = grouped(assessment.findings);
  const full = (name: Group): Fragment =>
    groups[name].length > 0 &&
    html`<section><h3>${t(`check.group.${name}`)} <span class="count">${sayNumber(groups[name].length, context.language)}</span></h3>
<ul class="findings">${groups[name].map((finding) =>
      findingItem(
        context,
        finding,
        TONE_OF[name],
        finding.relied.map((fact) => labelOf(context, fact)),
      ),
    )}</ul></section>`;
  return html`<details class="fold all-findings" id="all-findings"><summary>${t('check.allFindings', { count: assessment.findings.length })}</summary>
${full('stops')}${full('may-stop')}${full('open')}${full('conditions')}${full('follows')}${full('satisfied')}
<section><h3>${t('check.group.not-concerned')} <span class="count">${sayNumber(groups['not-concerned'].length, context.language)}</span></h3>
<ul class="finding-lines">${groups['not-concerned'].map((finding) => findingLine(context, finding))}</ul></section></details>`;
}
