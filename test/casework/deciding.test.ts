// From the open questions to the second signature, by page: what the law forbids is refused, and nobody signs their own.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { proposeDecision } from '../../src/app/casework/deciding.ts';
import { answerQuestion } from '../../src/app/casework/assessing.ts';
import { act } from '../../src/app/casework/act.ts';
import { assessCase } from '../../src/app/casework/assess-case.ts';
import { amend } from '../../src/domain/requests/decide.ts';
import { openCase } from '../../src/app/casework/receive.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import { factsOf, latest } from '../../src/domain/assessment/assessment.ts';
import { openProposal, standing } from '../../src/domain/decisions/decision.ts';
import type { CaseFile, Reference } from '../../src/domain/docket/case-file.ts';
import { parseRequestFile } from '../../src/domain/requests/file.ts';
import { decisionRoutes } from '../../src/web/deciding/routes.ts';
import { PASSWORD } from '../people/office.ts';
import { openFrontDoor, type Visitor } from './front-door.ts';
import { unprinted } from './unprinted.ts';

const REASONS = 'The published articles are the only conduct that the request describes.';
const JUDGED = 'See the facts of the request, second page.';

describe('assessment, decision and letters', () => {
  let door: Awaited<ReturnType<typeof openFrontDoor>>;
  let duty: Visitor;
  let rana: Visitor;
  let rui: Visitor;
  let ada: Visitor;
  const printed: Uint8Array[] = [];
  before(async () => {
    door = await openFrontDoor();
    door.app.route('/', decisionRoutes({ work: door.front, letters: unprinted(printed), access: door.access }));
    [duty, rana, rui, ada] = await Promise.all([
      door.enter('duty', ['duty-officer']),
      door.enter('rana', ['reviewer']),
      door.enter('rui', ['reviewer']),
      door.enter('ada', ['reviewer', 'approver']),
    ]);
  });
  after(() => door.close());

  const actor = (one: Visitor, ...roles: Actor['roles']): Actor => ({ id: one.id, roles });
  /** A case as one of the request files tells it, handed in at the desk. */
  async function received(example: string): Promise<CaseFile> {
    const text = readFileSync(new URL(`../../examples/requests/${example}.json`, import.meta.url), 'utf8');
    const parsed = parseRequestFile(text);
    assert.ok(parsed.ok);
    const { measure, requestingState, instrument = null, content } = parsed.value;
    const opened = await openCase(door.front, actor(duty, 'duty-officer'), {
      direction: 'incoming',
      channel: 'file',
      measure,
      otherState: requestingState,
      instrument,
      content,
      documents: [],
    });
    assert.equal(opened.is, 'opened');
    return (opened as { file: CaseFile }).file;
  }
  const now = async (reference: Reference): Promise<CaseFile> => {
    const file = await door.front.store.read(ada.id, reference, 'test');
    assert.ok(file);
    return file;
  };
  const page = (file: CaseFile, tab: string): string => `/requests/${file.reference}/${tab}`;
  /** Password and the code of this half minute; the clock goes on, so that each code is a new one. */
  const proof = async (one: Visitor) => {
    door.office.later(30);
    return { password: PASSWORD, code: await door.office.code(one.id) };
  };
  const judged = (file: CaseFile, one: Visitor, fact: string, value: boolean) =>
    one.post(page(file, `assessment/${fact}`), { choice: String(value), reasons: JUDGED, do: 'back' });
  /** The reporter's mailbox, once a reviewer has answered a question on which it must be refused. */
  async function mustBeRefused(): Promise<CaseFile> {
    let file = await received('02-reporter-mailbox');
    for (const value of [true, false, true, false]) {
      const { outcome, askNext } = assessCase(door.front.law, file, 'en')?.assessment ?? assert.fail('no instrument');
      if (outcome === 'must-refuse') break;
      const asked = askNext.find((one) => one.judgement && one.couldReach.includes('must-refuse'));
      assert.equal((await judged(file, rana, asked?.fact ?? '', value)).status, 303);
      file = await now(file.reference);
    }
    assert.equal(latest(file.assessment)?.outcome, 'must-refuse');
    return file;
  }
  const refusal = (file: CaseFile, text: string) => {
    const ground = /name="ground" value="([^"]+)" checked/.exec(text)?.[1];
    assert.ok(ground, 'a ground is proposed');
    return {
      as: 'refuse',
      letter: 'en',
      ground,
      [`text.${ground}`]: 'This is a political offence.',
      reasons: REASONS,
      version: String(file.version),
    };
  };
  /** What the reviewer answered is read by an approver who judges none of it, once they have said so. */
  const leave = async (file: CaseFile, by: Visitor): Promise<CaseFile> => {
    const left = await by.post(`${page(file, 'assessment')}/leave`, { version: String(file.version) });
    assert.equal(left.status, 303);
    return now(file.reference);
  };
  /** Proposes a refusal by page, to the signature. */
  async function proposedRefusal(file: CaseFile, by: Visitor): Promise<CaseFile> {
    const form = await by.get(`${page(file, 'decision')}?as=refuse&letter=en`);
    const fields = refusal(file, form.text);
    const read = await by.post(page(file, 'decision'), { ...fields, do: 'preview' });
    assert.equal(read.status, 200, read.text.slice(read.text.indexOf('<main')));
    assert.match(read.text, /The request is refused on the grounds set out below/);
    const signed = await by.post(page(file, 'decision'), { ...fields, do: 'propose', ...(await proof(by)) });
    assert.equal(signed.status, 303, signed.text.slice(signed.text.indexOf('<main')));
    return now(file.reference);
  }

  test('what must be refused cannot be executed by page: every way is refused with the reason, and nothing is recorded', async () => {
    const file = await leave(await mustBeRefused(), ada);
    const tab = await ada.get(page(file, 'decision'));
    assert.equal(tab.status, 200);
    for (const as of ['execute', 'execute-in-part', 'execute-with-conditions']) {
      assert.ok(!tab.text.includes(`value="${as}"`), `${as} is offered`);
      const fields = {
        as,
        letter: 'en',
        item: 'noor.saleh@mail.bb.example.net content',
        condition: 'None.',
        reasons: REASONS,
        contraryReasons: REASONS,
      };
      for (const step of ['preview', 'propose']) {
        const answer = await ada.post(page(file, 'decision'), { ...fields, do: step, ...(await proof(ada)) });
        assert.equal(answer.status, 422);
        assert.match(answer.text, /What the law forbids cannot be executed/);
      }
      const draft = {
        disposition: as as 'execute',
        grounds: [],
        conditions: ['None.'],
        items: [{ target: 'noor.saleh@mail.bb.example.net', category: 'content' }],
        reasons: REASONS,
        contraryReasons: REASONS,
        until: '',
        passTo: '',
        language: 'en' as const,
      };
      const acted = await proposeDecision(
        door.front,
        actor(ada, 'approver'),
        { reference: file.reference, version: null },
        draft,
        '00',
      );
      assert.equal(acted.is === 'refused' && acted.refusals.some(({ code }) => code === 'decisions.mandatory'), true);
    }
    assert.equal((await now(file.reference)).version, file.version);
  });

  test('a refusal is proposed by one, read and countersigned by another, over the same hash', async () => {
    const file = await proposedRefusal(await mustBeRefused(), rana);
    const proposal = openProposal(file.decisions);
    assert.ok(proposal);
    const second = await ada.get(page(file, 'decision/countersign'));
    assert.match(second.text, /Countersign: refuse the request/);
    assert.match(second.text, /This is a political offence/);
    assert.ok(second.text.replace(/<\/?span>|\s/g, '').includes(proposal.hash), 'the hash is on the page');
    const without = await ada.post(page(file, 'decision/countersign'), {
      do: 'countersign',
      read: proposal.hash,
      password: 'wrong',
      code: '000000',
    });
    assert.equal(without.status, 422);
    assert.equal(standing((await now(file.reference)).decisions), undefined);
    const signed = await ada.post(page(file, 'decision/countersign'), {
      do: 'countersign',
      read: proposal.hash,
      ...(await proof(ada)),
    });
    assert.equal(signed.status, 303);
    const decided = standing((await now(file.reference)).decisions);
    assert.equal(decided?.disposition, 'refuse');
    assert.deepEqual([decided?.by, decided?.countersigned.by], [rana.id, ada.id]);

    const letter = await rana.post(page(file, 'letters'), { letter: 'decision', language: 'fr' });
    assert.equal(letter.status, 303, letter.text.slice(letter.text.indexOf('<main')));
    const [issued] = (await now(file.reference)).letters;
    assert.deepEqual([issued?.kind, issued?.language], ['refusal', 'fr']);
    const download = await duty.get(`${page(file, 'letters')}/${issued?.document}`);
    assert.match(
      download.headers.get('content-disposition') ?? '',
      /^attachment; filename="BB-2028-\d{6}-refusal-fr\.pdf"$/,
    );
    assert.equal(download.text, new TextDecoder().decode(printed.at(-1)));
    assert.equal((await duty.get(`${page(file, 'letters')}/${file.id}`)).status, 404);
  });

  test('whoever proposed it cannot countersign it, and is told why', async () => {
    const file = await proposedRefusal(await leave(await mustBeRefused(), ada), ada);
    const read = await ada.get(page(file, 'decision/countersign'));
    assert.match(read.text, /You proposed this yourself/);
    assert.ok(!read.text.includes('value="countersign"'));
    const hash = openProposal(file.decisions)?.hash ?? '';
    const answer = await ada.post(page(file, 'decision/countersign'), {
      do: 'countersign',
      read: hash,
      version: String(file.version),
      ...(await proof(ada)),
    });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /You proposed this yourself/);
    assert.equal(standing((await now(file.reference)).decisions), undefined);
  });

  test('a change of the request voids the proposal; who had it before their eyes is told and signs nothing', async () => {
    const file = await proposedRefusal(await mustBeRefused(), rana);
    const hash = openProposal(file.decisions)?.hash ?? '';
    const content = { ...file.request.content, factsSummary: `${file.request.content.factsSummary} And more.` };
    const target = { reference: file.reference, version: null };
    const amended = await act(door.front, actor(duty, 'duty-officer'), 'request.amend', target, (one) =>
      amend(one.request, content, 'keyed in wrongly'),
    );
    assert.equal(amended.is, 'done');
    const late = await ada.post(page(file, 'decision/countersign'), {
      do: 'countersign',
      read: hash,
      version: String(file.version),
      ...(await proof(ada)),
    });
    assert.equal(late.status, 409);
    const after = await now(file.reference);
    assert.deepEqual(
      after.decisions.proposals.map(({ state }) => state),
      ['void'],
    );
    assert.equal(standing(after.decisions), undefined);
    assert.match((await ada.get(page(file, 'decision'))).text, /void: the request or its assessment changed/);
  });

  test('a decision to return the request puts it before the other side, and the letter says what was decided', async () => {
    const file = await received('03-incomplete');
    const fields = { as: 'return', letter: 'ar', reasons: REASONS, version: String(file.version) };
    const signed = await rana.post(page(file, 'decision'), { ...fields, do: 'propose', ...(await proof(rana)) });
    assert.equal(signed.status, 303);
    const read = openProposal((await now(file.reference)).decisions)?.hash ?? '';
    await ada.post(page(file, 'decision/countersign'), { do: 'countersign', read, ...(await proof(ada)) });
    const after = await now(file.reference);
    assert.equal(standing(after.decisions)?.disposition, 'return');
    assert.equal(after.request.returns.at(-1)?.to, null);
    assert.equal((await ada.post(page(file, 'letters'), { letter: 'decision', language: 'ar' })).status, 303);
    assert.equal((await now(file.reference)).letters[0]?.kind, 'return');
    const none = await ada.post(page(file, 'letters'), { letter: 'preservation-order.1', language: 'ar' });
    assert.equal(none.status, 422);
  });

  test('it is sent back with a remark, and what the remark says stays; without a remark it is not', async () => {
    const file = await proposedRefusal(await mustBeRefused(), rana);
    const path = page(file, 'decision/countersign');
    const empty = await ada.post(path, { do: 'send-back', remark: ' ' });
    assert.equal(empty.status, 422);
    assert.match(empty.text, /href="#remark"/);
    assert.equal((await ada.post(path, { do: 'send-back', remark: 'Name the second article too.' })).status, 303);
    assert.match((await rana.get(page(file, 'decision'))).text, /Name the second article too\./);
  });

  test('two reviewers who differ leave the fact unknown; neither sees the other’s answer before their own', async () => {
    const file = await received('01-ransomware-mailbox');
    const fact = latestOpenJudgement(file);
    assert.equal((await judged(file, rana, fact, true)).status, 303);
    assert.equal(factsOf((await now(file.reference)).assessment).facts[fact], true);
    const before = await rui.get(page(file, `assessment/${fact}`));
    assert.match(before.text, /Name of rana/);
    assert.ok(!before.text.includes(JUDGED), 'the reasons of the first are shown too early');
    assert.equal((await judged(file, rui, fact, false)).status, 303);
    const after = await now(file.reference);
    assert.equal(factsOf(after.assessment).facts[fact], undefined);
    assert.deepEqual(factsOf(after.assessment).differing, [fact]);
    const shown = await rui.get(page(file, 'assessment'));
    assert.match(shown.text, /You differ\. It counts as unknown until you agree\./);
    assert.match((await rui.get(page(file, `assessment/${fact}`))).text, new RegExp(JUDGED));
    const changes = await rui.get(page(file, 'assessment/changes?from=1&to=2'));
    assert.equal(changes.status, 200);
    assert.match(changes.text, /Both were made under the same law/);
  });

  const latestOpenJudgement = (file: CaseFile): string =>
    assessCase(door.front.law, file, 'en')?.assessment.askNext.find(({ judgement }) => judgement)?.fact ?? '';

  test('where no instrument binds the two States the page says so and what to do, and nothing is proposed', async () => {
    const { law } = door.front;
    const lawless = { ...law, book: { ...law.book, instrumentsOn: () => [] } };
    Object.assign(door.front, { law: lawless });
    let file: CaseFile;
    try {
      file = await received('01-ransomware-mailbox');
      assert.equal(latest(file.assessment), undefined);
      const shown = await rana.get(page(file, 'assessment'));
      assert.equal(shown.status, 200);
      assert.match(shown.text, /No instrument binds the two States/);
      assert.match(shown.text, /send it back/);
      assert.match((await rana.get(page(file, 'decision'))).text, /has not been assessed yet/);
      assert.equal((await rana.get(`/requests/${file.reference}`)).status, 200);
    } finally {
      Object.assign(door.front, { law });
    }
    // With law for it, the next step assesses it.
    assert.equal((await judged(file, rana, 'rights.tortureRisk', false)).status, 303);
    assert.match((await rana.get(page(file, 'assessment'))).text, /class="verdict/);
    assert.doesNotMatch((await rana.get(page(file, 'assessment'))).text, /No instrument binds/);
  });

  test('an answer without reasons is not taken, and what was typed is not lost', async () => {
    const file = await received('01-ransomware-mailbox');
    const fact = latestOpenJudgement(file);
    const answer = await rana.post(page(file, `assessment/${fact}`), {
      choice: 'false',
      reasons: 'no <b>',
      do: 'next',
    });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /href="#reasons"/);
    assert.match(answer.text, /value="false" checked/);
    assert.match(answer.text, />no &lt;b&gt;<\/textarea>/);
    assert.equal((await now(file.reference)).version, file.version);
  });

  test('of two who answer at once the second is told, and keeps what they typed', async () => {
    const file = await received('01-ransomware-mailbox');
    const fact = latestOpenJudgement(file);
    await judged(file, rana, fact, true);
    const version = String(file.version);
    const late = await rui.post(page(file, `assessment/${fact}`), {
      choice: 'true',
      reasons: JUDGED,
      do: 'next',
      version,
    });
    assert.equal(late.status, 409);
    assert.match(late.text, new RegExp(JUDGED));
    assert.equal((await now(file.reference)).assessment.answers[fact]?.length, 1);
  });

  test('judgement is for reviewers, statements for officers, and what the request says for nobody here', async () => {
    const file = await received('01-ransomware-mailbox');
    const fact = latestOpenJudgement(file);
    assert.equal((await judged(file, duty, fact, true)).status, 404);
    const said = Object.values(file.assessment.stated).find(({ value }) => value === true)?.fact ?? '';
    const answer = await rana.post(page(file, `assessment/${said}`), {
      choice: 'false',
      reasons: JUDGED,
      do: 'back',
      version: String(file.version),
    });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /The request itself states this/);
    const judgement = await answerQuestion(
      door.front,
      actor(rana, 'reviewer'),
      { reference: file.reference, version: null },
      { fact: said, value: false, reasons: JUDGED },
    );
    assert.equal(judgement.is === 'refused' && judgement.refusals[0]?.code, 'assessment.not-judgement');
    const stated =
      door.front.law.book.rules.facts.find(
        (one) => !one.judgement && one.type === 'boolean' && file.assessment.stated[one.id] === undefined,
      )?.id ?? '';
    assert.equal(
      (
        await duty.post(page(file, `assessment/${stated}`), {
          choice: 'true',
          reasons: 'Register of treaties',
          do: 'back',
        })
      ).status,
      303,
    );
    assert.match((await duty.get(page(file, 'assessment'))).text, /Register of treaties/);
  });

  test('pages of a case answer as if nothing were there to those whose role does not read cases', async () => {
    const file = await received('01-ransomware-mailbox');
    const remy = await door.enter('remy', ['registrar']);
    for (const tab of ['assessment', 'assessment/changes', 'decision', 'decision/countersign', 'letters'])
      assert.equal((await remy.get(page(file, tab))).status, 404, tab);
    const emil = await door.enter('emil', ['executing-unit']);
    assert.ok([200, 404].includes((await emil.get(page(file, 'decision'))).status));
    assert.equal(
      (await emil.post(page(file, 'decision'), { as: 'refuse', do: 'preview', reasons: REASONS })).status,
      404,
    );
  });
});
