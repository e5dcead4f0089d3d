// One finding: its shape, its reason in a sentence, its citation and confidence, and what the treaty leaves open.

import type { Finding } from '../../law/findings.ts';
import type { OutcomeName } from '../../law/verdict.ts';
import { type Fragment, type Html, html } from '../html.ts';
import type { LawContext } from '../context.ts';
import { citeLine, citeLink } from './cite.ts';
import { outcomeTag, shape, type Tone } from './outcome.ts';

/** A finding with its reason; `relied` says which answers it rests on. */
export function findingItem(context: LawContext, finding: Finding, tone: Tone, relied: readonly string[] = []): Html {
  const { t } = context;
  return html`<li class="finding" data-tone="${tone}">${shape(tone)}<div>
<p class="finding-title">${finding.verdict === 'not-met' && html`<span class="finding-lacks">${t('site.lacks')}</span> `}${finding.title}</p>
<p>${finding.explanation}</p>
${finding.gap !== undefined && html`<p class="gap"><strong>${t('site.gap')}</strong> ${finding.gap}</p>`}
${relied.length > 0 && html`<p class="relied">${t('site.relied', { count: relied.length })} ${relied.map((label, i) => [i > 0 && ' · ', html`<q>${label}</q>`])}</p>`}
${cites(context, finding)}</div></li>`;
}

/** An open check in two lines: its name, where it stands, what it could still become. */
export function openItem(context: LawContext, finding: Finding, could: OutcomeName): Html {
  return html`<li class="finding" data-tone="open">${shape('open')}<div>
<p class="finding-title">${finding.title}</p>
${cites(context, finding, context.t.rich('site.couldBecome', { outcome: outcomeTag(context, could) }))}</div></li>`;
}

function cites(context: LawContext, finding: Finding, more?: Html): Fragment {
  const [own] = finding.cites;
  const beside = context.book.rules.provisions.find((one) => one.id === finding.provision)?.beside ?? [];
  return [
    own && citeLine(context, finding.provision, own.confidence, finding.reviewed),
    beside.length > 0 &&
      html`<p class="cite">${context.t('site.beside')} ${beside.map((id, i) => [i > 0 && ' · ', citeLink(context, id)])}</p>`,
    more && html`<p class="cite">${more}</p>`,
  ];
}

/** A finding as one line in a long list. */
export function findingLine(context: LawContext, finding: Finding): Html {
  return html`<li class="finding-line"><span>${finding.title}</span> <span class="cite">${citeLink(context, finding.provision)}</span></li>`;
}
