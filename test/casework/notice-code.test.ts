// The code on a notice: told once, printed on the letter, and found by nobody else. Attacker: holds a copy of the database and of all files.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { attachmentReader } from '../../src/adapters/letters/read-attachment.ts';
import { typstPress } from '../../src/adapters/letters/typst-press.ts';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import { noticeCodes } from '../../src/adapters/postgres/notice-codes.ts';
import { issueNotice, type Letters } from '../../src/app/casework/letters.ts';
import { coveredCode, findNotice } from '../../src/app/casework/notice-codes.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { Language } from '../../src/kernel/language.ts';
import { carryingOutRoutes } from '../../src/web/carrying-out/routes.ts';
import { decisionRoutes } from '../../src/web/deciding/routes.ts';
import { textOf, withoutPoppler, words } from '../letters/support.ts';
import type { Staff } from '../support/casework.ts';
import { arrives, decided } from '../support/decided.ts';
import { formsOf } from './forms.ts';
import { openFrontDoor, type Visitor } from './front-door.ts';

const CODE = /<code dir="ltr">([0-9A-Z-]{29})<\/code>/;

describe('the code of a notice', () => {
  const press = typstPress();
  const letters: Letters = { press, words };
  const inside = attachmentReader();
  let door: Awaited<ReturnType<typeof openFrontDoor>>;
  let rana: Visitor;
  let olga: Visitor;
  let office: { readonly work: typeof door.front; readonly staff: Staff };
  before(async () => {
    door = await openFrontDoor();
    door.app
      .route('/', carryingOutRoutes({ work: door.front, letters, origin: 'https://node.bb.example.org' }))
      .route('/', decisionRoutes({ work: door.front, letters, access: door.access }));
    ({
      people: { rana, olga },
      office,
    } = await door.hire('duty', 'rana', 'ada', 'olga'));
  });
  after(async () => {
    await door.close();
    await press.close();
  });

  const find = (code: string) => findNotice({ codes: noticeCodes(door.office.db), world: door.front.world }, code);
  const { now, send: sendAs } = formsOf(() => ({ door, reader: rana }));
  const send = (file: CaseFile, act: string, fields: { readonly [name: string]: string }) =>
    sendAs(rana, file, `secrecy/${act}`, { no: '1', ...fields });
  /** A case whose notice was sent, and the code that its page showed. */
  async function sent(): Promise<{ file: CaseFile; code: string; text: string }> {
    const file = await decided(office, await arrives(office));
    const { text } = await send(file, 'send-notice', { channel: 'Registered letter' });
    const code = CODE.exec(text)?.[1] ?? '';
    assert.notEqual(code, '', text.slice(text.indexOf('<main')));
    return { file: await now(file), code, text };
  }
  const print = (file: CaseFile, code: string, language: Language = 'ar') =>
    issueNotice(
      door.front,
      letters,
      office.staff.reviewer,
      { reference: file.reference, version: null },
      {
        notice: 1,
        language,
        caseCode: code,
        lookUp: 'https://node.bb.example.org/notice',
      },
    );

  test('the person finds their notice by it however they type it; another code, or half of it, finds nothing', async () => {
    const { file, code } = await sent();
    const found = { caseId: file.id, reference: file.reference, notice: 1 };
    assert.deepEqual(await find(code), found);
    assert.deepEqual(await find(` ${code.toLowerCase().replaceAll('-', ' ')} `), found);
    assert.deepEqual(await find(code.replaceAll('0', 'O').replaceAll('1', 'l')), found);
    for (const wrong of ['', code.slice(0, 14), `${code}0`, coveredCode(code), '%', "' or true --"])
      assert.equal(await find(wrong), undefined, wrong);
  });

  test('its letter is printed in the language of the person, with the code; the copy in the case has it covered', async () => {
    const { file, code, text } = await sent();
    assert.match(text, /Print the letter with this code/);
    const { acted, pdf, name } = await print(file, code);
    assert.equal(acted.is, 'done');
    assert.match(name, /^BB-2028-\d{6}-notice-ar\.pdf$/);
    const handed = await inside(pdf);
    assert(handed.ok);
    assert.match(handed.value ?? '', new RegExp(code));
    assert.match(handed.value ?? '', /المحكمة الإدارية في مدينة المرفأ/, 'where to go, from the profile of the State');
    assert.doesNotMatch(handed.value ?? '', /AA-PG-88/, 'the file number of the other State');
    assert.match(handed.value ?? '', /https:\/\/node\.bb\.example\.org\/notice/);
    const letter = (await now(file)).letters.at(-1);
    assert.deepEqual([letter?.kind, letter?.language], ['notice', 'ar']);
    const kept = await door.front.files.get(letter?.sha256 ?? '');
    assert(kept);
    const onRecord = await inside(kept);
    assert(onRecord.ok);
    assert.equal(onRecord.value, handed.value?.replace(code, coveredCode(code)), 'the same letter but for the code');
  });

  test('a reader of both papers sees the code on the one and not on the other', { skip: withoutPoppler }, async () => {
    const { file, code } = await sent();
    const { pdf } = await print(file, code, 'en');
    const letter = (await now(file)).letters.at(-1);
    const kept = await door.front.files.get(letter?.sha256 ?? '');
    // How wide a code is, chance decides: where a line ends within it, the reader of the paper leaves out a hyphen.
    const signs = (text: string) => text.replaceAll(/[\s-]/g, '');
    assert(signs(textOf(pdf)).includes(signs(code)), textOf(pdf));
    assert(!signs(textOf(kept ?? new Uint8Array())).includes(signs(code).slice(0, 8)));
  });

  test('by page the letter comes as a file that nothing keeps, and without the code there is none', async () => {
    const { file, code } = await sent();
    const without = await send(file, 'notice-letter', { code: 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA', language: 'en' });
    assert.equal(without.status, 422);
    assert.doesNotMatch(without.text, /AAAA-AAAA/, 'what was typed as a code is not shown again');
    assert.equal((await now(file)).letters.length, 0);
    const printed = await send(file, 'notice-letter', { code, language: 'fr' });
    assert.deepEqual(
      [printed.status, printed.headers.get('content-type'), printed.headers.get('cache-control')],
      [200, 'application/pdf', 'no-store'],
    );
    assert.match(
      printed.headers.get('content-disposition') ?? '',
      /attachment; filename="BB-2028-\d{6}-notice-fr\.pdf"/,
    );
    assert.equal(
      (await olga.post(`/requests/${file.reference}/secrecy/notice-letter`, { no: '1', code, version: '1' })).status,
      404,
    );
  });

  test('neither the database nor the pages of the case know the code, and no mark can be made without the vault', async () => {
    const { file, code } = await sent();
    await print(file, code);
    const signs = code.replaceAll('-', '');
    for (const path of ['', '/secrecy', '/letters', '/timeline'])
      assert.doesNotMatch((await rana.get(`/requests/${file.reference}${path}`)).text, new RegExp(`${code}|${signs}`));
    const { rows } = await asPerson(door.office.db, rana.id, (tx) =>
      sql<{ text: string }>`select convert_from(body, 'UTF8') as text from event where case_id = ${file.id}
        union all select convert_from(state, 'UTF8') from case_file where id = ${file.id}
        union all select mark from notice_code`.execute(tx),
    );
    assert.ok(rows.length > 10);
    for (const { text } of rows) for (const word of [code, signs]) assert(!text.includes(word));
    // The same code on another node, with another vault, has another mark.
    const other = { hash: door.front.world.hash, mark: (text: string) => door.front.world.hash(`other vault ${text}`) };
    assert.equal(await findNotice({ codes: noticeCodes(door.office.db), world: other }, code), undefined);
  });

  test('a letter that did not arrive opens nothing any more once the notice is sent again', async () => {
    const { file, code } = await sent();
    assert.equal((await send(file, 'arrived', { arrived: 'no', proof: 'Returned by the post.' })).status, 303);
    assert.notEqual(await find(code), undefined, 'until then it is the one that may still turn up');
    const second = CODE.exec((await send(file, 'send-notice', { channel: 'In person' })).text)?.[1] ?? '';
    assert.equal(await find(code), undefined);
    assert.notEqual(await find(second), undefined);
    assert.equal((await print(file, code)).acted.is, 'refused', 'the old code prints no letter');
  });

  test('a notice whose sending is refused makes no code', async () => {
    const file = await decided(office, await arrives(office));
    assert.equal((await send(file, 'send-notice', { channel: '' })).status, 422);
    const { rows } = await asPerson(door.office.db, rana.id, (tx) =>
      sql`select from notice_code where case_id = ${file.id}`.execute(tx),
    );
    assert.equal(rows.length, 0);
  });
});
