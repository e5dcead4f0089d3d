// The tasks of a decision on a page: one for each account and category, who has it, and what came of it.

import { isFinal, REPORTS, type Task } from '../../app/casework/executing.ts';
import { standsInTheWay } from '../../app/casework/disclosing.ts';
import { at } from '../casework/moments.ts';
import { bdi, type Html, html } from '../html.ts';
import { actForm, type Shown } from './act-form.ts';
import { choice, mark, record, records, sayItem } from './words.ts';

export function tasksPart(shown: Shown): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { execution, disclosure } = desk.file;
  const waits = standsInTheWay(disclosure);
  const open = waits.conditions.length + waits.assurances.length;
  const left = execution.tasks.filter((task) => !isFinal(task)).length;
  return html`<section id="tasks" class="after"><h2>${t('execution.tasks.title')}</h2>
${
  execution.tasks.length > 0 &&
  html`<p class="standing" data-tone="${execution.completedAt ? 'go' : 'open'}">${
    execution.completedAt
      ? t.rich('execution.tasks.complete', { at: at(desk, execution.completedAt) })
      : t('execution.tasks.left', { count: left })
  }</p>`
}
${open > 0 && execution.tasks.length > 0 && html`<p class="note">${t('execution.tasks.nothingHandedOver', { count: open })}</p>`}
${records(
  execution.tasks.map((task) => taskRecord(shown, task)),
  t('execution.tasks.none'),
)}</section>`;
}

const TONES = {
  open: 'maybe',
  given: 'open',
  'partly-produced': 'open',
  produced: 'go',
  'not-held': 'stop',
  impossible: 'stop',
  cancelled: 'stop',
} as const;

/** Of several the first is reported on first. */
const isReportable = (task: Task): boolean => !isFinal(task) && task.status !== 'open';

function taskRecord(shown: Shown, task: Task): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { no, status, unit, produced, reasons, since } = task;
  return record(
    sayItem(desk, task),
    mark(t(`execution.status.${status}`), TONES[status]),
    [
      unit !== '' && t.rich('execution.task.unit', { unit: bdi(unit) }),
      produced.count > 0 && t('execution.task.produced', { count: produced.count, files: produced.hashes.length }),
      produced.hashes.length > 0 &&
        html`<details class="act-fold hashes"><summary>${t('execution.task.hashes', { count: produced.hashes.length })}</summary><ul>${produced.hashes.map((hash) => html`<li><code dir="ltr">${hash}</code></li>`)}</ul></details>`,
      reasons !== '' && bdi(reasons),
      t.rich('execution.task.since', { at: at(desk, since) }),
    ],
    isFinal(task)
      ? []
      : [
          status !== 'partly-produced' &&
            actForm(shown, {
              act: 'give',
              action: 'execution.assign',
              no,
              primary: status === 'open',
              controls: [{ id: 'unit', kind: 'line', value: unit }],
            }),
          isReportable(task) &&
            actForm(shown, {
              act: 'report',
              action: 'execution.report',
              no,
              primary: no === desk.file.execution.tasks.find(isReportable)?.no,
              controls: [
                choice(desk, 'execution', 'came', REPORTS),
                { id: 'count', kind: 'number', optional: true },
                { id: 'hashes', kind: 'text', optional: true },
                { id: 'reasons', kind: 'text', optional: true },
              ],
            }),
          actForm(shown, {
            act: 'cancel-task',
            action: 'execution.assign',
            no,
            controls: [{ id: 'reasons', kind: 'text' }],
          }),
        ],
  );
}
