// The decision tab: what stands, what waits for its second person, what can be proposed, and everything proposed before.

import { joined, pair } from '../components/joined.ts';
import {
  adviceOn,
  executes,
  openProposal,
  possibilities,
  type Possibility,
  standing,
  whyUndecided,
} from '../../app/casework/deciding.ts';
import { hiddenFrom } from '../../app/casework/blinding.ts';
import type { LetterDocument } from '../../app/letters/document.ts';
import type { Proposed } from '../../domain/decisions/decision.ts';
import { type Day, parseDay } from '../../kernel/calendar.ts';
import { formKey, sayRefusal } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { at, sayAt, when } from '../casework/moments.ts';
import { citeLink } from '../components/cite.ts';
import type { FieldError } from '../components/error-summary.ts';
import { outcomeTag, shape } from '../components/outcome.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { assessmentSays, consultationPart, mustConsult } from './beside.ts';
import { hashGroups } from '../components/hash.ts';
import { letterPreview } from './letter-preview.ts';
import { countersignPath } from './paths.ts';

export type DecisionView = {
  readonly errors: readonly FieldError[];
  /** The letter of the decision that stands, or of the proposal that waits. */
  readonly letter?: LetterDocument | undefined;
  readonly typed?: { readonly with: string; readonly on: string; readonly result: string };
};

export function decisionPage(desk: CaseDesk, { errors, letter, typed }: DecisionView): Html {
  const { file } = desk;
  const { t } = desk.page;
  const open = openProposal(file.decisions);
  const decided = standing(file.decisions);
  const rest = whyUndecided(file);
  // A request that was put off or sent back is decided anew.
  const again = !decided || decided.disposition === 'postpone' || decided.disposition === 'return';
  const consultFirst = !rest && mustConsult(desk);
  const proposing = rest
    ? html`<p class="note">${rest.faults.map((one) => sayRefusal(desk, one))}</p>`
    : !open && again && (hiddenFrom(file, desk.actor).length > 0 ? readFirst(desk) : choosing(desk, consultFirst));
  const consulting = !rest && consultationPart(desk, consultFirst, errors, typed);
  return casePage({
    desk,
    tab: 'decision',
    errors,
    main: html`${decided && decidedPart(desk, decided)}
${open && waitingPart(desk, open)}
${letter && html`<details class="fold case-fold" id="letter"><summary>${t(open ? 'decision.asLetter' : 'decision.theLetter')}</summary>${letterPreview(letter, t('decision.theLetter'))}</details>`}
${consultFirst ? [consulting, proposing] : [proposing, consulting]}
${historyPart(desk, open)}`,
    aside: file.direction === 'incoming' ? assessmentSays(desk) : null,
  });
}

/** Whoever proposes has judged what colleagues judged, or left it to them and read it. */
const readFirst = (desk: CaseDesk): Html =>
  html`<p class="note">${desk.page.t('assessment.beforeProposing')} <a class="ds-link" href="${casePath(desk.file.reference, 'assessment')}">${desk.page.t('decision.toAssessment')}</a></p>`;

function decidedPart(desk: CaseDesk, decided: Proposed): Html {
  const { t } = desk.page;
  const tone = executes(decided.disposition) ? 'go' : decided.disposition === 'refuse' ? 'stop' : 'conditions';
  return html`<section class="verdict case-verdict" data-tone="${tone}" aria-labelledby="decided"><h2 class="verdict-word" id="decided">${shape(tone)} <span>${t(`decision.is.${decided.disposition}`)}</span></h2>
<p>${t.rich('decision.byTwo', {
    proposer: bdi(desk.nameOf(decided.by)),
    proposedAt: at(desk, decided.at),
    second: bdi(decided.countersigned ? desk.nameOf(decided.countersigned.by) : ''),
    countersignedAt: decided.countersigned ? at(desk, decided.countersigned.at) : '',
  })}</p>
<p class="cite">${t('decision.hash')} ${hashGroups(decided.hash)}</p>
<p class="no-print"><a class="ds-link" href="${casePath(desk.file.reference, 'letters')}">${t('decision.toLetters')}</a></p></section>`;
}

/** A proposal that waits: whose turn it is, and what each may do about it. */
function waitingPart(desk: CaseDesk, open: Proposed): Html {
  const { t } = desk.page;
  const mine = open.by === desk.actor.id;
  return html`<section class="verdict case-verdict" data-tone="open" aria-labelledby="waits"><h2 class="verdict-word" id="waits">${shape('open')} <span>${t('decision.proposed', { what: t(`decision.is.${open.disposition}`) })}</span></h2>
<p>${t.rich('decision.proposedBy', { name: bdi(desk.nameOf(open.by)), at: when(desk, open.at) })} ${t(mine ? 'decision.waitsForAnother' : can(desk, 'decision.countersign') ? 'decision.waitsForYou' : 'decision.waitsForApprover')}</p>
<div class="buttons no-print">${!mine && can(desk, 'decision.countersign') && html`<a class="ds-button" href="${countersignPath(desk.file.reference)}">${t('decision.readAndSign')}</a>`}
${mine && can(desk, 'decision.withdraw') && html`<form method="post" action="${casePath(desk.file.reference, 'decision')}">${formKey(desk, desk.file.version)}<button class="ds-button" data-variant="secondary" name="do" value="withdraw">${t('decision.withdraw')}</button></form>`}
${(mine || !can(desk, 'decision.countersign')) && html`<a class="ds-link" href="${countersignPath(desk.file.reference)}">${t('decision.read')}</a>`}</div></section>`;
}

/** What can be proposed, and what cannot and why. */
function choosing(desk: CaseDesk, consultFirst: boolean): Fragment {
  const { t } = desk.page;
  if (!adviceOn(desk.work, desk.file))
    return html`<p class="note">${sayRefusal(desk, { code: 'decisions.not-assessed' })}</p>`;
  const all = possibilities(desk.work, desk.file);
  const possible = all.filter(({ obstacles }) => obstacles.length === 0);
  const impossible = all.filter(({ obstacles }) => obstacles.length > 0);
  const may = can(desk, 'decision.propose');
  return html`<section><h2>${t('decision.propose')}</h2>
${
  may
    ? html`<form method="get" action="${casePath(desk.file.reference, 'decision')}" class="propose-choice">
<fieldset class="question"><legend>${t('decision.which')}</legend><div class="choices in-lines">${possible.map((one) => choice(desk, one))}</div></fieldset>
<div class="buttons no-print"><button class="ds-button"${consultFirst && html` data-variant="secondary"`} type="submit">${t('decision.writeIt')}</button></div></form>`
    : html`<p>${t('decision.waitsForReviewer')}</p>`
}
${
  impossible.length > 0 &&
  html`<h3>${t('decision.impossible')}</h3><ul class="impossible">${impossible.map(
    ({ disposition, obstacles }) =>
      html`<li>${shape('stop')} <div><b>${t(`decision.is.${disposition}`)}</b>${obstacles.map((one) => html`<p>${sayRefusal(desk, one)}</p>`)}</div></li>`,
  )}</ul>`
}</section>`;
}

const choice = ({ page: { t } }: CaseDesk, { disposition, contrary }: Possibility): Html =>
  html`<label class="choice"><input type="radio" name="as" value="${disposition}" required> <span><b>${t(`decision.is.${disposition}`)}</b><span class="help">${t(`decision.means.${disposition}`)}${contrary && html` <strong>${t('decision.isContrary')}</strong>`}</span></span></label>`;

/** What was proposed before, and what became of it. */
function historyPart(desk: CaseDesk, open: Proposed | undefined): Fragment {
  const { t } = desk.page;
  const past = desk.file.decisions.proposals.filter((one) => one !== open && one.state !== 'open');
  if (past.length === 0) return null;
  return html`<section><h2>${t('decision.history')}</h2><ol class="history">${past.map(
    (
      one,
    ) => html`<li><p>${joined(desk.page, html`<b>${t(`decision.is.${one.disposition}`)}</b>`, t(`decision.state.${one.state}`))}</p>
<p>${t.rich('decision.proposedBy', { name: bdi(desk.nameOf(one.by)), at: at(desk, one.at) })} ${outcomeTag(desk.page, one.outcome)}</p>
${one.remark !== '' && html`<blockquote dir="auto">${one.remark}</blockquote>`}
${one.countersigned && html`<p>${t.rich('decision.signedBy', { name: bdi(desk.nameOf(one.countersigned.by)), at: at(desk, one.countersigned.at) })}</p>`}
<details class="fold"><summary>${t('decision.itsWords')}</summary>${wordsOf(desk, one)}</details></li>`,
  )}</ol></section>`;
}

/** Everything that two people sign, part by part. */
export function wordsOf(desk: CaseDesk, one: Proposed): Html {
  const { t, language } = desk.page;
  const row = (key: string, value: Fragment): Html =>
    html`<div><dt>${t(`decision.part.${key}`)}</dt><dd>${value}</dd></div>`;
  const until = parseDay(one.until);
  return html`<dl class="known">${row('disposition', html`<b>${t(`decision.is.${one.disposition}`)}</b>`)}
${row('advised', outcomeTag(desk.page, one.outcome))}
${one.grounds.length > 0 && row('grounds', html`<ul>${one.grounds.map(({ provision, text }) => html`<li>${citeLink(desk.page, provision)}<p class="lines" lang="${one.language}" dir="auto">${text}</p></li>`)}</ul>`)}
${one.items.length > 0 && row('items', html`<ul>${one.items.map(({ target, category }) => html`<li>${pair(desk.page, bdi(target), categoryText(desk, category))}</li>`)}</ul>`)}
${one.conditions.length > 0 && row('conditions', html`<ol lang="${one.language}">${one.conditions.map((text) => html`<li dir="auto" class="lines">${text}</li>`)}</ol>`)}
${until.ok && row('until', sayAt(desk, until.value as Day))}${one.passTo !== '' && row('passTo', bdi(one.passTo))}
${row('reasons', html`<p class="lines" lang="${one.language}" dir="auto">${one.reasons}</p>`)}
${one.contraryReasons !== '' && row('contraryReasons', html`<p class="lines" dir="auto">${one.contraryReasons}</p>`)}
${row('language', new Intl.DisplayNames(language, { type: 'language' }).of(one.language) ?? one.language)}</dl>`;
}

/** A category of data in words of the form. */
export const categoryText = ({ page: { t } }: CaseDesk, category: string): Fragment =>
  t.has(`request.option.dataCategories.category.${category}`)
    ? t(`request.option.dataCategories.category.${category}`)
    : bdi(category);
