// Whoever owns the database changes a report of public figures, or what its proofs are made from: each is named.
// Attacker: the database's owner with triggers off.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { come, made, openFiguresOffice, publishedBy } from '../reporting/office.ts';
import { auditOf, unseen } from './support.ts';

test('a report, the facts behind it, its secret, and a report taken out', async (t) => {
  const office = await openFiguresOffice(t);
  const { ports, staff, clock, log, owner } = office;
  await come(office, 'AA', 6, 6);
  clock.days(90);
  made(await publishedBy(ports, staff.approver, staff.registrar, '2028-Q1'));
  await log.publish();
  const checked = async (): Promise<string> => (await auditOf(log, office)).found.join('\n');
  assert.equal(await checked(), '');
  const deeds: readonly (readonly [table: string, statement: string, names: RegExp])[] = [
    [
      'report',
      `update report set body = replace(body, '"n":6', '"n":7')`,
      /the report 1 \(2028-Q1\) is not what was committed to/,
    ],
    ['report_fact', `update report_fact set facts = facts - 0`, /the facts behind [1-9]\d* figures of the report 1/],
    ['report_secret', `update report_secret set secret = sha256('x')`, /or its secret, are not those of its proofs/],
    ['report_secret', 'delete from report_secret', /what opens the proofs of the report 1 .* is gone/],
    ['report', 'delete from report', /entry \d+ of the log is the commitment of a step that is gone/],
  ];
  for (const [table, statement, names] of deeds) assert.match(await unseen(owner, table, statement, checked), names);
  assert.equal(await checked(), '');
});
