// Villains at the export of a case: a step changed, dropped, moved, backdated; one person deciding alone; words nobody signed.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { caseArchive } from '../../src/adapters/files/case-archive.ts';
import { canonicalJson, type Json } from '../../src/kernel/canonical-json.ts';
import { entryOf } from '../../src/transparency/leaf.ts';
import { commit } from '../../src/transparency/opening.ts';
import { inWords, parsePolicy, Unusable, type Verdict, verifyCase } from '../../verify/verify.ts';
import { entries, POLICY, receiptOf } from './a-log.ts';

const ID = '3f0c5a52-8d0e-4c1b-9f5e-1d2a7b6c4e90';
const REFERENCE = 'BB-2028-000117';
const [ANNA, BORIS] = ['b7a1c2d4-0e6f-4a83-8c55-9d3e2f1a0b67', 'c8b2d3e5-1f70-4b94-9d66-0e4f302b1c78'];

type Told = { readonly actor: string; readonly event: { readonly type: string; readonly [member: string]: Json } };
type Step = { [member: string]: Json };

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const PROPOSAL = { no: 1, disposition: 'execute', reasons: 'Nothing stands in the way.' };
const HASH = sha(canonicalJson({ case: ID, proposal: PROPOSAL, reference: REFERENCE }));

const STORY: readonly Told[] = [
  { actor: ANNA, event: { type: 'case.opened', id: ID, reference: REFERENCE } },
  { actor: 'clock', event: { type: 'assessment.made', no: 1, outcome: 'may-execute' } },
  { actor: ANNA, event: { type: 'decision.proposed', proposal: PROPOSAL, hash: HASH } },
  { actor: BORIS, event: { type: 'decision.countersigned', no: 1, hash: HASH } },
  { actor: BORIS, event: { type: 'execution.opened', decisionNo: 1 } },
];

/** Steps as an office records them, whatever they say: each with its salt, its commitment and the one before. */
function stepsOf(story: readonly Told[]): Step[] {
  let previous: Uint8Array | null = null;
  return story.map(({ actor, event }, n) => {
    const body = canonicalJson(event);
    const at = `2028-03-01T09:3${n}:00.000Z`;
    const salt = createHash('sha256').update(`test salt ${n}`).digest();
    const bodyHash = createHash('sha256').update(body).digest();
    const commitment = commit(salt, { caseId: ID, seq: n + 1, previous, at, actor, type: event.type, bodyHash });
    const step: Step = {
      seq: n + 1,
      at,
      actor,
      type: event.type,
      previous: previous === null ? null : Buffer.from(previous).toString('hex'),
      body,
      bodyHash: bodyHash.toString('hex'),
      salt: salt.toString('hex'),
      commitment: Buffer.from(commitment).toString('hex'),
      log: null,
    };
    previous = commitment;
    return step;
  });
}

const exported = (steps: readonly Step[], more: { readonly [member: string]: Json } = {}): Uint8Array =>
  Buffer.from(
    canonicalJson({
      form: 'rogatory/case-export/v1',
      case: { id: ID, reference: REFERENCE, sealed: false },
      length: steps.length,
      steps,
      log: null,
      ...more,
    }),
  );

const check = (steps: readonly Step[]): Promise<Verdict> => verifyCase(exported(steps), undefined);
const first = async (steps: readonly Step[]): Promise<string> => {
  const { proven, wrong } = await check(steps);
  assert.equal(proven, false);
  return wrong[0] === undefined ? '' : inWords(wrong[0]);
};
const told = (story: readonly Told[]) => first(stepsOf(story));
const changed = (n: number, change: Step): Step[] =>
  stepsOf(STORY).map((step, i) => (i === n ? { ...step, ...change } : step));

test('a case in which every step opens, follows and was decided by two is proven, and what that leaves open is said', async () => {
  const { proven, shown, open } = await check(stepsOf(STORY));
  assert.equal(proven, true);
  assert.ok(
    shown
      .map(inWords)
      .includes('1 decisions were each countersigned by another person over exactly what was proposed.'),
  );
  assert.deepEqual(
    open.map(({ key }) => key),
    ['case.unlogged', 'case.end'],
  );
});

test('no word of a step can be another, nor its moment, actor, number or kind', async () => {
  const other = canonicalJson({ type: 'assessment.made', no: 1, outcome: 'must-refuse' });
  assert.match(await first(changed(1, { body: other })), /words of step 2 .*are not those that were hashed/);
  assert.match(await first(changed(1, { body: other, bodyHash: sha(other) })), /commitment of step 2/);
  assert.match(await first(changed(1, { at: '2028-02-01T09:31:00.000Z' })), /commitment of step 2 .*2028-02-01/);
  assert.match(await first(changed(3, { actor: ANNA })), /commitment of step 4/);
  assert.match(await first(changed(1, { type: 'facts.stated' })), /calls itself facts\.stated/);
});

test('a step cannot be dropped, doubled or moved, though the others be numbered anew', async () => {
  const steps = stepsOf(STORY);
  const numbered = (some: Step[]) => some.map((step, n) => ({ ...step, seq: n + 1 }));
  const without = steps.filter((_, n) => n !== 1);
  assert.match(await first(without), /Step 3 stands where step 2 should be/);
  assert.match(await first(numbered(without)), /commitment of step 2/);
  assert.match(await first([...steps.slice(0, 2), ...steps.slice(1)]), /Step 2 stands where step 3/);
  assert.match(await first([...steps.slice(0, 1), ...steps.slice(1).reverse()]), /should be/);
  // Cut off behind, a chain shows no gap: a later export or the log would tell, and `case.end` says so.
  assert.equal((await check(steps.slice(0, 4))).proven, true);
});

test('nobody countersigns what they proposed, nor does the clock, nor over other words', async () => {
  const by = (n: number, actor: string) => STORY.map((step, i) => (i === n ? { ...step, actor } : step));
  const says = (n: number, event: Told['event']) => STORY.map((step, i) => (i === n ? { ...step, event } : step));
  for (const story of [
    by(3, ANNA),
    by(3, 'clock'),
    by(2, 'clock'),
    says(3, { type: 'decision.countersigned', no: 1, hash: sha('other words') }),
    says(3, { type: 'decision.countersigned', no: 2, hash: HASH }),
    says(2, { type: 'decision.proposed', proposal: { ...PROPOSAL, reasons: 'Other words.' }, hash: HASH }),
    [...STORY.slice(0, 3), { actor: ANNA, event: { type: 'decision.withdrawn', no: 1 } }, ...STORY.slice(3)],
  ])
    assert.match(await told(story), /was not countersigned by another person over the same words/);
});

test('nothing is carried out without such a decision, and one to refuse is none', async () => {
  assert.match(await told([...STORY.slice(0, 3), ...STORY.slice(4)]), /without a decision of two people/);
  const proposal = { ...PROPOSAL, disposition: 'refuse' };
  const hash = sha(canonicalJson({ case: ID, proposal, reference: REFERENCE }));
  assert.match(
    await told([
      ...STORY.slice(0, 2),
      { actor: ANNA, event: { type: 'decision.proposed', proposal, hash } },
      { actor: BORIS, event: { type: 'decision.countersigned', no: 1, hash } },
      ...STORY.slice(4),
    ]),
    /without a decision of two people to execute/,
  );
});

test('an emergency is not validated by whoever opened its execution', async () => {
  const validated = (actor: string) => [...STORY, { actor, event: { type: 'execution.validated', decisionNo: 1 } }];
  assert.equal((await check(stepsOf(validated(ANNA)))).proven, true);
  assert.match(await told(validated(BORIS)), /emergency of decision 1/);
});

test('a receipt counts for the step it is of, and steps stand in the log in their order', async () => {
  const steps = stepsOf(STORY);
  const all = entries(20);
  const place = (n: number) => 3 + n * 2;
  for (const [n, { commitment }] of steps.entries())
    all[place(n)] = entryOf(new Uint8Array(Buffer.from(String(commitment), 'hex')));
  const logged = (order: (n: number) => number) =>
    steps.map((step, n) => ({ ...step, log: { index: place(order(n)), receipt: receiptOf(all, place(order(n))) } }));
  const under = (some: Step[]) => verifyCase(exported(some), parsePolicy(POLICY));
  const good = await under(logged((n) => n));
  assert.equal(good.proven, true);
  assert.ok(good.shown.map(inWords).includes('5 of 5 steps are proven to stand in the log.'));
  const stolen = await under(logged((n) => (n === 2 ? 3 : n)));
  assert.match(stolen.wrong.map(inWords).join(), /receipt of step 3 does not prove/);
});

test('what is no export is said to be none', async () => {
  const good = Buffer.from(exported(stepsOf(STORY))).toString();
  for (const bad of [
    '',
    '{}',
    '[]',
    'not even JSON',
    ` ${good}`,
    good.replace('"form"', '"form":"rogatory/case-export/v1","form"'),
    good.replace('case-export/v1', 'case-export/v9'),
    good.replace(/"salt":"[0-9a-f]{64}"/, '"salt":"00"'),
    good.replace(/"steps":\[.*\]/, '"steps":{}'),
    good.replace(/"seq":1/, '"seq":"1"'),
  ])
    await assert.rejects(verifyCase(Buffer.from(bad), undefined), Unusable, bad.slice(0, 40));
  assert.match(
    (await verifyCase(exported(stepsOf(STORY), { length: 9 }), undefined)).wrong.map(inWords).join(),
    /9 steps and holds 5/,
  );
});

test('beside case.json each file has its hash, each document is the one the case names, and nothing else lies there', async () => {
  const letter = { id: 'd1', name: 'letter.pdf', sha256: sha('LETTER BODY'), path: 'documents/letter.pdf' };
  const json = Buffer.from(exported(stepsOf(STORY), { documents: [letter] }));
  const pieces: Uint8Array[] = [];
  const made = Object.entries({ 'case.json': json, [letter.path]: Buffer.from('LETTER BODY') });
  const files = made.map(([path, content]) => ({ path, bytes: async () => content }));
  for await (const piece of caseArchive(REFERENCE, files, 0)) pieces.push(piece);
  const archive = Buffer.concat(pieces).toString('latin1');
  const check = (tar: string) => verifyCase(Buffer.from(tar, 'latin1'), undefined);
  assert.equal((await check(archive)).proven, true);
  const says = async (tar: string) => (await check(tar)).wrong.map(inWords).join();
  assert.match(await says(archive.replace('LETTER BODY', 'LETTER BODX')), /documents\/letter\.pdf was changed/);
  const renamed = await says(archive.replace('documents/letter.pdf\n', 'documents/lettex.pdf\n'));
  assert.match(renamed, /lettex\.pdf is in the manifest and not in the package/);
  assert.match(renamed, /letter\.pdf is in no manifest/);
});
