// /oversight/cases/<reference>: prove this case. What is proven of it and what is not, in plain words; then every step; then how
// somebody else checks the same without believing this node.

import { type Proof, type ProvenStep, tallyOf } from '../../app/oversight/prove.ts';
import { exportPath } from '../exporting/export-page.ts';
import { casePath } from '../casework/tabs.ts';
import type { CaseDesk } from '../casework/context.ts';
import { sayEvent } from '../casework/event-words.ts';
import { at } from '../casework/moments.ts';
import { page } from '../components/layout.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayNumber } from '../messages.ts';
import { crumbs, state } from './parts.ts';

export function provePage(desk: CaseDesk, proof: Proof): Html {
  const { page: context, file } = desk;
  const { t } = context;
  const title = t('oversight.prove.title', { reference: file.reference });
  return page({
    context,
    title,
    main: html`${crumbs(desk)}<h1>${t('oversight.prove.heading')} <bdi>${file.reference}</bdi></h1>
${verdict(desk, proof)}
${said(desk, proof)}
<section class="no-print" aria-labelledby="copy-title"><h2 id="copy-title">${t('oversight.prove.copy')}</h2>
<p>${t('oversight.prove.copy.text')}</p>
<pre dir="ltr" tabindex="0"><code>bin/rogatory verify case ${file.reference}.tar</code></pre>
<p class="buttons"><a class="ds-button" href="${exportPath(file.reference)}">${t('oversight.prove.export')}</a> <a class="ds-link" href="${casePath(file.reference, 'timeline')}">${t('oversight.prove.timeline')}</a></p></section>
${steps(desk, proof)}
<p class="cite">${t('oversight.prove.recorded')}</p>`,
  });
}

/** The one sentence first. */
function verdict({ page: { t } }: CaseDesk, proof: Proof): Html {
  const { wrong, waiting, erased, proven } = tallyOf(proof);
  const bad = wrong > 0 || !proof.asShown || proof.broken !== '';
  const is = bad ? 'wrong' : erased > 0 ? 'erased' : waiting > 0 ? 'waiting' : 'proven';
  const tone = { wrong: 'stop', erased: 'maybe', waiting: 'maybe', proven: 'go' } as const;
  return html`<div class="book-verdict" data-state="${tone[is]}"><p class="lead">${t(`oversight.verdict.${is}`, { steps: proof.steps.length, proven, waiting, wrong })}</p></div>`;
}

function said(desk: CaseDesk, proof: Proof): Html {
  const { t, language } = desk.page;
  const { waiting, erased, proven } = tallyOf(proof);
  const all = proof.steps.length;
  const has = (...faults: readonly ProvenStep['faults'][number][]): boolean =>
    proof.steps.some((step) => step.faults.some((one) => faults.includes(one)));
  const claim = (key: string, holds: boolean, values: { readonly [name: string]: number } = {}): Html =>
    html`<li>${state(t(holds ? 'oversight.claim.holds' : 'oversight.claim.not'), holds ? 'go' : 'stop')} ${t(`oversight.claim.${key}`, values)}</li>`;
  return html`<section aria-labelledby="shown-title"><h2 id="shown-title">${t('oversight.prove.shown')}</h2>
<ul class="book-claims">${claim('changed', !has('changed'), { count: all - erased })}
${claim('whole', !has('gap', 'chain'), { count: all })}
${claim('logged', proof.broken === '' && !has('receipt', 'not-ours', 'order'), { count: proven })}
${claim('two', !has('one-person', 'no-decision'), { count: proof.decided })}
${claim('shown', proof.asShown)}</ul>
${proof.broken !== '' && html`<p class="note">${t('oversight.prove.broken')} <code dir="ltr">${bdi(proof.broken)}</code></p>`}
${proof.log !== null && html`<p class="cite">${t.rich('oversight.prove.log', { origin: bdi(proof.log.origin), size: sayNumber(proof.log.size, language) })}</p>`}</section>
<section aria-labelledby="open-title"><h2 id="open-title">${t('oversight.prove.open')}</h2>
<ul>${waiting > 0 && html`<li>${t('oversight.open.waiting', { count: waiting })}</li>`}${erased > 0 && html`<li>${t('oversight.open.erased', { count: erased })}</li>`}${['end', 'never', 'time', 'self'].map((one) => html`<li>${t(`oversight.open.${one}`)}</li>`)}</ul></section>`;
}

function steps(desk: CaseDesk, proof: Proof): Html {
  const { t, language } = desk.page;
  return html`<section aria-labelledby="steps-title"><h2 id="steps-title">${t('oversight.prove.steps')}</h2>
<ol class="book-chain">${proof.steps.map(
    (step) => html`
<li><span class="no">${sayNumber(step.seq, language)}</span><p>${what(desk, step)}</p>
<p class="cite">${bdi(desk.nameOf(step.actor as never))} · ${at(desk, step.at)} · ${place(desk, step)}</p>${step.faults.map(
      (fault) => html`<p class="field-error">${t(`oversight.fault.${fault}`)}</p>`,
    )}</li>`,
  )}</ol></section>`;
}

/** A step whose words are not what was committed to is named by its kind: its words are somebody's. */
const what = (desk: CaseDesk, { event, faults, type }: ProvenStep): Html =>
  event === undefined || faults.includes('changed') ? html`<code>${bdi(type)}</code>` : sayEvent(desk, event).sentence;

function place({ page: { t, language } }: CaseDesk, { index, erased, faults }: ProvenStep): Html {
  if (faults.length > 0) return state(t('oversight.step.wrong'), 'stop');
  if (erased) return state(t('oversight.step.erased'), 'maybe');
  return index === null
    ? state(t('oversight.step.waiting'), 'open')
    : state(t('oversight.step.logged', { index: sayNumber(index, language) }), 'go');
}
