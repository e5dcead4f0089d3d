// How each day came about by which something is due: rule, start, what did not count, where it stood still, end.

import { clocksOf } from '../../app/casework/project.ts';
import { type Clock, type ClockStep, explain } from '../../domain/calendar/clock.ts';
import { say } from '../../kernel/language.ts';
import { type Html, html } from '../html.ts';
import { clockSource } from './case-page.ts';
import type { CaseDesk } from './context.ts';
import { at, nearness, when } from './moments.ts';

export function clocksSection(desk: CaseDesk): Html {
  const { t } = desk.page;
  const { due, still } = clocksOf(desk.work, desk.file);
  return html`<section id="clocks" class="clocks" aria-labelledby="clocks-title"><h2 id="clocks-title">${t('casework.clocksOf.title')}</h2>
${
  due.length + still.length === 0
    ? html`<p>${t('casework.noClocks')}</p>`
    : html`<p>${t('casework.clocksOf.lead')}</p>
<dl class="clock-list">${still.map(
        ({ kind, clock }) => html`
<div class="clock-account"><dt>${t(`casework.due.${kind}`)}</dt><dd><p><b>${t('casework.standsStill')}</b></p>${account(desk, clock)}</dd></div>`,
      )}${due.map(
        ({ kind, on, whose, clock }) => html`
<div class="clock-account" data-near="${nearness(desk, on)}"><dt>${t(`casework.due.${kind}`)}</dt>
<dd><p>${when(desk, on)} <span class="cite">${t(`casework.whose.${whose}`)}</span></p>
${clock ? account(desk, clock) : html`<p class="cite">${t('casework.clocksOf.byPerson')}</p>`}</dd></div>`,
      )}</dl>`
}</section>`;
}

const account = (desk: CaseDesk, clock: Clock): Html =>
  html`<ol class="clock-steps">${explain(clock, desk.work.office().settings.calendar).map(
    (step) => html`<li>${sayStep(desk, step)}</li>`,
  )}</ol>`;

function sayStep(desk: CaseDesk, step: ClockStep): Html {
  const { t, language } = desk.page;
  const line = (values: Parameters<typeof t.rich>[1]): Html => t.rich(`casework.clocksOf.${step.code}`, values);
  switch (step.code) {
    case 'started':
      return line({ at: at(desk, step.at) });
    case 'counted':
      return html`${clockSource(desk, step)}`;
    case 'weekend-skipped':
      return line({ days: step.days });
    case 'holiday-skipped':
      return line({
        day: at(desk, step.day),
        name: step.name ? say(step.name, language) : t('casework.clocksOf.holiday'),
      });
    case 'paused': {
      const lost = t(`casework.unit.${step.unit === 'hours' ? 'hours' : 'calendar-days'}`, {
        count: Math.round(step.lost),
      });
      return line({
        from: at(desk, step.from),
        to: at(desk, step.to),
        why: t(`casework.clocksOf.why.${step.why}`),
        lost,
      });
    }
    case 'standing-still':
      return line({ from: at(desk, step.from), why: t(`casework.clocksOf.why.${step.why}`) });
    case 'ends':
      return line({ on: at(desk, step.on) });
  }
}
