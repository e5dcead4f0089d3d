// Every role against every act and every table, from the office's own table of who may do what: nothing is hand-picked.
// Attacker: a signed-in person who asks for more than their roles give, by page, by use case, or by SQL as the application.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import type { Casework, Target } from '../../src/app/casework/act.ts';
import { answerQuestion, stateFact } from '../../src/app/casework/assessing.ts';
import { assignCase, declare } from '../../src/app/casework/assign.ts';
import { closeCase } from '../../src/app/casework/closing.ts';
import {
  countersignDecision,
  proposeDecision,
  recordConsultation,
  sendBackDecision,
  withdrawDecision,
} from '../../src/app/casework/deciding.ts';
import * as disclosing from '../../src/app/casework/disclosing.ts';
import * as evidence from '../../src/app/evidence/custody.ts';
import * as executing from '../../src/app/casework/executing.ts';
import * as desk from '../../src/app/casework/front-desk.ts';
import * as holding from '../../src/app/casework/holding.ts';
import * as notifying from '../../src/app/casework/notifying.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import type { Draft } from '../../src/domain/decisions/decision.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { Arrived, Package } from '../../src/domain/evidence/evidence.ts';
import { type Role, ROLES } from '../../src/domain/registry/person.ts';
import { type Action, POLICY } from '../../src/domain/registry/policy.ts';
import type { Day } from '../../src/kernel/calendar.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { arrives } from '../support/decided.ts';
import { openOffice, type TestOffice } from '../support/casework.ts';

let office: TestOffice;
let file: CaseFile;
before(async () => {
  office = await openOffice();
  file = await arrives(office);
});
after(() => office.close());

type Attempt = (work: Casework, actor: Actor, target: Target) => Promise<{ readonly is: string }>;
const DAY = '2028-04-01' as Day;
const WORDS = 'Reasons long enough for anybody to follow them.';
const DRAFT: Draft = {
  disposition: 'execute',
  grounds: [],
  conditions: [],
  items: [],
  reasons: WORDS,
  contraryReasons: WORDS,
  until: '',
  passTo: '',
  language: 'en',
};

const ARRIVED = { object: '', name: '', mediaType: '', size: 0, sha256: '' } as unknown as Arrived;
const PACKAGE: Omit<Package, 'recipient'> = {
  package: '',
  no: 1,
  objects: [],
  fingerprints: [],
  purpose: '',
  signed: '',
  sha256: '',
  size: 0,
  bag: '',
  timeStamp: null,
  asOf: 1,
};

/** One way to try each act that concerns a case. What has no use case of its own is named below, with why. */
const ATTEMPTS: { readonly [A in Exclude<Action, keyof typeof ELSEWHERE>]: Attempt } = {
  'request.receive': desk.acknowledge,
  'request.return': (work, actor, target) => desk.returnRequest(work, actor, target, ['missing /targets'], WORDS),
  'request.withdraw': (work, actor, target) => desk.withdraw(work, actor, target, WORDS),
  'request.link': (work, actor, target) => desk.linkTo(work, actor, target, 'BB-2028-999999', 'related'),
  'request.send': desk.send,
  'emergency.call-back': (work, actor, target) =>
    executing.callBack(work, actor, target, {
      number: '1',
      numberFrom: '',
      calledAt: '2028-03-01T00:00:00.000Z' as Instant,
      answeredBy: '',
      outcome: 'no-answer',
      remarks: '',
    }),
  'emergency.validate': (work, actor, target) =>
    executing.validateEmergency(work, actor, target, { decisionNo: 1, authority: 'A', reasons: WORDS }),
  'hold.order': (work, actor, target) =>
    holding.orderHold(work, actor, target, { holder: '', what: [], until: DAY, reasons: '' }),
  'hold.confirm': (work, actor, target) =>
    holding.confirmOrder(work, actor, target, { order: 1, held: [], notFound: [], otherProviderInPath: '' }),
  'hold.extend': (work, actor, target) =>
    holding.extendOrder(work, actor, target, { order: 1, until: DAY, reasons: WORDS }),
  'hold.release': (work, actor, target) =>
    holding.letHoldGo(work, actor, target, { ground: 'ordered-by-court', reasons: WORDS, message: WORDS }),
  'assessment.answer': (work, actor, target) =>
    answerQuestion(work, actor, target, { fact: 'rights.tortureRisk', value: false, reasons: '' }),
  'assessment.state': (work, actor, target) =>
    stateFact(work, actor, target, { fact: 'safeguard.remedy', value: true, reasons: '' }),
  'decision.consult': (work, actor, target) =>
    recordConsultation(work, actor, target, { with: '', on: '', result: '' }),
  'decision.propose': (work, actor, target) => proposeDecision(work, actor, target, DRAFT, '0'.repeat(64)),
  'decision.withdraw': withdrawDecision,
  'decision.send-back': (work, actor, target) => sendBackDecision(work, actor, target, WORDS),
  'decision.countersign': (work, actor, target) => countersignDecision(work, actor, target, '0'.repeat(64)),
  'decision.review': (work, actor, target) =>
    notifying.decideReview(work, actor, target, { review: 1, outcome: 'stands', reasons: WORDS } as never),
  'execution.assign': (work, actor, target) => executing.giveTask(work, actor, target, { task: 1, unit: 'U' }),
  'execution.report': (work, actor, target) =>
    executing.reportTask(work, actor, target, { task: 1, came: 'not-held', count: 0, hashes: [], reasons: WORDS }),
  'evidence.receive': (work, actor, target) =>
    evidence.receiveObject(work, actor, target, { task: 1, receivedFrom: '', covers: [], arrived: ARRIVED }),
  'evidence.look': (work, actor, target) =>
    evidence.seeObject(work, actor, target, { object: ARRIVED.object, how: 'preview' }),
  'evidence.copy': (work, actor, target) =>
    evidence.copyObject(work, actor, target, { object: ARRIVED.object, to: '', purpose: '', signed: '' }),
  'evidence.redact': (work, actor, target) =>
    evidence.redactObject(work, actor, target, { of: ARRIVED.object, removed: '', covers: [], arrived: ARRIVED }),
  'evidence.scope': (work, actor, target) =>
    evidence.answerFlag(work, actor, target, { object: ARRIVED.object, flag: 1, say: 'within', reasons: WORDS }),
  'evidence.key-enter': (work, actor, target) =>
    evidence.enterKey(work, actor, target, { no: null, name: '', key: '' }),
  'evidence.key-confirm': (work, actor, target) =>
    evidence.confirmKey(work, actor, target, { no: 1, read: '', how: '' }),
  'evidence.package': (work, actor, target) => evidence.recordPackage(work, actor, target, PACKAGE),
  'evidence.hand-over': (work, actor, target) =>
    evidence.handOverPackage(work, actor, target, { package: '', to: '', how: '', signed: '' }),
  'disclosure.conditions': (work, actor, target) =>
    disclosing.proposeCondition(work, actor, target, { text: '', dueOn: null }),
  'disclosure.other-use': (work, actor, target) =>
    disclosing.ruleOtherUse(work, actor, target, { use: 1, allowed: true, reasons: WORDS }),
  'secrecy.order': (work, actor, target) => disclosing.liftSecrecy(work, actor, target, { order: 1, reasons: WORDS }),
  'notice.delay': (work, actor, target) =>
    notifying.delayNotice(work, actor, target, { notice: 1, ground: '', reasons: '', until: DAY } as never),
  'notice.send': (work, actor, target) =>
    notifying.noticeNeededAgain(work, actor, target, { notice: 99, reasons: WORDS }),
  'complaint.record': (work, actor, target) =>
    notifying.receiveComplaint(work, actor, target, { notice: null, text: '' }),
  'complaint.answer': (work, actor, target) => notifying.complaintRemedied(work, actor, target, { complaint: 1 }),
  'case.assign': (work, actor, target) => assignCase(work, actor, target, 'nobody-of-this-office' as never),
  'case.close': (work, actor, target) => closeCase(work, actor, target, ''),
  'conflict.declare': (work, actor, target) => declare(work, actor, target, ''),
};
const ELSEWHERE = {
  'case.read': 'reading, below',
  'docket.read': 'reading, below',
  'oversight.read': 'reading, below',
  'oversight.record': 'test/oversight',
  'finding.answer': 'test/oversight',
  'request.draft': 'opens a case; test/casework',
  'request.amend': 'goes with a draft of its own; test/casework/intake',
  'request.supplement': 'goes with a draft of its own; test/casework/intake',
  'letter.issue': 'prints; test/casework/deciding',
  'case.export': 'test/casework/exporting',
  'case.seal': 'test/casework/sealed',
  'case.unseal': 'test/casework/sealed',
  'figures.publish': 'test/reporting',
  'figures.threshold': 'test/reporting/threshold',
  'people.manage': 'test/people',
  'office.manage': 'test/casework/office',
} as const;

for (const role of ROLES)
  test(`a person who is ${role} and nothing else does what the table gives that role, and nothing more`, async () => {
    const { work, staff } = office;
    const target: Target = { reference: file.reference, version: null };
    for (const [action, attempt] of Object.entries(ATTEMPTS)) {
      const given = (POLICY[action as Action] as readonly Role[]).includes(role);
      const { is } = await attempt(work, staff[role], target);
      if (given) assert.notEqual(is, 'not-allowed', `${role} may ${action}`);
      else assert.equal(is, 'not-allowed', `${role} must not ${action}`);
    }
    // A role that is claimed and not held: the table lets it pass, the database shows no case to it.
    if (role === 'registrar') {
      const pretending = { id: staff.registrar.id, roles: ROLES };
      for (const attempt of Object.values(ATTEMPTS))
        assert.ok(['absent', 'refused'].includes((await attempt(work, pretending, target)).is));
    }
  });

/** What each role sees of a case and of the docket: the same table, asked of the store. */
test('who may read a case sees it, and to everybody else it is not there', async () => {
  const { work, staff } = office;
  for (const role of ROLES) {
    const seen = await work.store.read(staff[role].id, file.reference, 'request');
    // An executing unit sees what it is to execute, and this case is not decided.
    const given = (POLICY['case.read'] as readonly Role[]).includes(role) && role !== 'executing-unit';
    assert.equal(seen !== undefined, given, role);
  }
});

const TABLES = [
  'case_file',
  'event',
  'opening',
  'commitment',
  'deadline',
  'assessment',
  'decision',
  'execution_task',
  'document',
  'case_mark',
  'conflict_of_interest',
  'case_grant',
  'reading',
  'notice_code',
  'evidence_key',
  'evidence_sealing',
] as const;
/** Roles that work on every case. */
const WORKING: readonly Role[] = ['duty-officer', 'reviewer', 'approver'];

for (const role of [...ROLES, 'nobody'] as const)
  test(`as the application's role in SQL, ${role} sees and changes no more than that`, async () => {
    const { app, staff } = office;
    const id =
      role === 'nobody' ? ('00000000-0000-4000-8000-00000000ffff' as typeof staff.reviewer.id) : staff[role].id;
    const rows = async (query: string): Promise<number> => {
      try {
        const { rows: found, numAffectedRows } = await asPerson(app.db, id, (tx) => sql.raw<object>(query).execute(tx));
        return Number(numAffectedRows ?? found.length);
      } catch (error) {
        // Not permitted at all, or stopped by a guard: as good as none.
        assert.match(
          String(error),
          /permission denied|row-level security|never changed|violates|check_violation|rests on|two people/,
        );
        return 0;
      }
    };
    const working = WORKING.includes(role as Role);
    for (const table of TABLES) {
      if (table === 'commitment') continue; // public, and says nothing
      const seen = await rows(`select * from ${table}`);
      if (!working && role !== 'oversight') assert.equal(seen, 0, `${role} reads ${table}`);
      // Nobody rewrites or takes away what was recorded, whoever they are.
      if (['event', 'assessment', 'document', 'conflict_of_interest', 'reading', 'opening'].includes(table)) {
        const column = table === 'reading' ? 'part' : table === 'event' ? 'type' : 'case_id';
        assert.equal(await rows(`update ${table} set ${column} = ${column}`), 0, `${role} changes ${table}`);
        assert.equal(await rows(`delete from ${table}`), 0, `${role} deletes from ${table}`);
      }
      if (!working) {
        const column = table === 'reading' ? 'part' : 'case_id';
        const own = table === 'case_file' ? 'id' : column;
        assert.equal(await rows(`update ${table} set ${own} = ${own}`), 0, `${role} changes ${table}`);
        assert.equal(await rows(`delete from ${table}`), 0, `${role} deletes from ${table}`);
      }
    }
    assert.equal(await rows('delete from case_file'), 0);
    assert.equal(await rows("update person_role set role = 'approver' where false"), 0);
  });

test('the table of who may do what names every act that pages offer, and no act is left without a try', () => {
  assert.deepEqual([...Object.keys(ATTEMPTS), ...Object.keys(ELSEWHERE)].sort(), Object.keys(POLICY).sort());
});
