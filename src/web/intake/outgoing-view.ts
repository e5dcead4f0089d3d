// A request of our own, seen with the other side's eyes: what they would miss, and what they would have to refuse.

import { assessCase } from '../../app/casework/assess-case.ts';
import type { Finding } from '../../law/findings.ts';
import type { CaseDesk } from '../casework/context.ts';
import { casePath } from '../casework/tabs.ts';
import { grouped } from '../check/groups.ts';
import { findingItem } from '../components/finding.ts';
import { outcomeTag, type Tone } from '../components/outcome.ts';
import { type Fragment, html } from '../html.ts';

/** Questions named here; the assessment has them all. */
const NAMED = 5;

/** The assessment that runs on it already, in the order in which the other side would stop at it. */
export function outgoingSection(desk: CaseDesk): Fragment {
  const { page: context, file } = desk;
  const { t } = context;
  const assessed = assessCase(desk.work.law, file, context.language);
  if (assessed === undefined) return null;
  const { assessment } = assessed;
  const groups = grouped(assessment.findings);
  const list = (key: string, findings: readonly Finding[], tone: Tone): Fragment =>
    findings.length > 0 &&
    html`<h3>${t(`intake.other.${key}`)}</h3><ul class="findings">${findings.map((finding) => findingItem(context, finding, tone))}</ul>`;
  const ask = assessment.askNext.slice(0, NAMED);
  return html`<section class="other-side" aria-labelledby="other-side-title"><h2 id="other-side-title">${t('intake.other.title')}</h2>
<p>${t.rich('intake.other.outcome', { outcome: outcomeTag(context, assessment.outcome) })}</p>
${list('stops', groups.stops, 'stop')}${list('may-stop', groups['may-stop'], 'maybe')}
${ask.length > 0 && html`<h3>${t('intake.other.asks')}</h3><ul>${ask.map(({ question }) => html`<li>${question}</li>`)}</ul>`}
<p><a class="ds-link" href="${casePath(file.reference, 'assessment')}">${t('intake.other.whole')}</a></p></section>`;
}
