// How the use cases about people say no: one line, with the field of the form that it is about.

import { accept } from '../../kernel/outcome.ts';
import type { Answer, PeopleSettings, Problem } from './ports.ts';

/** `code` without its `people.`; the message is `people.refusal.<code>`. */
export const wrong = (
  code: string,
  field = '',
  facts?: Problem['facts'],
): { readonly ok: false; readonly faults: readonly Problem[] } => ({
  ok: false,
  faults: [{ code: `people.${code}`, field, ...(facts && { facts }) }],
});

export const done: Answer<undefined> = accept(undefined);

/** What holds where an office has set nothing else. */
export const DEFAULT_SETTINGS: PeopleSettings = {
  idleMinutes: 15,
  sessionHours: 8,
  stepUpMinutes: 2,
  invitationHours: 72,
  approversNeedHardware: false,
};
