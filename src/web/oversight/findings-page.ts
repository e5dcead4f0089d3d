// Findings as a list: to oversight all of them, to the office those that are addressed to it.

import { turnOf } from '../../app/oversight/findings.ts';
import type { Finding } from '../../domain/oversight/finding.ts';
import { can, type Desk } from '../casework/context.ts';
import { when, whenShort } from '../casework/moments.ts';
import { page } from '../components/layout.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { type Column, crumbs, OFFICE_FINDINGS, OVERSIGHT, state, table } from './parts.ts';

/** Findings have one address for oversight and another for the office. */
export const findingsAt = (desk: Desk): string =>
  can(desk, 'oversight.read') ? `${OVERSIGHT}/findings` : OFFICE_FINDINGS;
export const findingPath = (desk: Desk, no: number | 'new'): string => `${findingsAt(desk)}/${no}`;

export const findingColumns = ({ page: { t } }: Desk): Column[] =>
  ['finding', 'to', 'made', 'turn'].map((key) => ({ key, label: t(`oversight.column.${key}`) }));

export const findingRows = (desk: Desk, findings: readonly Finding[]): Fragment[][] =>
  findings.map((finding) => {
    const { t } = desk.page;
    const { no, title, to, madeAt } = finding;
    return [
      html`<a class="ds-link" href="${findingPath(desk, no)}">${t('oversight.finding.title', { no })}</a><span class="cite book-under">${bdi(title)}</span>`,
      t(`oversight.to.${to}`),
      whenShort(desk, madeAt),
      turnText(desk, finding),
    ];
  });

/** Whose turn it is and by when; what the office owes and did not do stands out. */
export function turnText(desk: Desk, finding: Finding): Html {
  const { t, today } = desk.page;
  const { whose, on } = turnOf(finding);
  const late = on !== null && on < today && whose !== 'nobody';
  const word = t(`oversight.turn.${late && whose === 'office' ? 'late' : whose}`);
  const tone = whose === 'nobody' ? 'go' : late ? 'stop' : whose === 'office' ? 'open' : 'maybe';
  return html`${state(word, tone)}${on !== null && html` <span class="cite">${when(desk, on)}</span>`}`;
}

export function findingsPage(desk: Desk, findings: readonly Finding[]): Html {
  const { t } = desk.page;
  const own = can(desk, 'oversight.read');
  return page({
    context: desk.page,
    title: t('oversight.findings'),
    main: html`${own && crumbs(desk)}<div class="page-head"><h1>${t('oversight.findings')}</h1>
${own && html`<a class="ds-button no-print" href="${findingPath(desk, 'new')}">${t('oversight.finding.new')}</a>`}</div>
<p class="lead">${t(own ? 'oversight.findings.lead' : 'oversight.findings.office')}</p>
${
  findings.length === 0
    ? html`<p class="note">${t(own ? 'oversight.findings.none' : 'oversight.findings.office.none')}</p>`
    : table(t('oversight.findings'), findingColumns(desk), findingRows(desk, findings))
}`,
  });
}
