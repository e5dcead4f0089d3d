// What the head of a case says comes next, for whoever may take that step; and the page it leads to begins with it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { answerQuestion } from '../../src/app/casework/assessing.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { casePath, type Tab } from '../../src/web/casework/tabs.ts';
import { carryingOutRoutes } from '../../src/web/carrying-out/routes.ts';
import { decisionRoutes } from '../../src/web/deciding/routes.ts';
import { at, done, type Staff } from '../support/casework.ts';
import { arrives, assessed, decided } from '../support/decided.ts';
import { formsOf } from './forms.ts';
import { openFrontDoor, type Visitor } from './front-door.ts';
import { unprinted } from './unprinted.ts';

describe('what comes next in a case', () => {
  let door: Awaited<ReturnType<typeof openFrontDoor>>;
  let duty: Visitor;
  let rana: Visitor;
  let ada: Visitor;
  let emil: Visitor;
  let office: { readonly work: typeof door.front; readonly staff: Staff };

  before(async () => {
    door = await openFrontDoor();
    const letters = unprinted([]);
    door.app.route('/', decisionRoutes({ work: door.front, letters, access: door.access }));
    door.app.route('/', carryingOutRoutes({ work: door.front, letters }));
    ({
      people: { duty, rana, ada, emil },
      office,
    } = await door.hire('duty', 'rana', 'ada', 'emil'));
  });
  after(() => door.close());

  const { goes } = formsOf(() => ({ door, reader: rana }));
  const acknowledge = (file: CaseFile) => duty.post(`/requests/${file.reference}/acknowledge`, {});
  const tab = async (who: Visitor, { reference }: CaseFile, name: Tab) =>
    (await who.get(casePath(reference, name))).text;
  const next = (page: string): string => /<section class="case-next".*?<\/section>/s.exec(page)?.[0] ?? '';

  test('from every tab it leads whoever may take the step to where it is taken, and nobody else', async () => {
    const file = await arrives(office);
    const mine = next(await tab(duty, file, 'execution'));
    assert.match(mine, /data-mine/);
    assert.ok(mine.includes(`href="/requests/${file.reference}#first-act"`));
    assert.match(await tab(duty, file, 'request'), /id="first-act"/);
    const theirs = next(await tab(ada, file, 'execution'));
    assert.match(theirs, /Duty officer: /);
    assert.doesNotMatch(theirs, /data-mine|href/);
  });

  test('where the other side is to be consulted first, that stands before what can be proposed, until it was done', async () => {
    const file = await assessed(office, await arrives(office));
    await acknowledge(file);
    const said = { fact: 'state.essentialInterests', value: true, reasons: 'The ministry says so in its note.' };
    done(await answerQuestion(office.work, office.staff.reviewer, at(file), said));
    const places = (page: string): number[] => ['id="consultations"', 'name="as"'].map((part) => page.indexOf(part));
    const before = await tab(rana, file, 'decision');
    assert.match(next(before), /decision#consultations">consult the requesting State/);
    const [consulting = -1, proposing = -1] = places(before);
    assert.ok(consulting > 0 && consulting < proposing);
    await goes(rana, file, 'decision', {
      do: 'consult',
      with: 'Central Authority of AA',
      on: '2028-03-02',
      result: 'They uphold the request.',
    });
    const held = await tab(rana, file, 'decision');
    assert.match(next(held), />propose a decision</);
    const [consulted = -1, now = -1] = places(held);
    assert.ok(now > 0 && now < consulted);
  });

  test('after the decision no question waits any more, and the unit finds its report open', async () => {
    const came = await arrives(office);
    await acknowledge(came);
    assert.match(await tab(rana, came, 'execution'), /class="n">\d+ open/);
    const file = await decided(office, came);
    assert.doesNotMatch(await tab(rana, file, 'execution'), /class="n">\d+ open/);
    await goes(rana, file, 'execution/give', { no: '1', unit: 'Unit 5' });
    const page = await tab(emil, file, 'execution');
    assert.ok(page.indexOf('id="tasks"') < page.indexOf('id="hold"'));
    assert.doesNotMatch(page, /<details class="act-fold"[^>]*><summary>Report on the task/);
    assert.match(page, /<button class="ds-button" type="submit">Report on the task/);
  });

  test('what is due soon or overdue stands there too, in a word, and what is far away does not', async () => {
    const file = await arrives(office);
    assert.match(next(await tab(duty, file, 'request')), /Acknowledge the request: .*tomorrow/s);
    await acknowledge(file);
    assert.doesNotMatch(next(await tab(rana, file, 'request')), /Answer the request/);
    const urgent = await arrives(office, { urgency: { level: 'emergency', reason: 'A life is in danger.' } } as never);
    assert.doesNotMatch(next(await tab(duty, urgent, 'request')), /overdue/);
    // Whoever is away for longer has to sign in again.
    for (let minutes = 0; minutes <= 60; minutes += 10) {
      door.office.later(600);
      await tab(duty, urgent, 'request');
    }
    assert.match(next(await tab(duty, urgent, 'request')), /Acknowledge the request: .*>overdue</s);
  });
});
