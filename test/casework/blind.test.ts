// Two reviewers judge apart. Attacker: a reviewer who would rather copy, and looks for a colleague's answer on every page there is.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { propose } from './proposing.ts';
import { latest } from '../../src/domain/assessment/assessment.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { caseworkRoutes } from '../../src/web/casework/routes.ts';
import { assessingRoutes } from '../../src/web/deciding/assessing-routes.ts';
import { decidingRoutes } from '../../src/web/deciding/deciding-routes.ts';
import { docketRoutes } from '../../src/web/docket/routes.ts';
import { carryingOutRoutes } from '../../src/web/carrying-out/routes.ts';
import { signedIn } from '../../src/web/casework/context.ts';
import { letterWords } from '../../src/adapters/letters/words.ts';
import { loadCatalogues } from '../../src/adapters/files/message-store.ts';
import { LANGUAGES } from '../../src/kernel/language.ts';
import { arrives } from '../support/decided.ts';
import type { Staff } from '../support/casework.ts';
import { openFrontDoor, type Visitor } from './front-door.ts';

const FACT = 'rights.tortureRisk';
const REASONS = 'Reports of the Committee name the prison of Nordhaven.';
const OWN = 'The prison of Nordhaven was closed a year ago.';

describe('judging apart', () => {
  let door: Awaited<ReturnType<typeof openFrontDoor>>;
  let duty: Visitor;
  let rana: Visitor;
  let rui: Visitor;
  let ada: Visitor;
  let olga: Visitor;
  let office: { readonly work: typeof door.front; readonly staff: Staff };
  before(async () => {
    door = await openFrontDoor();
    door.app.use('/requests/*', signedIn(door.front));
    for (const routes of [
      caseworkRoutes({ work: door.front }),
      carryingOutRoutes({ work: door.front, letters: {} as never }),
      assessingRoutes(door.front),
      decidingRoutes({
        work: door.front,
        letters: { words: letterWords(loadCatalogues(LANGUAGES)) } as never,
        prove: async () => [],
      }),
      docketRoutes({ work: door.front }),
    ])
      door.app.route('/', routes);
    ({
      people: { duty, rana, rui, ada, olga },
      office,
    } = await door.hire('duty', 'rana', 'rui', 'ada', 'olga'));
  });
  after(() => door.close());

  const answer = async (who: Visitor, { reference }: CaseFile, choice: string, reasons: string) => {
    const answered = await who.post(`/requests/${reference}/assessment/${FACT}`, { choice, reasons, do: 'back' });
    assert.equal(answered.status, 303, answered.text.slice(answered.text.indexOf('<main')));
  };
  /** Every page of the case, and every list that it stands in, as one text. */
  const everything = async (who: Visitor, { reference }: CaseFile): Promise<string> => {
    const tabs = ['', '/assessment', `/assessment/${FACT}`, '/assessment/changes', '/execution', '/secrecy'];
    const decision = ['/decision', '/decision?as=refuse', '/decision/countersign'];
    const all = [
      ...[...tabs, ...decision, '/timeline', '/timeline?order=oldest', '/people'].map(
        (tab) => `/requests/${reference}${tab}`,
      ),
      '/docket',
      `/docket?q=${encodeURIComponent('Nordhaven')}`,
      '/work',
    ];
    const pages = await Promise.all(all.map(async (path) => (await who.get(path)).text));
    return pages.join('\n');
  };
  const leave = async (who: Visitor, { reference }: CaseFile) => {
    const file = await door.front.store.read(rana.id, reference, 'test');
    return who.post(`/requests/${reference}/assessment/leave`, { version: String(file?.version) });
  };
  const timelineOf = async (who: Visitor, { reference }: CaseFile) =>
    (await who.get(`/requests/${reference}/timeline`)).text;

  test('no page tells a reviewer what a colleague answered, nor why, nor what came of it, before they answered themselves', async () => {
    const file = await arrives(office);
    await answer(rana, file, 'true', REASONS);
    const seen = await everything(rui, file);
    assert.doesNotMatch(seen, /Nordhaven<\/|prison of/, 'reasons');
    const timeline = await timelineOf(rui, file);
    assert.match(timeline, /A question was answered: [^<]+\. The answer is kept from you/);
    assert.doesNotMatch(timeline, /must be refused|Must refuse/i, 'an outcome that follows from the answer tells it');
    const assessment = (await rui.get(`/requests/${file.reference}/assessment`)).text;
    assert.match(assessment, /data-outcome="needs-information"/, 'the case without what is kept back');
    assert.match(assessment, /name of rana: [^<]*has answered|Name of rana<\/bdi>: /i);
    assert.match((await rui.get(`/requests/${file.reference}/assessment/changes`)).text, /What changed is shown/);
    // Whoever may not judge here reads it all: the officer on duty, and oversight.
    for (const who of [duty, olga]) assert.match(await timelineOf(who, file), /prison of Nordhaven/);
    await answer(rui, file, 'false', OWN);
    assert.match(await timelineOf(rui, file), /prison of Nordhaven/);
    assert.match(await everything(rui, file), /Reports of the Committee/);
  });

  test('whoever has answered goes on reading, also when their colleague answers anew', async () => {
    const file = await arrives(office);
    await answer(rui, file, 'false', OWN);
    await answer(rana, file, 'true', REASONS);
    assert.match(await timelineOf(rui, file), /Reports of the Committee/);
    assert.doesNotMatch(await timelineOf(ada, file), /prison of Nordhaven/);
  });

  test('who leaves a question to colleagues reads their answers, and that they left it is on record', async () => {
    const file = await arrives(office);
    const early = await leave(rui, file);
    assert.equal(early.status, 422, 'there is nothing to leave');
    await answer(rana, file, 'true', REASONS);
    assert.match((await rui.get(`/requests/${file.reference}/assessment`)).text, /Leave this question to them/);
    assert.equal((await leave(rui, file)).status, 303);
    const timeline = await timelineOf(rui, file);
    assert.match(timeline, /prison of Nordhaven/);
    assert.match(timeline, /A question was left to those who had answered it/);
    assert.doesNotMatch((await rui.get(`/requests/${file.reference}/assessment`)).text, /kept-back/);
    assert.equal((await leave(duty, file)).status, 404);
  });

  test("no list tells the outcome that rests on a colleague's answer: not the docket, its counts, its filter, nor its file", async () => {
    const file = await arrives(office);
    await answer(rana, file, 'true', REASONS);
    const answered = await door.front.store.read(rana.id, file.reference, 'test');
    const outcome = answered && latest(answered.assessment)?.outcome;
    assert.equal(outcome, 'must-refuse');
    const docket = `/docket?q=${file.reference}`;
    const csv = `/docket.csv?q=${file.reference}`;
    // The officer on duty judges nothing, and reads the outcome in every list.
    assert.match((await duty.get(docket)).text, /class="outcome" data-tone="stop"/);
    assert.match((await duty.get(csv)).text, /must-refuse/);
    assert.match((await duty.get(`${docket}&outcome=${outcome}`)).text, new RegExp(`requests/${file.reference}`));
    for (const who of [rui, ada, rana]) {
      const listed = (await who.get(docket)).text;
      assert.match(listed, new RegExp(`requests/${file.reference}`));
      assert.doesNotMatch(listed, /class="outcome"/);
      assert.doesNotMatch((await who.get(csv)).text, /must-refuse/);
      for (const narrow of [`${docket}&outcome=${outcome}`, `/docket?outcome=${outcome}`]) {
        const found = (await who.get(narrow)).text;
        assert.doesNotMatch(found, new RegExp(`requests/${file.reference}`), 'what cannot be read is not found by it');
        assert.match(found, /No request: /, 'and is not counted by it');
        assert.match(found, /Cases that you could still judge are left out/);
      }
    }
    await propose(office, file);
    assert.match((await ada.get(docket)).text, /class="outcome"/, 'what is signed is read');
    assert.doesNotMatch((await rui.get(docket)).text, /class="outcome"/);
  });

  test('an approver judges apart as well, until there is a proposal of somebody else to countersign', async () => {
    const file = await arrives(office);
    await answer(rana, file, 'true', REASONS);
    assert.doesNotMatch(await everything(ada, file), /prison of/);
    const early = await ada.get(`/requests/${file.reference}/decision?as=refuse`);
    assert.match(early.text, /neither answered nor left to them/);
    const forced = {
      as: 'refuse',
      do: 'propose',
      version: String(file.version + 2),
      reasons: 'Copied from a colleague.',
    };
    assert.equal((await ada.post(`/requests/${file.reference}/decision`, forced)).status, 422);
    await propose(office, file);
    assert.match(await timelineOf(ada, file), /prison of Nordhaven/, 'what is signed is read');
    assert.doesNotMatch(await timelineOf(rui, file), /prison of Nordhaven/, 'to a reviewer it stays kept');
  });
});
