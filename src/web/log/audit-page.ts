// /oversight/log: what the node found when it held its log, its steps and its rows against one another; when, and how long it took.

import type { Finding, FindingKind } from '../../app/log/audit-ports.ts';
import { FINDING_KINDS } from '../../app/log/audit-ports.ts';
import { type AuditsShown, countOf } from '../../app/log/daily.ts';
import type { AuditRun } from '../../app/log/daily-ports.ts';
import { millisecondsOf } from '../../kernel/instant.ts';
import type { Desk } from '../casework/context.ts';
import { when } from '../casework/moments.ts';
import { page } from '../components/layout.ts';
import { bdi, flag, type Html, html } from '../html.ts';
import { sayNumber } from '../messages.ts';

export const AUDITS = '/oversight/log';

export function auditPage(desk: Desk, { runs, findings, alarm }: AuditsShown): Html {
  const { t } = desk.page;
  const [last, ...before] = runs;
  return page({
    context: desk.page,
    title: t('audit.title'),
    main: html`<h1>${t('audit.title')}</h1>
<p class="lead">${t('audit.lead')}</p>
${
  last === undefined
    ? html`<p class="note">${t('audit.none')}</p>`
    : html`<section class="audit-last" aria-labelledby="last-title"><h2 id="last-title">${t('audit.last')}</h2>
<p>${standing(desk, last)}</p>
<p>${t.rich('audit.when', { when: when(desk, last.beganAt), minutes: minutesOf(last), entries: last.entries, cases: last.cases })}</p>
${alarm === 'late' && html`<p><strong>${t('audit.alarm.late')}</strong></p>`}${countOf(last) > 0 && whatWasFound(desk, last, findings)}</section>`
}
${
  before.length > 0 &&
  html`<section aria-labelledby="before-title"><h2 id="before-title">${t('audit.before')}</h2>
<ul class="audit-runs">${before.map((run) => html`<li>${when(desk, run.beganAt)} ${standing(desk, run)}</li>`)}</ul></section>`
}
<section aria-labelledby="limits-title"><h2 id="limits-title">${t('audit.limits')}</h2>
<ul class="audit-limits"><li>${t('audit.limits.self')}</li><li>${t('audit.limits.trail')}</li><li>${t('audit.limits.rest')}</li></ul></section>`,
  });
}

const minutesOf = ({ beganAt, endedAt }: AuditRun): number =>
  Math.max(1, Math.round((millisecondsOf(endedAt) - millisecondsOf(beganAt)) / 60_000));

/** A word and a shape, as lists of oversight have them. */
function standing({ page: { t } }: Desk, run: AuditRun): Html {
  const count = countOf(run);
  return html`<span class="book-state" data-state="${count === 0 ? 'go' : 'stop'}">${count === 0 ? t('audit.fits') : t('audit.found', { count })}</span>`;
}

/** By kind for everybody who may read this; each of them, with its case, for whoever sees cases. */
function whatWasFound(desk: Desk, run: AuditRun, findings: readonly Finding[]): Html {
  const { t, language } = desk.page;
  const kinds = FINDING_KINDS.filter((kind) => (run.found[kind] ?? 0) > 0);
  const each = Map.groupBy(findings, ({ kind }) => kind);
  return html`<p>${t.rich('audit.do', { command: html`<code>${bdi('bin/rogatory log check')}</code>` })}</p>
${kinds.map(
  (
    kind,
  ) => html`<h3>${t(`audit.kind.${kind}`)} <span class="cite">(${sayNumber(run.found[kind] ?? 0, language)})</span></h3>
<p>${t(`audit.kind.${kind}.about`)}</p>${ofKind(desk, kind, each.get(kind) ?? [])}`,
)}
${findings.length === 0 && html`<p class="note">${t('audit.oversightSees')}</p>`}`;
}

/** In the words of the command, which are English, for whoever runs the machine. */
const ofKind = ({ page: { t } }: Desk, kind: FindingKind, findings: readonly Finding[]): Html | false =>
  findings.length > 0 &&
  html`<details class="audit-each"${flag('open', kind === 'log')}><summary>${t('audit.each')}</summary>
<ul>${findings.map(({ reference, says }) => html`<li>${reference !== null && html`<a class="ds-link" href="/oversight/cases/${reference}">${bdi(reference)}</a> `}<span lang="en" dir="ltr" class="operator-words">${says}</span></li>`)}</ul></details>`;
