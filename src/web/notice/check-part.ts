// "Is this the whole story?": the steps told, how far each can be checked, a file to check them with, and what that does not prove.

import type { ToldStep } from '../../app/notice/told-steps.ts';
import { at } from '../casework/moments.ts';
import { csrfField } from '../components/navigation.ts';
import { type Html, html } from '../html.ts';
import { sayNumber } from '../messages.ts';
import type { StoryView } from './story-view.ts';

export function checkPart(view: StoryView): Html {
  const { page: context, story, code } = view;
  const { t } = context;
  const { steps, untold } = story;
  return html`<section id="check" aria-labelledby="whole"><h2 id="whole">${t('notice.check.title')}</h2>
<p>${t('notice.check.lead')}</p>${view.places === 'disturbed' && html`<p class="note">${t('notice.check.disturbed')}</p>`}
<details class="story-steps"><summary>${t('notice.check.steps', { count: steps.length })}</summary>
<ol>${steps.map((one, n) => stepItem(view, one, n))}
</ol></details>
<h3>${t('notice.check.shows.title')}</h3>
<ul>${['order', 'unchanged', 'two'].map((one) => html`<li>${t(`notice.check.shows.${one}`)}</li>`)}</ul>
<h3>${t('notice.check.not.title')}</h3>
<ul>${untold > 0 && html`<li>${t('notice.check.not.untold', { count: untold })}</li>`}${['words', 'after', 'never'].map((one) => html`<li>${t(`notice.check.not.${one}`)}</li>`)}</ul>
<p>${t('notice.check.court')}</p>
<form method="post" action="/notice" class="no-print" autocomplete="off">${csrfField(context.session)}<input type="hidden" name="code" value="${code}">
<p class="buttons"><button class="ds-button" data-variant="secondary" type="submit" name="do" value="file">${t('notice.check.file')}</button></p></form>
<p class="no-print">${t.rich('notice.check.how', { verify: html`<a class="ds-link" href="/verify">${t('notice.check.verify')}</a>` })}</p></section>`;
}

function stepItem(view: StoryView, { step, event, open }: ToldStep, n: number): Html {
  const { t, language } = view.page;
  const place = view.places === 'disturbed' ? null : view.places[n];
  const stands = place
    ? t('notice.check.stands', { index: sayNumber(place.index, language) })
    : t(view.places === 'disturbed' ? 'notice.check.notAsked' : 'notice.check.waits');
  return html`
<li><span class="story-no">${sayNumber(step.seq, language)}</span><p>${t(`notice.step.${event.type}`)}</p>
<p class="cite">${at(view, step.at)} · ${t(`notice.check.open.${open}`)} · ${stands}</p></li>`;
}
