// The whole life of a request by page, with JavaScript off: from the file that came in to the notice that was sent; and
// one that must be refused, which nobody can execute in any way.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { answerQuestion, nextFor, stateFact } from '../../src/app/casework/assessing.ts';
import { proposeDecision } from '../../src/app/casework/deciding.ts';
import { openSession } from '../../src/app/people/sessions.ts';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import { connect } from '../../src/adapters/postgres/connection.ts';
import { sql } from 'kysely';
import { tick } from '../../src/app/casework/clock.ts';
import { latest } from '../../src/domain/assessment/assessment.ts';
import type { CaseFile, Reference } from '../../src/domain/docket/case-file.ts';
import type { PersonId, Role } from '../../src/domain/registry/person.ts';
import { loadDemoOffice } from '../../src/adapters/files/demo-store.ts';
import { type LifeOffice, openLife, PASSWORD } from './life.ts';
import { launch, skip, violations } from './support.ts';

const EXAMPLES = new URL('../../examples/requests/', import.meta.url).pathname;
const REASONS = 'The file says so on its third page, and nothing speaks against it.';

let office: LifeOffice;
let browser: Browser;
before(async () => {
  if (skip) return;
  office = await openLife();
  browser = await launch();
});
after(async () => {
  await office?.close();
});

type Officer = { readonly id: PersonId; readonly roles: readonly Role[]; readonly page: Page };

/** Somebody with that role, signed in by password and code, in a browser without scripts. */
async function signedIn(login: string, role: Role): Promise<Officer> {
  const id = await office.hire(login, [role]);
  const context = await browser.newContext({ baseURL: office.address, javaScriptEnabled: false });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.fill('[name=loginName], [name=login]', login);
  await page.fill('[name=password]', PASSWORD);
  await page.click('main form button[type=submit]');
  await page.fill('[name=code]', office.code(id));
  await page.click('main form button[type=submit]');
  return { id, roles: [role], page };
}

/** Unfolds the part of the page in which a form stands, where it is folded. */
async function unfold(page: Page, form: string): Promise<void> {
  if (!(await page.isVisible(`${form} button`))) await page.click(`details:has(${form}) > summary`);
}

/** Takes a request in by its file. */
async function takeIn({ page }: Officer, example: string): Promise<Reference> {
  await page.goto('/requests/new/file');
  await page.setInputFiles('#file', `${EXAMPLES}${example}.json`);
  await page.click('main form button[type=submit]');
  await page.click('button[value=hand-in]');
  await page.click('form[action$=acknowledge] button');
  return /[A-Z]{2}-\d{4}-\d{6}/.exec(page.url())?.[0] as Reference;
}

const fileOf = async ({ id }: Officer, reference: Reference): Promise<CaseFile> => {
  const file = await office.node.work.store.read(id, reference, 'test');
  assert.ok(file);
  return file;
};

/** One answer by page, as a reviewer gives it. */
async function answer({ page }: Officer, reference: Reference, fact: string, value: boolean): Promise<void> {
  await page.goto(`/requests/${reference}/assessment/${fact}`);
  await page.check(`input[name=choice][value=${value}]`);
  await page.fill('[name=reasons]', REASONS);
  await page.click('button[value=back]');
}

/** The other questions, which all go the same way, as fast as the use cases take them. */
async function answerTheRest(who: Officer, reference: Reference, otherwise: { readonly [fact: string]: boolean }) {
  const { work } = office.node;
  const { true: yes, years, choice } = loadDemoOffice().answers.unobjectionable;
  for (let n = 0; n < 100; n++) {
    const fact = nextFor(work.law, await fileOf(who, reference), who);
    if (fact === undefined) return;
    const spec = work.law.book.rules.facts.find((one) => one.id === fact);
    const value =
      otherwise[fact] ?? years[fact] ?? choice[fact] ?? (yes.includes(fact) || fact === 'data.retentionLimitAgreed');
    const say = spec?.judgement ? answerQuestion : stateFact;
    const { is } = await say(work, who, { reference, version: null }, { fact, value, reasons: REASONS });
    assert.equal(is, 'done', fact);
  }
}

async function sign({ id, page }: Officer, button: string): Promise<void> {
  await page.fill('[name=password]', PASSWORD);
  await page.fill('[name=code]', office.code(id));
  await page.click(`main button[name=do][value=${button}]`);
}

test('a foreign request lives its whole life without a script, and two people decide', { skip }, async () => {
  const dana = await signedIn('dana', 'duty-officer');
  const reference = await takeIn(dana, '01-ransomware-mailbox');
  const at = (tab: string) => `/requests/${reference}/${tab}`;

  // Held at once; discloses nothing.
  await dana.page.goto(at('execution'));
  for (const box of await dana.page.$$('form[action$=hold] input[name=what]')) await box.check();
  await dana.page.click('form[action$=hold] button');
  assert.equal((await fileOf(dana, reference)).preservation.orders.length, 1);

  // Two reviewers answer for themselves; where they differ, nothing is known until one is convinced.
  const rana = await signedIn('rana', 'reviewer');
  const rui = await signedIn('rui', 'reviewer');
  await answer(rana, reference, 'rights.tortureRisk', false);
  await answer(rui, reference, 'rights.tortureRisk', true);
  await answerTheRest(rana, reference, {});
  assert.equal(latest((await fileOf(rana, reference)).assessment)?.outcome, 'needs-information');
  await rana.page.goto(at('assessment'));
  assert.match((await rana.page.textContent('main')) ?? '', /Rui Office/);
  await answer(rui, reference, 'rights.tortureRisk', false);
  assert.equal(latest((await fileOf(rana, reference)).assessment)?.outcome, 'may-execute');

  // Proposed by one, signed over its hash; countersigned by another.
  await rana.page.goto(at('decision'));
  await rana.page.check('input[name=as][value=execute]');
  await rana.page.click('main form[method=get] button');
  await rana.page.fill('[name=reasons]', 'Every condition of the instrument that binds both States is met.');
  await rana.page.click('button[value=preview]');
  await sign(rana, 'propose');
  const ada = await signedIn('ada', 'approver');
  await ada.page.goto(at('decision/countersign'));
  await sign(ada, 'countersign');
  const decided = await fileOf(ada, reference);
  assert.deepEqual(
    decided.decisions.proposals.map(({ by, countersigned }) => [by, countersigned?.by]),
    [[rana.id, ada.id]],
  );

  // Carried out by the unit.
  for (const { no } of decided.execution.tasks) {
    await dana.page.goto(at('execution'));
    await dana.page.fill(`#give-${no}-unit`, 'Cybercrime unit');
    await dana.page.click(`form:has(#give-${no}-unit) button`);
  }
  const emil = await signedIn('emil', 'executing-unit');
  for (const { no } of decided.execution.tasks) {
    await emil.page.goto(at('execution'));
    const form = `form[action$="/report"]:has(input[name=no][value="${no}"])`;
    await unfold(emil.page, form);
    await emil.page.check(`${form} input[value=not-held]`);
    await emil.page.fill(`${form} textarea[name=reasons]`, 'The account was deleted before the hold.');
    await emil.page.click(`${form} button`);
  }
  assert.ok((await fileOf(ada, reference)).execution.completedAt);

  // The letter, in Arabic, opened as the paper it is.
  await ada.page.goto(at('letters'));
  await ada.page.check('input[name=letter][value^=decision]');
  await ada.page.selectOption('[name=language]', 'ar');
  await ada.page.click('main form button[type=submit]');
  const letter = (await fileOf(ada, reference)).letters.at(-1);
  assert.equal(letter?.language, 'ar');
  const bytes = await office.node.work.files.get(letter?.sha256 ?? '');
  assert.equal(
    Buffer.from(bytes ?? [])
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  );
  const found = await office.node.work.readAttachment(bytes ?? new Uint8Array());
  assert.ok(found.ok && found.value?.includes(reference));

  // Secrecy with an end; then the person is told.
  await ada.page.goto(at('secrecy'));
  const order = 'form[action$=order-secrecy]';
  await unfold(ada.page, order);
  await ada.page.fill(`${order} [name=ground]`, 'Order 88/2028 of the court');
  await ada.page.fill(`${order} [name=reasons]`, 'Whoever holds the mailbox would delete what is left.');
  await ada.page.fill(`${order} [name=until]`, '2028-05-01');
  await ada.page.fill(`${order} [name=reviewOn]`, '2028-04-01');
  await ada.page.click(`${order} button`);
  await ada.page.goto(at('secrecy'));
  assert.equal((await fileOf(ada, reference)).disclosure.secrecy.length, 1);
  office.days(65);
  await tick(office.node.work);
  assert.ok((await fileOf(ada, reference)).disclosure.secrecy[0]?.end, 'secrecy ended by itself');
  await ada.page.goto(at('secrecy'));
  await unfold(ada.page, 'form[action$=send-notice]');
  await ada.page.fill('form[action$=send-notice] [name=channel]', 'Registered letter');
  await ada.page.click('form[action$=send-notice] button');
  const told = (await fileOf(ada, reference)).notice.notices[0];
  assert.equal(told?.sendings.length, 1);
  // The code is told once and kept nowhere.
  assert.match((await ada.page.textContent('main')) ?? '', /[0-9A-Z]{4}(-[0-9A-Z]{4}){5}/);
  assert.deepEqual(office.defects, []);
});

test('what must be refused cannot be executed: not by page, not by the program, not in SQL', { skip }, async () => {
  const duty = await signedIn('dora', 'duty-officer');
  const reference = await takeIn(duty, '02-reporter-mailbox');
  const rita = await signedIn('rita', 'reviewer');
  await answer(rita, reference, 'offence.protectedExpression', true);
  const file = await fileOf(rita, reference);
  const made = latest(file.assessment);
  assert.equal(made?.outcome, 'must-refuse');

  // By page: it is not offered; written all the same, by its address, it comes to no letter and no signature.
  await rita.page.goto(`/requests/${reference}/decision`);
  assert.equal(await rita.page.locator('input[name=as][value=execute]').count(), 0);
  await rita.page.goto(`/requests/${reference}/decision?as=execute`);
  await rita.page.fill('[name=reasons]', REASONS);
  await rita.page.click('button[value=preview]');
  assert.equal(await rita.page.locator('button[value=propose]').count(), 0);
  assert.equal(await rita.page.locator('#error-summary').count(), 1);

  // By the program itself, with whatever words.
  const { work } = office.node;
  for (const disposition of ['execute', 'execute-in-part', 'execute-with-conditions'] as const) {
    const items = [{ target: 'a', category: 'content' }];
    const words = { conditions: [REASONS], reasons: REASONS, contraryReasons: REASONS };
    const draft = { disposition, grounds: [], items, ...words, until: '', passTo: '', language: 'en' } as const;
    const acted = await proposeDecision(work, rita, { reference, version: null }, draft, '0'.repeat(64));
    assert.equal(acted.is, 'refused');
  }
  assert.equal((await fileOf(rita, reference)).decisions.proposals.length, 0);

  // In SQL, as the application's role and in anybody's name.
  const app = connect(office.database.app, 2);
  const ulla = await office.hire('ulla', ['approver']);
  const hash = Buffer.alloc(32, 1);
  const insert = (outcome: string, disposition: string) =>
    asPerson(app.db, rita.id, (tx) =>
      sql`insert into decision (case_id, no, disposition, assessment_no, outcome, hash, state, proposed_by)
        values (${file.id}, 1, ${disposition}, ${made?.no}, ${outcome}, ${hash}, 'open', ${rita.id})`.execute(tx),
    );
  const update = (set: string, by: PersonId) =>
    asPerson(app.db, by, (tx) => sql`update decision set ${sql.raw(set)} where case_id = ${file.id}`.execute(tx));
  try {
    await assert.rejects(insert('must-refuse', 'execute'), /mandatory_result_holds/);
    await assert.rejects(insert('may-execute', 'execute'), /foreign key/);
    // A refusal, rewritten into its contrary, countersigned by whoever proposed it, or carried out unsigned.
    await insert('must-refuse', 'refuse');
    await assert.rejects(update("disposition = 'execute'", ulla), /never rewritten/);
    const own = `state = 'countersigned', countersigned_by = '${rita.id}', countersigned_hash = hash`;
    await assert.rejects(update(own, rita.id), /an approver countersigns/);
    await assert.rejects(
      asPerson(app.db, ulla, (tx) =>
        sql`insert into execution_task (case_id, id, decision_no, status) values (${file.id}, '1', 1, 'open')`.execute(
          tx,
        ),
      ),
      /nothing is produced without a countersigned decision/,
    );
  } finally {
    await app.close();
  }
});

test('every page of a case is whole for a screen reader, in English and in Arabic, wide and on a phone', {
  skip,
}, async () => {
  const olive = await office.hire('olive', ['reviewer', 'duty-officer']);
  const { people, work } = office.node;
  const { cookie } = await openSession(people, people.store, olive, 'password', 'test');
  const { lines } = await work.store.docket(olive, { sort: 'received', size: 1 });
  const tabs = ['', '/assessment', '/decision', '/execution', '/secrecy', '/letters', '/timeline', '/people'];
  const paths = ['/work', '/docket', '/desk', '/requests/new', '/requests/new/file'];
  for (const { language, width } of [
    { language: 'en', width: 1280 },
    { language: 'ar', width: 390 },
  ]) {
    const context = await browser.newContext({ baseURL: office.address, viewport: { width, height: 900 } });
    await context.addCookies([
      { name: 'session', value: cookie, url: office.address },
      { name: 'lang', value: language, url: office.address },
    ]);
    const page = await context.newPage();
    for (const path of [...paths, ...tabs.map((tab) => `/requests/${lines[0]?.reference}${tab}`)]) {
      const response = await page.goto(path);
      assert.equal(response?.status(), 200, path);
      assert.deepEqual(await violations(page), [], `${path} ${language} ${width}`);
      const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      assert.ok(over <= 0, `${path} is ${over} pixels wider than the screen`);
    }
    await context.close();
  }
  assert.deepEqual(office.defects, []);
});
