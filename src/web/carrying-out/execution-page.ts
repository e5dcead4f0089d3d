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
  // Before the decision data are held; after it they are produced.
  const parts = desk.file.execution.tasks.length === 0 ? [holdPart, tasksPart] : [tasksPart, holdPart];
  return casePage({
    desk,
    tab: 'execution',
    errors: typed?.errors ?? [],
    main: html`${emergencyPart(shown)}${parts.map((part) => part(shown))}${bindings(shown)}`,
  });
}
