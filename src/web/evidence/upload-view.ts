// The form by which an object comes in: the file, for which task and from whom, and what it holds.

import { actForm, type Control, type Option, type Shown } from '../carrying-out/act-form.ts';
import { boxOf, sayItem } from '../carrying-out/words.ts';
import { can } from '../casework/context.ts';
import { casePath } from '../casework/tabs.ts';
import { bdi, type Html, html } from '../html.ts';

/** Statuses of a task for which something may come in. */
const PRODUCING = ['given', 'partly-produced', 'produced'];
/** As the form of a request has them. */
const CATEGORIES = ['subscriber', 'traffic', 'content'] as const;

/** What an object holds: accounts and categories of the request, one that the request does not name, and the time. */
export function coverageControls({ desk }: Shown): Control[] {
  const { t } = desk.page;
  const { targets = [], dataCategories = [] } = desk.file.request.content;
  const asked = targets.flatMap(({ identifierValue }) =>
    [...new Set(dataCategories.map(({ category }) => category))].map((category) => ({
      target: identifierValue ?? '',
      category: category ?? '',
    })),
  );
  return [
    {
      id: 'covers',
      kind: 'boxes',
      options: asked.map((item): Option => ({ value: boxOf(item), text: sayItem(desk, item) })),
    },
    { id: 'from', kind: 'day', optional: true },
    { id: 'to', kind: 'day', optional: true },
    { id: 'otherAccount', kind: 'line', optional: true },
    {
      id: 'otherCategory',
      kind: 'boxes',
      optional: true,
      options: CATEGORIES.map((value) => ({ value, text: t(`request.option.dataCategories.category.${value}`) })),
    },
  ];
}

export function uploadPart(shown: Shown): Html | false {
  const { desk } = shown;
  const { t } = desk.page;
  if (!can(desk, 'evidence.receive')) return false;
  const tasks = desk.file.execution.tasks.filter(({ status }) => PRODUCING.includes(status));
  const heading = html`<h2>${t('evidence.act.receive')}</h2>`;
  if (tasks.length === 0)
    return html`<section class="after" id="receive">${heading}<p class="cite">${t('evidence.noTask')} <a class="ds-link" href="${casePath(desk.file.reference, 'execution')}">${t('casework.tab.execution')}</a></p></section>`;
  const [only] = tasks;
  return html`<section class="after" id="receive">${heading}
${actForm(shown, {
  act: 'receive',
  action: 'evidence.receive',
  primary: true,
  enhance: html` data-upload="${casePath(desk.file.reference, 'evidence')}/uploads" data-failed="${t('evidence.fault.broken')}"`,
  controls: [
    { id: 'file', kind: 'file' },
    {
      id: 'task',
      kind: 'choice',
      ...(tasks.length === 1 && only ? { value: String(only.no) } : {}),
      options: tasks.map((task) => ({
        value: String(task.no),
        text: html`${t('evidence.task', { no: task.no })}: ${sayItem(desk, task)}${task.unit !== '' && html` · ${bdi(task.unit)}`}`,
      })),
    },
    { id: 'receivedFrom', kind: 'line' },
    ...coverageControls(shown),
  ],
})}</section>`;
}
