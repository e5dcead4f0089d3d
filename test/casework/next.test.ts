// What a page offers as next is what somebody in the office can do: the cases of the demonstration are played, and asked after every step.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DEMO_PROFILE, loadDemoOffice } from '../../src/adapters/files/demo-store.ts';
import { loadPolicy } from '../../src/adapters/files/law-store.ts';
import { assessCase } from '../../src/app/casework/assess-case.ts';
import { nextFor } from '../../src/app/casework/assessing.ts';
import { adviceOn, drawUp } from '../../src/app/casework/deciding.ts';
import { nextIn } from '../../src/app/casework/next-step.ts';
import { staffFrom } from '../../src/app/demo/open.ts';
import { seedDemonstration } from '../../src/app/demo/seed.ts';
import { consult, countersign, obstacles } from '../../src/domain/decisions/decide.ts';
import { openProposal } from '../../src/domain/decisions/decision.ts';
import { endSecrecy } from '../../src/domain/disclosure/secrecy.ts';
import { type CaseEvent, type CaseFile, evolve, folded, type Reference } from '../../src/domain/docket/case-file.ts';
import { close } from '../../src/domain/docket/close.ts';
import type { NextStep } from '../../src/domain/docket/next.ts';
import { stageOf } from '../../src/domain/docket/standing.ts';
import { notHandedOver } from '../../src/domain/evidence/evidence.ts';
import { give, produce } from '../../src/domain/execution/decide.ts';
import { send as tell } from '../../src/domain/notice/decide.ts';
import { isOpen } from '../../src/domain/notice/notice.ts';
import * as remedy from '../../src/domain/notice/remedy.ts';
import { isRole } from '../../src/domain/registry/person.ts';
import { type Action, may } from '../../src/domain/registry/policy.ts';
import * as requests from '../../src/domain/requests/decide.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { type Instant, startOfDay } from '../../src/kernel/instant.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { openOffice, type TestOffice } from '../support/casework.ts';

/** A case as it was after one of its steps, and when that was. */
type Moment = { readonly file: CaseFile; readonly at: Instant };

const HASH = 'a'.repeat(64);
const TEXT = 'Said at a length that is enough for a reason.';

describe('what comes next in a case', () => {
  let office: Pick<TestOffice, 'work' | 'staff' | 'close'>;
  let moments: Moment[];
  before(async () => {
    const opened = await openOffice();
    const policy = await loadPolicy(opened.work.law.book.rules, DEMO_PROFILE);
    assert(policy.ok);
    const work = { ...opened.work, law: { ...opened.work.law, policy: policy.value } };
    office = { work, staff: opened.staff, close: opened.close };
    const data = loadDemoOffice();
    const written = { ...data, requests: data.requests.slice(0, 40) };
    await seedDemonstration(work, staffFrom(Object.values(opened.staff)), written, opened.clock.now());
    moments = await played();
  });
  after(() => office.close());

  /** Every case after each of its steps: what happened at one moment by one person is one step with what follows of it. */
  async function played(): Promise<Moment[]> {
    const { work, staff } = office;
    const found: Moment[] = [];
    for (const closed of [false, true]) {
      const { lines } = await work.store.docket(staff.reviewer.id, { sort: 'received', size: 200, closed });
      for (const { reference } of lines) {
        const file = await work.store.read(staff.reviewer.id, reference, 'test');
        assert(file);
        const history = await work.store.history(staff.reviewer.id, file.id);
        for (const [n, { at }] of history.entries()) {
          if (history[n + 1]?.at === at) continue;
          const then = folded(history.slice(0, n + 1));
          if (then) found.push({ file: then, at });
        }
      }
    }
    return found;
  }

  /** For each act that is offered: under which entry of the table of roles it is done, and whether the decider takes it. */
  const OFFERS: { readonly [step: string]: readonly [action: Action, accepts: (moment: Moment) => boolean] } = {
    'finish-draft': ['request.amend', ({ file }) => requests.amend(file.request, file.request.content, TEXT).ok],
    acknowledge: ['request.receive', ({ file }) => requests.acknowledge(file.request).ok],
    'answer-questions': [
      'assessment.answer',
      ({ file }) => nextFor(office.work.law, file, office.staff.approver2) !== undefined,
    ],
    propose: ['decision.propose', ({ file }) => proposes(file)],
    consult: [
      'decision.consult',
      ({ file }) => consult(file.decisions, { with: TEXT, on: '2028-01-10', result: TEXT }).ok,
    ],
    resume: ['decision.propose', ({ file }) => proposes(file)],
    countersign: [
      'decision.countersign',
      ({ file }) => {
        const hash = openProposal(file.decisions)?.hash ?? '';
        return countersign(file.decisions, hash, adviceOn(office.work, file), office.staff.approver2.id).ok;
      },
    ],
    'hand-out': [
      'execution.assign',
      ({ file, at }) => {
        const open = file.execution.tasks.find(({ status }) => status === 'open');
        const given = { task: open?.no ?? 0, unit: 'Unit' };
        return give(file.execution, given, office.staff['duty-officer'].id, at).ok;
      },
    ],
    produce: [
      'execution.report',
      ({ file, at }) => {
        const given = file.execution.tasks.find(({ status }) => status === 'given' || status === 'partly-produced');
        const came = { task: given?.no ?? 0, count: 1, hashes: [HASH] };
        return produce(file.execution, came, office.staff['executing-unit'].id, at).ok;
      },
    ],
    tell: [
      'notice.send',
      ({ file, at }) => {
        const { calendar } = office.work.office().settings;
        return file.notice.notices.filter(isOpen).some(({ no: notice }) => {
          const sending = { notice, channel: 'Post', codeHash: HASH, disclosure: file.disclosure };
          return tell(file.notice, sending, office.staff.reviewer.id, at, calendar).ok;
        });
      },
    ],
    'hand-over': ['evidence.hand-over', ({ file }) => notHandedOver(file.evidence).length > 0],
    close: ['case.close', ({ file }) => close(file, TEXT, '').ok],
  };

  /** What is waited for: it comes about by itself after its day, or the other side owes it. */
  const WAITS: { readonly [step: string]: (file: CaseFile, next: NextStep) => boolean } = {
    'await-answer': ({ direction }, { turn }) => direction === 'outgoing' && turn === 'requested',
    'await-supplement': (_file, { turn }) => turn === 'requesting',
    'secrecy-ends': (file, { until }) => {
      const after = startOfDay(addDays(until ?? ('2000-01-01' as never), 2));
      const ended = endSecrecy(file.disclosure, 'clock', after, office.work.office().settings.calendar);
      return ended.ok && ended.value.length > 0;
    },
    none: ({ closed }, { turn }) => closed !== null && turn === 'nobody',
  };

  function proposes(file: CaseFile): boolean {
    const { work, staff } = office;
    const draft = {
      grounds: [],
      conditions: [],
      items: [],
      reasons: TEXT,
      contraryReasons: TEXT,
      until: '',
      language: 'en',
    };
    return drawUp(work, file, { ...draft, disposition: 'pass-on', passTo: 'Elsewhere' } as never, staff.reviewer.id).ok;
  }

  test('after each step of each case, somebody whose turn it is can do what is offered, or what is waited for comes', () => {
    const seen = new Set<string>();
    for (const moment of moments) {
      const { file } = moment;
      const next = nextIn(office.work, file);
      const said = `${file.reference}, ${stageOf(file)}: ${next.turn}, ${next.step}`;
      seen.add(`${stageOf(file)} ${next.step}`);
      const [action, accepts] = OFFERS[next.step] ?? [];
      if (action && accepts) {
        assert(isRole(next.turn) && may([next.turn], action), said);
        assert(accepts(moment), said);
      } else assert(WAITS[next.step]?.(file, next), said);
    }
    for (const expected of [
      'executed secrecy-ends',
      'executed tell',
      'executing hand-out',
      'executing produce',
      'refused close',
    ])
      assert(seen.has(expected), `${expected}: ${[...seen].join(', ')}`);
  });

  test('where a request is to be refused and the law wants a consultation first, that is what comes next, until it was held', () => {
    let seen = 0;
    for (const { file: is } of moments) {
      // As it was before it was decided.
      const file = { ...is, closed: null, decisions: { ...is.decisions, proposals: [] } };
      if (stageOf(file) !== 'ready') continue;
      const assessed = assessCase(office.work.law, file, 'en')?.assessment;
      const met = (assessed?.findings ?? []).flatMap(({ verdict, provision }) =>
        verdict === 'met' ? [provision] : [],
      );
      const wants = (provisions: readonly string[]): TestOffice['work'] => {
        const standing = office.work.office();
        const settings = { ...standing.settings, 'consult-first': provisions };
        return { ...office.work, office: () => ({ ...standing, settings }) };
      };
      const [asked, not] = [wants(met), wants([])];
      assert.equal(nextIn(not, file).step, 'propose');
      if (file.assessment.latest?.outcome !== 'must-refuse') continue;
      seen += 1;
      assert.deepEqual(nextIn(asked, file), { turn: 'reviewer', step: 'consult' });
      const draft = { disposition: 'refuse', grounds: [], conditions: [], items: [], reasons: TEXT } as never;
      const held = [{ with: TEXT, on: '2028-01-10', result: TEXT, by: office.staff.reviewer.id }] as never;
      const after = { ...file, decisions: { ...file.decisions, consultations: held } };
      const inTheWay = (one: CaseFile): boolean => {
        const advice = adviceOn(asked, one);
        assert(advice);
        return obstacles(one.decisions, draft, advice).some(({ code }) => code === 'decisions.consult-first');
      };
      assert.deepEqual([inTheWay(file), inTheWay(after)], [true, false]);
      assert.equal(nextIn(asked, after).step, 'propose');
    }
    assert(seen > 0);
  });

  test('a case is offered to be closed exactly when nothing keeps it open', () => {
    for (const { file } of moments) {
      if (!['executed', 'refused', 'passed-on', 'withdrawn'].includes(stageOf(file))) continue;
      assert.equal(nextIn(office.work, file).step === 'close', close(file, TEXT, '').ok, file.reference);
    }
  });

  test('a complaint is acknowledged, then answered by an approver who did not decide', () => {
    const told = moments.findLast(({ file }) => stageOf(file) === 'executed' && file.direction === 'incoming');
    assert(told);
    const { work, staff } = office;
    const { calendar } = work.office().settings;
    const rule = { kind: 'calendar-days', count: 5, source: 'setting' } as const;
    const later = (file: CaseFile, decided: Outcome<readonly CaseEvent[], unknown>): CaseFile => {
      assert(decided.ok);
      return decided.value.reduce((one, event) => evolve(one, event, told.at, staff['duty-officer'].id), file);
    };
    const by = [told.file.decisions.proposals.at(-1)].flatMap((one) => [one?.by, one?.countersigned?.by]);
    const said = { notice: null, text: TEXT, rules: { acknowledge: rule, answer: rule } };
    const complained = later(
      told.file,
      remedy.receiveComplaint(told.file.notice, said, staff['duty-officer'].id, told.at, calendar),
    );
    assert.deepEqual(nextIn(work, complained), { turn: 'approver', step: 'acknowledge-complaint' });
    const known = later(
      complained,
      remedy.acknowledgeComplaint(complained.notice, { complaint: 1 }, staff['duty-officer'].id, told.at, calendar),
    );
    assert.deepEqual(nextIn(work, known), { turn: 'approver', step: 'answer-complaint', except: by });
  });

  test('lists say the same as the case', async () => {
    const { work, staff } = office;
    const { lines } = await work.store.docket(staff.reviewer.id, { sort: 'received', size: 200 });
    for (const line of lines) {
      const file = await work.store.read(staff.reviewer.id, line.reference as Reference, 'test');
      assert(file);
      const next = nextIn(office.work, file);
      assert.deepEqual([line.turn, line.waiting, line.barred], [next.turn, next.count ?? 0, next.except ?? []]);
      if (line.step !== null) assert.equal(line.step, next.step);
    }
    assert(lines.some(({ stage, step, turn }) => stage === 'executed' && step === 'secrecy-ends' && turn === 'nobody'));
  });
});
