// Routes of the office itself: its settings, changed by registrars and read by oversight, and the seals of its cases.

import { type Context, Hono } from 'hono';
import type { Casework } from '../../app/casework/casework.ts';
import { changeOffice } from '../../app/office/change-office.ts';
import type { OfficeRecords } from '../../app/office/ports.ts';
import type { OfficeFault } from '../../app/office/read-office.ts';
import { approversOf } from '../../app/people/manage.ts';
import type { ThresholdProposals } from '../../app/reporting/ports.ts';
import { thresholdNow } from '../../app/reporting/threshold.ts';
import { fieldsOf, one } from '../casework/answers.ts';
import { can, type DeskEnv, signedIn } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { PageContext } from '../context.ts';
import { prover } from '../deciding/step-up.ts';
import { type AccessPorts, requireRole } from '../session.ts';
import { sealingRoutes } from './sealing-routes.ts';
import { settingsPage } from './settings-page.ts';
import { typedFrom, typedIn } from './typed.ts';
import type { SettingsView } from './view.ts';

export type OfficePorts = {
  readonly work: Casework;
  readonly office: OfficeRecords;
  readonly thresholds: ThresholdProposals;
  readonly access: AccessPorts;
};

/** How many changes the page shows. */
const LATEST = 30;

/** /office/settings, and /requests/<reference>/sealing. */
export function officeRoutes({ work, office, thresholds, access }: OfficePorts): Hono<DeskEnv> {
  const show = async (
    c: Context<DeskEnv>,
    status: 200 | 409 | 422,
    given: Partial<Pick<SettingsView, 'typed' | 'errors' | 'standing'>> = {},
  ) => {
    const { desk } = c.var;
    const [standing, changes, threshold, counting, approvers] = await Promise.all([
      given.standing ?? office.standing(),
      office.changes(LATEST),
      thresholdNow({ proposals: thresholds, records: office }),
      office.toCount(null),
      approversOf(access.people),
    ]);
    const people = [threshold.proposed?.by, ...changes.flatMap(({ by, proposed }) => [by, proposed?.by])];
    const names = await work.store.names([...new Set(people.filter((one) => one != null))]);
    const view: SettingsView = {
      standing,
      typed: given.typed ?? typedFrom(standing.office),
      errors: given.errors ?? [],
      mayChange: can(desk, 'office.manage'),
      changes,
      threshold,
      nameOf: (person) => (person === null ? desk.page.t('casework.clock') : (names[person] ?? person)),
      approvers,
      counted: counting && (await office.shareCounted(counting.after)),
      saved: status === 200 && c.req.query('saved') === '1',
    };
    return c.html(settingsPage(desk, view), status);
  };

  return new Hono<DeskEnv>()
    .use('/office/settings', requireRole('office.manage', 'oversight.read') as never, signedIn(work))
    .get('/office/settings', (c) => show(c, 200))
    .post('/office/settings', requireRole('office.manage') as never, async (c) => {
      const { desk } = c.var;
      const fields = await fieldsOf(c);
      const typed = typedIn(fields);
      const ended = await changeOffice(
        { records: office, world: work.world },
        desk.actor,
        typed,
        Number(one(fields, 'version')),
      );
      switch (ended.is) {
        case 'done':
          return c.redirect('/office/settings?saved=1', 303);
        case 'refused':
          return show(c, 422, { typed, errors: ended.faults.map((one) => errorOf(desk.page, one)) });
        case 'conflict':
          return show(c, 409, {
            typed,
            standing: ended.standing,
            errors: [{ field: '', message: desk.page.t('office.conflict') }],
          });
        case 'not-allowed':
          return c.notFound();
      }
    })
    .route('/', sealingRoutes(work, prover(access)));
}

const errorOf = ({ t }: PageContext, { field, code, facts }: OfficeFault): FieldError => ({
  field,
  message: t(`office.fault.${code}`, facts),
});
