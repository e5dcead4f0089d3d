// What each kind of rule does, as a shape: the words are in the messages law.effect.*.

import type { Effect } from '../../law/provision.ts';
import type { Tone } from '../components/outcome.ts';

/** In the order in which a request is held against them; a duty, an option or a bar does not decide about it. */
const TONES: { readonly [E in Effect]: Tone | null } = {
  scope: 'stop',
  'refuse-must': 'stop',
  'refuse-may': 'maybe',
  safeguard: 'maybe',
  form: 'open',
  condition: 'conditions',
  'bar-to-refusal': null,
  option: null,
  duty: null,
};

export const EFFECTS = Object.keys(TONES) as readonly Effect[];

export const toneOfEffect = (effect: Effect): Tone | null => TONES[effect];
