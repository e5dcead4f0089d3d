// The assessment tab: the outcome in a sentence, the open questions in the order that decides soonest, and every finding.

import { assessmentOf, factsOf, forSecondView, nextFor } from '../../app/casework/assessing.ts';
import { hiddenFrom, seenBy } from '../../app/casework/blinding.ts';
import { whyUndecided } from '../../app/casework/deciding.ts';
import { openProposal, standing } from '../../domain/decisions/decision.ts';
import { say } from '../../kernel/language.ts';
import type { Assessment, NextQuestion } from '../../law/assessment.ts';
import type { Finding } from '../../law/findings.ts';
import { couldStop, type Group, grouped, openChecks } from '../check/groups.ts';
import { labelOf, specOf } from '../check/words.ts';
import { formKey } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { citeLine, citeLink } from '../components/cite.ts';
import { findingLine } from '../components/finding.ts';
import { shortHash } from '../components/layout.ts';
import type { FieldError } from '../components/error-summary.ts';
import { outcomeTag, shape, type Tone, toneOf } from '../components/outcome.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { sayDay, sayNumber } from '../messages.ts';
import { judgementLines } from './judgement.ts';
import { knownPart } from './known.ts';
import { changesPath, questionPath } from './paths.ts';

/** Open questions shown at once; the rest is behind a fold. */
const FIRST = 6;

type Assessing = NonNullable<ReturnType<typeof assessmentOf>>;

const TONE_OF: { readonly [G in Group]: Tone } = {
  stops: 'stop',
  'may-stop': 'maybe',
  open: 'open',
  conditions: 'conditions',
  satisfied: 'go',
  follows: 'go',
  'not-concerned': 'open',
};

export function assessmentPage(desk: CaseDesk, errors: readonly FieldError[] = []): Html {
  const found = assessmentOf(desk.work, seenBy(desk.file, desk.actor), desk.page.language);
  if (!found) return casePage({ desk, tab: 'assessment', main: noInstrument(desk) });
  const groups = grouped(found.assessed.assessment.findings);
  return casePage({
    desk,
    tab: 'assessment',
    errors,
    main: html`${keptBack(desk)}${verdict(desk, found)}
${differences(desk)}${openQuestions(desk, found.assessed.assessment)}
${secondViews(desk)}
${shown(desk, 'stops', groups.stops)}${shown(desk, 'may-stop', groups['may-stop'])}
${folded(desk, 'open', openChecks(found.assessed.assessment))}
${shown(desk, 'conditions', groups.conditions)}
${folded(desk, 'satisfied', groups.satisfied)}${folded(desk, 'follows', groups.follows)}
${notConcerned(desk, groups['not-concerned'])}
${knownPart(desk, found.assessed)}`,
    aside: lawPart(desk, found),
  });
}

/** What colleagues answered is kept from whoever is to judge too; and how to read it without judging. */
function keptBack(desk: CaseDesk): Fragment {
  const { t } = desk.page;
  const count = hiddenFrom(desk.file, desk.actor).length;
  if (count === 0) return null;
  return html`<div class="note kept-back"><p>${t('assessment.keptBack', { count })}</p>
<form class="no-print" method="post" action="${casePath(desk.file.reference, 'assessment')}/leave">${formKey(desk, desk.file.version)}
<button class="ds-button" data-variant="secondary" type="submit">${t('assessment.leave', { count })}</button></form></div>`;
}

/** Nothing known binds the two States: why nothing can be decided under law, and the two ways on. */
function noInstrument({ page: { t }, file }: CaseDesk): Html {
  const first = file.direction === 'incoming' ? 'assessment.noneReturn' : 'assessment.noneName';
  return html`<section class="verdict case-verdict" data-tone="open" aria-labelledby="outcome"><h2 class="verdict-word" id="outcome">${shape('open')} <span>${t('assessment.none')}</span></h2>
<p>${t('assessment.noneText')}</p><ul><li>${t(first)}</li><li>${t('assessment.noneRegister')}</li></ul></section>`;
}

/** The outcome, how much is open, and the one thing to do next. */
function verdict(desk: CaseDesk, { assessed: { assessment }, made }: Assessing): Html {
  const { t } = desk.page;
  const { outcome, because, stable } = assessment;
  const tone = toneOf(outcome);
  const open = openChecks(assessment).length;
  const stop = stable ? 0 : couldStop(openChecks(assessment));
  return html`<section class="verdict case-verdict" data-tone="${tone}" data-outcome="${outcome}" aria-labelledby="outcome">
<h2 class="verdict-word" id="outcome">${shape(tone)} <span>${t(`site.outcome.${outcome}`)}</span></h2>
<p>${t(`check.sentence.${outcome}`, { count: because.length })} ${open === 0 ? t('check.nothingOpen') : t('check.openCount', { open, stop })}${stable && open > 0 && html` <strong>${t('check.stable')}</strong>`}</p>
${next(desk, made.outcome)}</section>`;
}

function next(desk: CaseDesk, outcome: string): Fragment {
  const { t } = desk.page;
  const { file, work, actor } = desk;
  const fact = nextFor(work.law, file, actor);
  const undecided = openProposal(file.decisions) === undefined && standing(file.decisions) === undefined;
  if (fact !== undefined && outcome === 'needs-information')
    return html`<p class="no-print"><a class="ds-button" href="${questionPath(file.reference, fact)}">${t('assessment.answerOpen')}</a></p>`;
  if (undecided && !whyUndecided(file) && can(desk, 'decision.propose') && outcome !== 'needs-information')
    return html`<p class="no-print"><a class="ds-button" href="${casePath(file.reference, 'decision')}">${t('assessment.toDecision')}</a>${fact !== undefined && html` <a class="ds-link" href="${questionPath(file.reference, fact)}">${t('assessment.answerOpen')}</a>`}</p>`;
  if (outcome === 'needs-information')
    return html`<p class="cite">${t(can(desk, 'assessment.answer') ? 'assessment.waitsForOthers' : 'assessment.waitsForReviewers')}</p>`;
  return null;
}

/** Questions on which people differ: unknown until they agree, so they stand before all others. */
function differences(desk: CaseDesk): Fragment {
  const { t, language } = desk.page;
  const { differing } = factsOf(desk.file.assessment);
  if (differing.length === 0) return null;
  return html`<section><h2 class="group-title">${t('assessment.differences')} <span class="count">${sayNumber(differing.length, language)}</span></h2>
<ul class="case-findings">${differing.map((fact) => judgedItem(desk, fact))}</ul></section>`;
}

function judgedItem(desk: CaseDesk, fact: string): Html {
  const spec = specOf(desk.page, fact);
  return html`<li class="case-finding" data-tone="maybe">${shape('maybe')}<div><p class="finding-title"><a href="${questionPath(desk.file.reference, fact)}">${spec ? say(spec.question, desk.page.language) : fact}</a></p></div>
<div class="said-by">${judgementLines(desk, fact)}</div></li>`;
}

function openQuestions(desk: CaseDesk, { askNext: all, stable }: Assessment): Fragment {
  const { t, language } = desk.page;
  const { differing } = factsOf(desk.file.assessment);
  const askNext = all.filter(({ fact }) => !differing.includes(fact));
  if (askNext.length === 0) return null;
  // What is settled waits for no answer; what is open is asked in the order that settles it soonest.
  const shownFirst = stable ? 0 : FIRST;
  const rest = askNext.slice(shownFirst);
  return html`<section><h2 class="group-title" id="questions">${t('assessment.openQuestions')} <span class="count">${sayNumber(askNext.length, language)}</span></h2>
${shownFirst > 0 && html`<ol class="case-findings">${askNext.slice(0, shownFirst).map((question) => questionItem(desk, question))}</ol>`}
${
  rest.length > 0 &&
  html`<details class="fold case-fold" id="more-questions"><summary>${t(stable ? 'assessment.settledQuestions' : 'assessment.moreQuestions', { count: rest.length })}</summary>
<ol class="case-findings" start="${shownFirst + 1}">${rest.map((question) => questionItem(desk, question))}</ol></details>`
}</section>`;
}

function questionItem(desk: CaseDesk, { fact, question, judgement, couldReach, decides }: NextQuestion): Html {
  const { t } = desk.page;
  const answerable = can(desk, judgement ? 'assessment.answer' : 'assessment.state') && !desk.file.closed;
  const said = judgementLines(desk, fact);
  return html`<li class="case-finding" data-tone="open">${shape('open')}<div>
<p class="finding-title">${answerable ? html`<a href="${questionPath(desk.file.reference, fact)}">${question}</a>` : question}</p>
${couldReach.length > 0 && html`<p class="cite">${t.rich('check.canReach', { outcomes: html`${couldReach.map((one, i) => [i > 0 && ' · ', outcomeTag(desk.page, one)])}` })}</p>`}
<p class="cite">${t(judgement ? 'assessment.byJudgement' : 'assessment.byRecord')}${decides.slice(0, 2).map((id) => [' · ', citeLink(desk.page, id)])}</p></div>
<div class="said-by">${said || (judgement && html`<p>${t('assessment.nobodyYet')}</p>`)}</div></li>`;
}

/** Answered by a colleague, not by this person: an answer of one is an answer, a second one makes it surer. */
function secondViews(desk: CaseDesk): Fragment {
  const { t, language } = desk.page;
  const specs = forSecondView(desk.work.law, desk.file, desk.actor);
  if (specs.length === 0) return null;
  return html`<details class="fold case-fold" id="second-views"><summary>${t('assessment.secondViews', { count: specs.length })}</summary>
<p>${t('assessment.secondViewsText')}</p>
<ul class="case-findings">${specs.map(
    (
      spec,
    ) => html`<li class="case-finding" data-tone="open">${shape('open')}<div><p class="finding-title"><a href="${questionPath(desk.file.reference, spec.id)}">${say(spec.question, language)}</a></p></div>
<div class="said-by">${judgementLines(desk, spec.id)}</div></li>`,
  )}</ul></details>`;
}

function shown(desk: CaseDesk, group: Group, findings: readonly Finding[]): Html {
  const { t, language } = desk.page;
  return html`<section><h2 class="group-title">${t(`check.group.${group}`)} <span class="count">${findings.length === 0 ? t('assessment.noneEstablished') : sayNumber(findings.length, language)}</span></h2>
${findings.length > 0 && html`<ul class="case-findings">${findings.map((finding) => findingItem(desk, finding, TONE_OF[group]))}</ul>`}</section>`;
}

function folded(desk: CaseDesk, group: Group, findings: readonly Finding[]): Fragment {
  const { t } = desk.page;
  if (findings.length === 0) return null;
  return html`<details class="fold case-fold" id="group-${group}"><summary>${t('assessment.group', { group: t(`check.group.${group}`), count: findings.length })}</summary>
<ul class="case-findings">${findings.map((finding) => findingItem(desk, finding, TONE_OF[group]))}</ul></details>`;
}

function notConcerned(desk: CaseDesk, findings: readonly Finding[]): Fragment {
  const { t } = desk.page;
  if (findings.length === 0) return null;
  return html`<details class="fold case-fold" id="group-not-concerned"><summary>${t('assessment.group', { group: t('check.group.not-concerned'), count: findings.length })}</summary>
<ul class="finding-lines">${findings.map((finding) => findingLine(desk.page, finding))}</ul></details>`;
}

/** A finding with its reason and citation, and beside it what people answered to the questions it rests on. */
function findingItem(desk: CaseDesk, finding: Finding, tone: Tone): Html {
  const { page } = desk;
  const { t } = page;
  const facts = [...finding.relied, ...finding.missing];
  const judged = facts
    .map((fact) => ({ fact, lines: judgementLines(desk, fact) }))
    .filter(({ lines }) => lines !== null);
  const [cite] = finding.cites;
  const missing = finding.missing.filter((fact) => specOf(page, fact));
  return html`<li class="case-finding" data-tone="${tone}">${shape(tone)}<div>
<p class="finding-title">${finding.verdict === 'not-met' && html`<span class="finding-lacks">${t('site.lacks')}</span> `}${finding.title}</p>
<p>${finding.explanation}</p>
${finding.gap !== undefined && html`<p class="gap"><strong>${t('site.gap')}</strong> ${finding.gap}</p>`}
${missing.length > 0 && html`<p class="cite">${t('assessment.waitsFor')} ${missing.map((fact, i) => [i > 0 && ' · ', html`<a href="${questionPath(desk.file.reference, fact)}">${labelOf(page, fact)}</a>`])}</p>`}
${cite && citeLine(page, finding.provision, cite.confidence, finding.reviewed)}</div>
<div class="said-by">${judged.map(({ fact, lines }) => html`<p class="cite">${labelOf(page, fact)}</p>${lines}`)}</div></li>`;
}

/** Under which law it was assessed, and what the last assessment changed. */
function lawPart(desk: CaseDesk, { assessed, made }: Assessing): Html {
  const { t, book, language } = desk.page;
  const pack = book.rules.packs.find((one) => one.id === assessed.instrument);
  const all = assessed.assessment.instruments;
  return html`<div class="clock"><p class="cite">${t('assessment.law')}</p>
<p>${pack ? say(pack.title, language) : bdi(assessed.instrument)}</p>
<p class="cite">${t('assessment.lawOf', { day: sayDay(made.asOf, language) })} · ${t.rich('site.ruleSet', { hash: bdi(shortHash(made.ruleSet)) })}</p>
${all.length > 1 && html`<ul class="instruments">${all.map((one) => html`<li>${nameOfPack(desk, one.instrument)} ${outcomeTag(desk.page, one.outcome)}</li>`)}</ul>`}
<p class="cite">${t('assessment.madeNo', { no: made.no })}${made.no > 1 && html` · <a class="ds-link" href="${changesPath(desk.file.reference)}">${t('assessment.whatChanged')}</a>`}</p></div>`;
}

const nameOfPack = ({ page: { book, language } }: CaseDesk, id: string): Fragment => {
  const pack = book.rules.packs.find((one) => one.id === id);
  return pack ? say(pack.short, language) : bdi(id);
};
