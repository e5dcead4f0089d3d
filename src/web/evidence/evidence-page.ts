// The evidence tab: what came in and what of it goes beyond the request, its custody, and the packages that were made of it.

import { caseNotReady, releaseOf } from '../../app/evidence/reading.ts';
import { casePage } from '../casework/case-page.ts';
import { sayRefusal } from '../casework/answers.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { type Html, html } from '../html.ts';
import type { Shown, Typed } from '../carrying-out/act-form.ts';
import { keysPart } from './keys-view.ts';
import { objectsPart } from './objects-view.ts';
import { packagesPart } from './packages-view.ts';
import { uploadPart } from './upload-view.ts';

export function evidencePage(desk: CaseDesk, typed: Typed | undefined): Html {
  const shown: Shown = { desk, area: 'evidence', typed };
  const { t } = desk.page;
  const { evidence } = desk.file;
  const waits = caseNotReady(releaseOf(desk.file));
  const open = evidence.objects.flatMap(({ flags }) => flags.filter(({ answer }) => answer === null)).length;
  return casePage({
    desk,
    tab: 'evidence',
    errors: typed?.errors ?? [],
    scripts: can(desk, 'evidence.receive') || can(desk, 'evidence.redact') ? ['evidence'] : [],
    main: html`<section class="after"><h2>${t('evidence.title')}</h2>
${evidence.objects.length > 0 && html`<p class="standing" data-tone="${open > 0 ? 'stop' : 'go'}">${t('evidence.standing', { open })}</p>`}
${objectsPart(shown)}</section>
${uploadPart(shown)}
<section class="after" id="keys"><h2>${t('evidence.keys')}</h2>
${keysPart(shown)}</section>
<section class="after" id="packages"><h2>${t('evidence.packages')}</h2>
${
  evidence.objects.length > 0 &&
  waits.length > 0 &&
  html`<div class="note"><p>${t('evidence.notYet')}</p><ul>${waits.map((one) => html`<li>${sayRefusal(desk, one)}</li>`)}</ul></div>`
}
${packagesPart(shown, waits.length === 0)}</section>`,
  });
}
