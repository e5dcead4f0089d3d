// What the people of the office answered to one question, side by side and by name; and whose answer is still to come.

import { type Judgement, judgementOf } from '../../app/casework/assessing.ts';
import type { Answer } from '../../domain/assessment/assessment.ts';
import type { FactSpec } from '../../law/rule-set.ts';
import { specOf, valueText } from '../check/words.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { at } from '../casework/moments.ts';
import { joined, pair } from '../components/joined.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';

/** "Rana: yes. You: not yet." Nothing where nobody is to judge. */
export function judgementLines(desk: CaseDesk, fact: string): Fragment {
  const spec = specOf(desk.page, fact);
  if (!spec?.judgement) return null;
  const judgement = judgementOf(desk.file, fact, desk.actor);
  const { mine, others, differ } = judgement;
  if (others.length === 0 && mine === undefined) return null;
  const { t } = desk.page;
  const may = can(desk, 'assessment.answer');
  return html`<ul class="judgements">${others.map((answer) => html`<li>${otherLine(desk, spec, judgement, answer)}</li>`)}
${(mine || may) && html`<li>${t('assessment.you')} ${mine ? html`<b>${valueText(desk.page, spec, mine.value)}</b>` : t('assessment.notYet')}</li>`}
${differ && html`<li class="differ">${t(mine ? 'assessment.youDiffer' : 'assessment.theyDiffer')}</li>`}</ul>`;
}

const otherLine = (desk: CaseDesk, spec: FactSpec, { hidden }: Judgement, answer: Answer): Html =>
  pair(
    desk.page,
    bdi(desk.nameOf(answer.by)),
    hidden ? desk.page.t('assessment.hasAnswered') : html`<b>${valueText(desk.page, spec, answer.value)}</b>`,
  );

/** An answer in full: who, when, what and why. */
export const answerInFull = (desk: CaseDesk, spec: FactSpec, answer: Answer): Html =>
  html`<div class="given-answer"><p>${pair(
    desk.page,
    joined(
      desk.page,
      html`<b>${answer.by === desk.actor.id ? desk.page.t('assessment.youName') : bdi(desk.nameOf(answer.by))}</b>`,
      at(desk, answer.at),
    ),
    html`<b>${valueText(desk.page, spec, answer.value)}</b>`,
  )}</p>
<p class="reasons" dir="auto">${answer.reasons}</p></div>`;
