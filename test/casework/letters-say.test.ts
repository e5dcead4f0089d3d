// What a letter of refusal and a letter of return tell the other side to do: from the law's findings, the State's profile and the form.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { attachmentReader } from '../../src/adapters/letters/read-attachment.ts';
import { typstPress } from '../../src/adapters/letters/typst-press.ts';
import { answerQuestion } from '../../src/app/casework/assessing.ts';
import { countersignDecision } from '../../src/app/casework/deciding.ts';
import { acknowledge, returnRequest } from '../../src/app/casework/front-desk.ts';
import { citationOf } from '../../src/app/casework/letter-head.ts';
import { issueLetter } from '../../src/app/casework/letters.ts';
import { openProposal } from '../../src/domain/decisions/decision.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { Language } from '../../src/kernel/language.ts';
import { words } from '../letters/support.ts';
import { at, done, openOffice, type TestOffice } from '../support/casework.ts';
import { arrives } from '../support/decided.ts';
import { propose } from './proposing.ts';

const press = typstPress();
const inside = attachmentReader();
let office: TestOffice;
before(async () => {
  office = await openOffice();
});
after(async () => {
  await press.close();
  await office.close();
});

/** A letter of the case as it is read by the machine on the other side. */
async function letterOf(file: CaseFile, key: string, language: Language) {
  const { work, staff } = office;
  const issued = done(await issueLetter(work, { press, words }, staff.reviewer, at(file), { key, language }));
  const bytes = await work.files.get(issued.letters.at(-1)?.sha256 ?? '');
  const read = await inside(bytes ?? new Uint8Array());
  assert(read.ok);
  return JSON.parse(read.value ?? '{}');
}

async function refused(fact: string, value: boolean): Promise<CaseFile> {
  const { work, staff } = office;
  const file = await arrives(office);
  const said = { fact, value, reasons: 'Reports of the Committee show it.' };
  done(await answerQuestion(work, staff.reviewer, at(file), said));
  const proposed = await propose(office, file);
  const hash = openProposal(proposed.decisions)?.hash ?? '';
  return done(await countersignDecision(work, staff.approver, at(file), hash));
}

test('a refusal says which fact would lift its ground, and who reviews it', async () => {
  const file = await refused('rights.tortureRisk', true);
  const letter = await letterOf(file, 'decision', 'en');
  assert.equal(letter.kind, 'refusal');
  const [intro, ...lines] = letter.whatWouldFixIt.split('\n\n');
  assert.match(intro, /could be taken up again/);
  const { question } = office.work.law.book.rules.facts.find(({ id }) => id === 'rights.tortureRisk') ?? {};
  assert.deepEqual(lines, [`${question?.en} No.`]);
  assert.match(letter.remedy, /Review Panel of the Ministry of Justice\n.*within 30 days/);
  assert.doesNotMatch(letter.remedy, /Administrative Court/, 'that is for the person');
});

test('it says so in the language of the letter', async () => {
  const letter = await letterOf(await refused('rights.tortureRisk', true), 'decision', 'ar');
  assert.match(letter.whatWouldFixIt, /ويختلف الأمر/);
  assert.match(letter.remedy, /لجنة المراجعة في وزارة العدل/);
});

test('a citation is in the words of the law book and of the language, the places of a policy by their titles', () => {
  const { work } = office;
  const cite = (language: Language, id: string) => citationOf({ work, language, words } as never, id);
  const connected = work.law.book.rules.provisions.filter(({ source }) => / (with|and|to) /.test(source.place));
  const own = work.law.book.rules.provisions.filter(({ id }) => id.startsWith('policy:'));
  assert(connected.length > 0 && own.length > 0);
  for (const { id, source } of [...connected, ...own])
    for (const language of ['ar', 'ru', 'zh'] as const)
      assert.doesNotMatch(cite(language, id), /[A-Za-z]{3}/, `${id} in ${language}: ${source.place}`);
  for (const { id } of own) assert.match(cite('en', id), /^Policy: [A-Z]/);
  for (const { id } of connected) assert.match(cite('fr', id), / (avec|et|à) /);
});

test('a request that goes back is told of each field by its name, with what the form says about it', async () => {
  const { work, staff } = office;
  const file = await arrives(office);
  done(await acknowledge(work, staff['duty-officer'], at(file)));
  const missing = ['missing /offences/0/lawText', 'no-judge /validatingAuthority', 'missing /somewhere/else'];
  done(await returnRequest(work, staff.reviewer, at(file), missing, 'Please complete the request.'));
  assert.deepEqual((await letterOf(file, 'return', 'en')).missing, [
    { what: 'Text of the law', help: 'Copy the provision word for word.' },
    {
      what: 'Who authorised the measure',
      help: 'The judge, court or other authority that authorised this measure for these accounts and dates.',
    },
    { what: 'somewhere else', help: '' },
  ]);
});
