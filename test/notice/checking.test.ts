// What a person takes away to check: the file of the steps told, read by the verifier that shares no code with the node; and receipts of
// single steps, for the office. Attacker: the office, which changes, moves or drops a step before it tells it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerQuestion } from '../../src/app/casework/assessing.ts';
import { done } from '../support/casework.ts';
import { arrives } from '../support/decided.ts';
import { canonicalJson, type Json } from '../../src/kernel/canonical-json.ts';
import { formatKey } from '../../src/transparency/note.ts';
import { parsePolicy, type Verdict, verifyCase, verifyReceipt } from '../../verify/verify.ts';
import { openHouse, TWO } from './support.ts';

type Step = {
  seq: number;
  type?: string;
  at?: string;
  actor?: string;
  body?: string | null;
  log: { index: number; receipt: string } | null;
};
type Told = { form: string; steps: Step[]; case: { id: string } };
const keys = (said: Verdict['wrong']): string[] => said.map(({ key }) => key);

describe('checking what one was told', () => {
  let house: Awaited<ReturnType<typeof openHouse>>;
  let text: string;
  let told: Told;
  let reference: string;
  const policy = () => parsePolicy(`log ${formatKey(house.log.ports.keys.log[0])}\nquorum none\n`);
  const check = (file: Told) => verifyCase(Buffer.from(canonicalJson(file as unknown as Json)), policy());

  before(async () => {
    house = await openHouse();
    const { file, codes } = await house.told();
    reference = file.reference;
    const waiting = JSON.parse((await house.post({ code: codes[0] ?? '', do: 'file' })).text) as Told;
    assert(
      waiting.steps.every(({ log }) => log === null),
      'before the first slot nothing stands in the log',
    );
    assert.equal((await house.log.publish()).is, 'published');
    const page = await house.post({ code: codes[0] ?? '' });
    assert.match(page.text, /in the public log at place \d+/);
    const given = await house.post({ code: codes[0] ?? '', do: 'file' });
    assert.equal(given.headers.get('content-disposition'), `attachment; filename="${reference}-notice.json"`);
    text = given.text;
    told = JSON.parse(text) as Told;
  });
  after(() => house.close());

  test('the independent verifier proves the steps told, that two people decided, and says what stays unknown', async () => {
    const verdict = await verifyCase(Buffer.from(text), policy());
    assert.deepEqual(keys(verdict.wrong), []);
    assert.equal(verdict.proven, true);
    assert.deepEqual(keys(verdict.shown), ['told.twoPeople', 'told.opened', 'case.logged']);
    assert.deepEqual(keys(verdict.open), ['witness.none', 'told.wordless', 'told.untold', 'case.end']);
    assert.deepEqual(verdict.shown.at(-1)?.facts, { count: told.steps.length, of: told.steps.length });
    const kinds = told.steps.map(({ type }) => type);
    for (const kind of [
      'case.opened',
      'disclosure.secrecy-ordered',
      'decision.countersigned',
      'execution.produced',
      'notice.sent',
    ])
      assert(kinds.includes(kind), kind);
    // Without a policy of the reader's own the file names its key, and that is said.
    const own = await verifyCase(Buffer.from(text), undefined);
    assert.equal(own.proven, true);
    assert(keys(own.open).includes('sign.ownKey'));
  });

  const changes: readonly (readonly [string, (file: Told) => void, string])[] = [
    [
      'a word changed',
      (file) => {
        const one = file.steps.find(({ body }) => body?.includes('A search'));
        if (one) one.body = one.body?.replace('A search', 'B search') ?? '';
      },
      'case.body',
    ],
    [
      'a day moved',
      (file) => {
        const one = file.steps[2];
        if (one) one.at = '2028-01-01T00:00:00.000Z';
      },
      'case.commitment',
    ],
    [
      'another person put in',
      (file) => {
        const one = file.steps.at(-1);
        if (one) one.actor = house.ada.id;
      },
      'case.commitment',
    ],
    ['steps exchanged', (file) => void file.steps.push(...file.steps.splice(1, 1)), 'case.number'],
    ['a step shown twice', (file) => void file.steps.push(structuredClone(file.steps.at(-1) as Step)), 'case.number'],
    [
      'a receipt of another step',
      (file) => {
        const [a, b] = file.steps;
        if (a && b) b.log = a.log;
      },
      'case.receipt',
    ],
    [
      'another case',
      (file) => {
        file.case.id = '00000000-0000-4000-8000-000000000000';
      },
      'case.commitment',
    ],
  ];
  for (const [what, change, finding] of changes)
    test(`the verifier finds ${what}`, async () => {
      const other = structuredClone(told);
      change(other);
      const verdict = await check(other);
      assert.equal(verdict.proven, false);
      assert(keys(verdict.wrong).includes(finding as never), keys(verdict.wrong).join(', '));
    });

  test('a step left out shows as a number that is missing', async () => {
    const before = (await check(told)).open.find(({ key }) => key === 'told.untold')?.facts['count'];
    const other = structuredClone(told);
    other.steps.splice(1, 1);
    const { open } = await check(other);
    assert.equal(open.find(({ key }) => key === 'told.untold')?.facts['count'], Number(before) + 1);
  });

  test('where the case is about several accounts, steps that could name another are placed and not opened, and that is said', async () => {
    const { codes } = await house.told(TWO);
    house.log.pass();
    assert.equal((await house.log.publish()).is, 'published');
    const file = (await house.post({ code: codes[0] ?? '', do: 'file' })).text;
    const verdict = await verifyCase(Buffer.from(file), policy());
    assert.equal(verdict.proven, true, keys(verdict.wrong).join(', '));
    assert(keys(verdict.open).includes('told.placed'));
    assert(!keys(verdict.shown).includes('told.twoPeople'));
  });

  test('a later file of the same notice has the same commitments: the office cannot tell another story', async () => {
    const { codes } = await house.told();
    const commitments = async () =>
      (
        JSON.parse((await house.post({ code: codes[0] ?? '', do: 'file' })).text) as {
          steps: { seq: number; commitment: string }[];
        }
      ).steps;
    const first = await commitments();
    await house.post({ code: codes[0] ?? '', do: 'complain', text: 'One more step.' });
    const second = await commitments();
    assert.deepEqual(second.slice(0, first.length), first);
    assert.equal(second.length, first.length + 1);
  });

  test('from the timeline staff take the receipt of any published step, with its opening; of what waits there is none', async () => {
    const rui = await house.enter('rui', ['reviewer']);
    const timeline = (await rui.get(`/requests/${reference}/timeline`)).text;
    const link = `/requests/${reference}/receipts/1`;
    assert(timeline.includes(`href="${link}"`));
    const { status, text: receipt, headers } = await rui.get(link);
    assert.equal(status, 200);
    assert.match(headers.get('content-disposition') ?? '', new RegExp(`${reference}-step-1\\.tlog-proof`));
    const verdict = await verifyReceipt(receipt, policy());
    assert.equal(verdict.proven, true);
    const opened = verdict.shown.find(({ key }) => key === 'receipt.opened');
    assert.deepEqual(
      [opened?.facts['case'], opened?.facts['seq'], opened?.facts['type']],
      [told.case.id, '1', 'case.opened'],
    );
    assert.equal((await rui.get(`/requests/${reference}/receipts/999`)).status, 404);
    const { file } = await house.told();
    const ria = await house.enter('ria', ['reviewer']);
    assert.doesNotMatch((await ria.get(`/requests/${file.reference}/timeline`)).text, /receipts\//);
    assert.equal((await ria.get(`/requests/${file.reference}/receipts/1`)).status, 404);
    const remy = await house.enter(`remy`, ['registrar']);
    assert.equal((await remy.get(link)).status, 404);
  });

  test('a reviewer who is still to judge takes a receipt without its opening, from which the colleague’s answer could be guessed', async () => {
    const file = await arrives({ work: house.front, staff: house.staff });
    const [one, other] = [await house.enter('first', ['reviewer']), await house.enter('second', ['reviewer'])];
    const answer = { fact: 'rights.tortureRisk', value: true, reasons: 'Reports of two bodies.' };
    done(await answerQuestion(house.front, { id: one.id, roles: ['reviewer'] }, house.at(file), answer));
    house.log.pass();
    assert.equal((await house.log.publish()).is, 'published');
    const history = await house.front.store.history(one.id, file.id);
    const kept = history.filter(({ seq }) => seq > file.version);
    assert.deepEqual(
      kept.map(({ event }) => event.type),
      ['question.answered', 'assessment.made'],
    );
    for (const { seq } of kept) {
      const path = `/requests/${file.reference}/receipts/${seq}`;
      const closed = await verifyReceipt((await other.get(path)).text, policy());
      assert.equal(closed.proven, true);
      assert(keys(closed.open).includes('receipt.noOpening'));
      assert(keys((await verifyReceipt((await one.get(path)).text, policy())).shown).includes('receipt.opened'));
    }
  });

  test('a public log that does not hold keeps nobody from their story, and the page says what is wrong', async () => {
    const { codes } = await house.told();
    house.log.pass();
    assert.equal((await house.log.publish()).is, 'published');
    const published = join(house.log.data, 'log', 'checkpoint');
    const sound = readFileSync(published, 'utf8');
    writeFileSync(
      published,
      sound.replace(/\n(\d+)\n/, (_, size) => `\n${Number(size) + 1}\n`),
    );
    const { status, text } = await house.post({ code: codes[0] ?? '' });
    const file = await house.post({ code: codes[0] ?? '', do: 'file' });
    writeFileSync(published, sound);
    assert.equal(status, 200);
    assert.match(text, /The public log of this office is disturbed/);
    assert((JSON.parse(file.text) as Told).steps.every(({ log }) => log === null));
  });
});
