// Oversight's space for tests: the pages over a real database and a real log, with cases of the kinds that its lists are of.

import { openOversight } from '../../src/adapters/postgres/oversight/open-oversight.ts';
import { openedSteps } from '../../src/adapters/postgres/casework/openings.ts';
import { caseKeys } from '../../src/adapters/keys/case-keys.ts';
import { readingRecords } from '../../src/adapters/postgres/readings.ts';
import { orderSecrecy } from '../../src/app/casework/disclosing.ts';
import { receiveComplaint } from '../../src/app/casework/notifying.ts';
import { sealCase } from '../../src/app/casework/sealing.ts';
import { personKeyName } from '../../src/app/people/enrol.ts';
import type { OversightPorts } from '../../src/app/oversight/book-ports.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { caseworkRoutes } from '../../src/web/casework/routes.ts';
import { readingsRoutes } from '../../src/web/office/readings-routes.ts';
import { oversightRoutes } from '../../src/web/oversight/routes.ts';
import { openFrontDoor, type Visitor } from '../casework/front-door.ts';
import { openTestLog, type TestLog } from '../log/support.ts';
import { CONTENT, done, type Staff, takeIn } from '../support/casework.ts';
import { arrives, decided } from '../support/decided.ts';

export type Space = {
  readonly door: Awaited<ReturnType<typeof openFrontDoor>>;
  readonly log: TestLog;
  readonly ports: OversightPorts;
  readonly people: {
    readonly [who in 'duty' | 'rana' | 'ada' | 'aldo' | 'olga' | 'remy' | 'emil']: Visitor;
  };
  readonly staff: Staff;
  /** Told and complained about, with long secrecy; an emergency; sealed; and some that are nothing of the kind. */
  readonly cases: { readonly [which in 'told' | 'urgent' | 'sealed' | 'plain']: CaseFile };
  /** The log publishes so many batches. */
  readonly publish: (batches: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openSpace(data: string): Promise<Space> {
  const door = await openFrontDoor();
  const { front, office } = door;
  const {
    people,
    office: { staff },
  } = await door.hire('duty', 'rana', 'ada', 'aldo', 'olga', 'remy', 'emil');
  const log = await openTestLog(office.db, data, { cadence: { every: 300, places: 128, reserved: 2 } });
  const keys = caseKeys(office.ports.vault, office.ports.secrets, personKeyName);
  const ports = openOversight(office.db, {
    work: front,
    steps: (by, id) => openedSteps(office.db, keys, by, id),
    log: log.ports,
  });
  door.app
    .route('/', caseworkRoutes({ work: front }))
    .route('/', readingsRoutes(front, readingRecords(office.db)))
    .route('/', oversightRoutes(ports));
  const cases = await make(front, staff, people.aldo);
  return {
    door,
    log,
    ports,
    people,
    staff,
    cases,
    publish: async (batches) => {
      for (let n = 0; n < batches; n++) {
        const published = await log.publish();
        if (published.is !== 'published') throw new Error(JSON.stringify(published));
        log.pass();
      }
    },
    close: door.close,
  };
}

async function make(work: Space['door']['front'], staff: Staff, aldo: Visitor): Promise<Space['cases']> {
  const officer = staff['duty-officer'];
  const told = await decided({ work, staff }, await arrives({ work, staff }));
  const target = { reference: told.reference, version: null };
  const today = work.world.today();
  done(
    await orderSecrecy(work, staff.approver, target, {
      ground: 'Order 12/2028 of the district court',
      reasons: 'Others could be warned.',
      until: addDays(today, 200),
      reviewOn: addDays(today, 60),
    }),
  );
  done(await receiveComplaint(work, officer, target, { notice: null, text: 'Nobody told me why.' }));
  const urgent = await takeIn(work, officer, {
    content: { ...CONTENT, urgency: { level: 'emergency', reason: 'A life is at stake.' } } as typeof CONTENT,
  });
  const sealed = await takeIn(work, officer);
  done(
    await sealCase(
      work,
      staff.approver,
      { reference: sealed.reference, version: null },
      { to: [aldo.id, officer.id], reason: 'A threatened witness could be told.' },
    ),
  );
  const plain = await takeIn(work, officer);
  for (let n = 0; n < 6; n++) await takeIn(work, officer);
  return { told, urgent, sealed, plain };
}
