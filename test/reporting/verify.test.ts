// A stranger checks a report with the verifier that shares no code with the node; and each villain is named.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportFile } from '../../src/app/reporting/file.ts';
import { canonicalJson, type Json } from '../../src/kernel/canonical-json.ts';
import { commitReport } from '../../src/transparency/report.ts';
import { formatKey } from '../../src/transparency/note.ts';
import { inWords, parsePolicy, Unusable, type Verdict, verifyReport } from '../../verify/verify.ts';
import { come, decide, made, openFiguresOffice, proofsOf, publishedBy } from './office.ts';

type Mutable = { [key: string]: unknown };
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(canonicalJson(value as Json));
const first = ({ wrong }: Verdict): string => (wrong[0] === undefined ? '' : inWords(wrong[0]));

test('a report is proven from itself, and with what oversight holds figure by figure; whatever is changed in it is named', async (t) => {
  const office = await openFiguresOffice(t);
  const { ports, staff, clock, log } = office;
  await log.publish();
  log.pass();
  await come(office, 'AA', 12, 6);
  await come(office, 'CC', 8);
  await come(office, 'DD', 2);
  await decide(office, 6);
  await log.publish();
  clock.days(90);
  log.pass(90);
  const published = made(await publishedBy(ports, staff.approver, staff.registrar, '2028-Q1'));
  const waiting = await verifyReport(new TextEncoder().encode(await reportFile(log.ports, published)), undefined);
  assert(waiting.proven && waiting.open.some(({ key }) => key === 'report.unlogged'));
  assert.equal((await log.publish()).is, 'published');

  const text = await reportFile(log.ports, published);
  const policy = parsePolicy(`log ${formatKey(log.ports.keys.log[0])}\nquorum none\n`);
  const good = await verifyReport(new TextEncoder().encode(text), policy);
  assert.deepEqual(good.wrong.map(inWords), []);
  const said = good.shown.map(inWords).join('\n');
  assert.match(said, /Report 1 \(2028-Q1\) is entry \d+ of the log and was not changed since/);
  assert.match(said, /The log grew by 1024 entries in the period, in 2 batches where there was room for 92/);
  assert.match(said, /All sums of \d+ tables are right; \d+ of \d+ figures are withheld/);
  assert(good.open.some(({ key }) => key === 'report.noProofs'));

  const proofs = await proofsOf(ports, staff.oversight, '2028-Q1');
  const whole = await verifyReport(new TextEncoder().encode(text), policy, bytes(proofs));
  assert.deepEqual(whole.wrong.map(inWords), []);
  assert(whole.shown.some(({ key }) => key === 'report.proofs'));

  /** The same file with something else in it; committed to anew where the villain is the office itself. */
  const forged = async (change: (report: Mutable, file: Mutable) => void, byTheOffice = true): Promise<Verdict> => {
    const file = JSON.parse(text) as Mutable;
    const report = file['report'] as Mutable;
    change(report, file);
    if (byTheOffice) {
      const bodyHash = ports.sha256(bytes(report));
      const opening = {
        origin: ports.log.origin,
        no: Number(report['no']),
        previous: null,
        at: String(report['madeAt']),
        bodyHash,
      };
      file['commitment'] = commitReport(published.salt, opening).toHex();
      file['log'] = null;
    }
    return verifyReport(bytes(file), policy);
  };
  const figure = (report: Mutable, of: string, at: object): Mutable => {
    const found = (report['figures'] as Mutable[]).find(
      (one) => one['of'] === of && canonicalJson(one['at'] as Json) === canonicalJson(at as Json),
    );
    if (found === undefined) throw new Error(of);
    return found;
  };

  assert.match(
    first(await forged((report) => (figure(report, 'received', {})['n'] = 29), false)),
    /not what was committed to/,
  );
  assert.match(
    first(await forged((report) => (figure(report, 'received', {})['n'] = 29))),
    /received is not the sum of its parts/,
  );
  assert.match(
    first(await forged((report) => (figure(report, 'received', { state: 'DD' })['n'] = 2))),
    /received state=DD is published with 2, below the threshold of 5/,
  );
  assert.match(
    first(await forged((report) => (figure(report, 'received', { state: 'CC' })['n'] = 8))),
    /received state=DD is withheld, and what is published shows that it is below the threshold of 5/,
  );
  assert.match(
    first(
      await forged((report) =>
        (report['times'] as Mutable[]).push({ of: 'received', at: { state: 'DD' }, hours: [1, 2, 3] }),
      ),
    ),
    /How long it took is told of received state=DD/,
  );
  assert.match(
    first(await forged((report) => (report['figures'] as unknown[]).push(figure(report, 'received', {})))),
    /received stands twice/,
  );
  assert.match(
    first(await forged((report) => ((report['log'] as Mutable)['batches'] = [{ count: 3, places: 512 }]))),
    /The log grew by 1024 entries in the period, and the batches that are named hold 1536/,
  );
  const cut = await forged(
    (report) => ((report['log'] as Mutable)['start'] = { size: 1, root: '00'.repeat(32) }),
    false,
  );
  assert(
    cut.wrong.some(({ key }) => key === 'report.tree'),
    'another log than that of the receipt',
  );
  const other = await forged((_, file) => ((file['log'] as Mutable)['index'] = 3), false);
  assert.match(first(other), /The receipt does not prove that this report stands in the log/);
  const years = await forged((report) => ((report['log'] as Mutable)['every'] = 86_400 * 365));
  assert.match(first(years), /2 batches are named for a period that has room for 1/);

  const lied = structuredClone(proofs);
  const longest = lied.figures.reduce((a, b) => (a.n > b.n ? a : b));
  longest.commitments[0] = '00'.repeat(32);
  assert.match(
    first(await verifyReport(new TextEncoder().encode(text), policy, bytes(lied))),
    /The proof of .* is not that of the steps/,
  );

  for (const gibberish of [
    '',
    '{}',
    '[]',
    '{"form":"rogatory/report/v1"}',
    text.slice(0, 900),
    text.replace('"figures":[', '"figures":{'),
    '\u0000',
  ])
    await assert.rejects(verifyReport(new TextEncoder().encode(gibberish), policy), Unusable, gibberish.slice(0, 40));
});
