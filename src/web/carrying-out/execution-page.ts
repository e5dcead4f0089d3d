// The execution tab: the hold, the call back and validation of an emergency, the tasks, and what binds the recipient.

import { casePage } from '../casework/case-page.ts';
import type { CaseDesk } from '../casework/context.ts';
import type { Html } from '../html.ts';
import { html } from '../html.ts';
import type { Shown, Typed } from './act-form.ts';
import { bindings } from './bindings-view.ts';
import { emergencyPart } from './emergency-view.ts';
import { holdPart } from './hold-view.ts';
import { tasksPart } from './tasks-view.ts';

export function executionPage(desk: CaseDesk, typed: Typed | undefined): Html {
  const shown: Shown = { desk, area: 'execution', typed };
  return casePage({
    desk,
    tab: 'execution',
    errors: typed?.errors ?? [],
    main: html`${emergencyPart(shown)}${holdPart(shown)}${tasksPart(shown)}${bindings(shown)}`,
  });
}
