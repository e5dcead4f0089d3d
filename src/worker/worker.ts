// What a node does without being asked: each minute the clock looks at what has run out, files follow the seals of their cases, mail that waits is sent, and the public log has its slot and once a day its audit.

import type { Casework } from '../app/casework/casework.ts';
import { tick } from '../app/casework/clock.ts';
import type { MailPorts } from '../app/casework/mail-ports.ts';
import { deliver } from '../app/casework/mailing.ts';
import type { Sequencer } from '../app/log/publish.ts';
import { countAnew } from '../app/office/count-anew.ts';
import type { OfficeRecords } from '../app/office/ports.ts';
import type { Day } from '../kernel/calendar.ts';

/** Who calls us each minute. Once too often does no harm: what was done is not done again. */
export type EachMinute = (
  queue: 'clock' | 'mail' | 'files' | 'log' | 'audit',
  work: () => Promise<void>,
) => Promise<void>;

export type WorkerPorts = {
  readonly eachMinute: EachMinute;
  readonly work: Casework;
  readonly office: OfficeRecords;
  /** Where no mail server is set, only the outbox: it is kept empty, and what waits is seen on the list alone. */
  readonly mail: MailPorts | Pick<MailPorts, 'outbox'>;
  /** Drops uploads of evidence that were begun and left. */
  readonly clearUploads: () => Promise<number>;
  readonly publicLog: Sequencer;
  /** Holds the log and the rows against the steps, if it is due. */
  readonly audit: () => Promise<unknown>;
  readonly log: { readonly error: (fields: { readonly [name: string]: unknown }, message: string) => void };
};

/** Starts the rounds. A case that fails is logged by its reference and tried again in the next. */
export async function startWorker({
  eachMinute,
  work,
  office,
  mail,
  clearUploads,
  publicLog,
  audit,
  log,
}: WorkerPorts): Promise<void> {
  await eachMinute('clock', async () => {
    // First the terms are put where a change of the office moved them; then what has run out is looked at.
    const anew = await countAnew(work, office);
    for (const { reference, error } of anew.failed)
      log.error({ err: error, reference }, 'the terms of a case could not be counted anew');
    const { failed } = await tick(work);
    for (const { reference, error } of failed)
      log.error({ err: error, reference }, 'the clock could not look at a case');
  });
  const clearLeft = daily(work, clearUploads);
  await eachMinute('files', async () => {
    const { failed } = await work.files.follow();
    for (const { what, error } of failed)
      log.error({ err: error, what }, 'a file could not follow the seal of its case');
    await clearLeft();
  });
  await eachMinute('mail', async () => {
    if (!('send' in mail)) return mail.outbox.empty();
    const { failed } = await deliver(mail);
    if (failed > 0) log.error({ failed }, 'mail could not be sent and will be tried again');
  });
  let said = '';
  await eachMinute('log', async () => {
    const published = await publicLog.publishSlot();
    const wrong = published.is === 'halted' ? published.found : published.is === 'waiting' ? published.why : '';
    // Each minute finds the same; it is said once.
    if (wrong !== '' && wrong !== said)
      log.error(
        { found: wrong },
        published.is === 'halted' ? 'the public log stands still' : 'the public log waits for its witnesses',
      );
    said = wrong;
  });
  await eachMinute('audit', async () => {
    try {
      await audit();
    } catch (error) {
      log.error({ err: error }, 'the self-audit did not come to its end');
    }
  });
}

/** Does it at the first call, and then at the first of each day; what failed is tried again at the next. */
function daily({ world }: Pick<Casework, 'world'>, work: () => Promise<unknown>): () => Promise<void> {
  let last: Day | undefined;
  return async () => {
    const today = world.today();
    if (today === last) return;
    await work();
    last = today;
  };
}
