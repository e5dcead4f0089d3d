// Outcomes and verdicts as a word and a shape: the colour only repeats what both say.

import type { Verdict } from '../../law/provision.ts';
import type { OutcomeName } from '../../law/verdict.ts';
import type { LawContext } from '../context.ts';
import { type Html, html } from '../html.ts';

export type Tone = 'stop' | 'maybe' | 'open' | 'conditions' | 'go';

const TONES: { readonly [O in OutcomeName]: Tone } = {
  'no-basis': 'stop',
  'must-refuse': 'stop',
  'may-refuse': 'maybe',
  'needs-information': 'open',
  'needs-conditions': 'conditions',
  'may-execute': 'go',
};

export const toneOf = (outcome: OutcomeName): Tone => TONES[outcome];

/** The shapes differ in outline, so that they are told apart in black and white. Drawn, not typed: no font decides. */
const SHAPES: { readonly [T in Tone]: Html } = {
  stop: html`<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z"/><path class="cut" d="M7 12h10"/>`,
  maybe: html`<path d="M12 2 23 21H1z"/><path class="cut" d="M12 9v6m0 2.4v.2"/>`,
  open: html`<circle class="line" cx="12" cy="12" r="9.5"/><path class="stroke" d="M9.2 9.3a2.9 2.9 0 1 1 4.3 2.5c-1 .6-1.5 1.2-1.5 2.4m0 2.6v.2"/>`,
  conditions: html`<path d="M12 1.5 22.5 12 12 22.5 1.5 12z"/><path class="cut" d="M8 12h.2m3.7 0h.2m3.7 0h.2"/>`,
  go: html`<circle cx="12" cy="12" r="10.5"/><path class="cut" d="m7 12.4 3.4 3.4L17 9"/>`,
};

/** The shape of a tone. It repeats a word that stands beside it, so it is hidden from readers by ear. */
export const shape = (tone: Tone): Html =>
  html`<svg class="shape" data-tone="${tone}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${SHAPES[tone]}</svg>`;

/** An outcome as a tag within a sentence or a table. */
export const outcomeTag = ({ t }: Pick<LawContext, 't'>, outcome: OutcomeName): Html =>
  html`<span class="outcome" data-tone="${toneOf(outcome)}">${shape(toneOf(outcome))}${t(`site.outcome.${outcome}`)}</span>`;

const VERDICT_TONES: { readonly [V in Verdict]: Tone } = {
  met: 'go',
  'not-met': 'maybe',
  undetermined: 'open',
  'not-applicable': 'open',
};

/** A verdict as a tag: for worked cases and tables, where met or not is no praise and no blame. */
export const verdictTag = ({ t }: Pick<LawContext, 't'>, verdict: Verdict): Html =>
  html`<span class="outcome" data-tone="${VERDICT_TONES[verdict]}" data-verdict="${verdict}">${t(`site.verdict.${verdict}`)}</span>`;
