// Holds rows that no event gives back - what people sign in with, settings, who published what - against what the steps on record left.

import type { By } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import { auditChain } from './audit-case.ts';
import type { FindingKind, Hash, KeptHeld, KeptStep } from './audit-ports.ts';
import { bearsMark, type HeldKind, type HeldStep, markOf, type NodeMark, type Row } from './held-ports.ts';

/** What a kind of rows is called, what its findings are, and what a row of its record is. */
const KINDS: { readonly [K in HeldKind]: readonly [name: string, finding: FindingKind, record: string] } = {
  account: ['account', 'people', 'acts on'],
  settings: ['settings', 'office', 'changes of'],
  figures: ['reports of figures', 'report', 'acts on'],
  programs: ['keys for programs', 'people', 'acts on'],
};

/** What a row of a table is, in a sentence; of several rows of a table, the column that tells this one. */
const THINGS: { readonly [table: string]: readonly [thing: string, named?: string] } = {
  person: ['the name or standing'],
  person_role: ['role', 'role'],
  login: ['the name to sign in with, the password or the authenticator'],
  passkey: ['passkey', 'label'],
  recovery_code: ['recovery code'],
  federated_identity: ['identity', 'issuer'],
  person_key: ['key pair', 'recipient'],
  mail_address: ['mail address'],
  office: ['the row of settings'],
  threshold_proposal: ['the proposed threshold of figures', 'threshold'],
  report_proposal: ['who proposed the report', 'period'],
  report: ['who published the report', 'period'],
  api_key: ['key for the programs', 'office'],
};

export const findingOf = (kind: HeldKind): FindingKind => KINDS[kind][1];

/** What is wrong with the rows of an owner, each in a sentence. Where their steps do not open, nothing that follows from them is compared. */
export function auditHeld(kept: KeptHeld, { hash, mark }: { hash: Hash; mark: NodeMark }): string[] {
  const { id, kind, rows, steps } = kept;
  const [called, , record] = KINDS[kind];
  const owner = kind === 'account' ? String(rows['person']?.[0]?.['name'] ?? kept.of) : 'the office';
  const reference = `the ${called} of ${owner}`;
  if (steps.length === 0) return [`${reference}: no step tells of it; it was put there, or its steps are gone`];
  const version = Math.max(...steps.map(({ seq }) => seq));
  const found = auditChain({ id, reference, version, erased: null, steps }, hash);
  if (found.length > 0) return found;
  const said = steps.map((step) => saidBy(step));
  const forged = steps.filter((step, n) => !bearsMark(mark, placeOf(id, step), said[n] as HeldStep));
  if (forged.length > 0)
    return forged.map(
      ({ seq, event }) =>
        `step ${seq} (${event?.type}) of ${reference} does not bear the mark of this node: somebody else wrote it`,
    );
  const left = said.at(-1)?.rows ?? {};
  for (const table of new Set([...Object.keys(left), ...Object.keys(rows)])) {
    const [name, named] = THINGS[table] ?? [table];
    const what = (row: Row): string => `${name} ${named === undefined ? '' : `${row[named]} `}of ${owner}`;
    found.push(...compared(left[table] ?? [], rows[table] ?? [], mark, { thing: `${name} of ${owner}`, what }));
  }
  const lines = said.flatMap((step) => step.lines);
  const thing = `line in the record of ${record} ${reference}`;
  found.push(
    ...compared(lines, kept.lines, mark, {
      thing,
      what: (row) => `${thing} (${row['what'] ?? row['version']}, ${row['at']})`,
    }),
  );
  return found;
}

type Words = { readonly thing: string; readonly what: (row: Row) => string };

/** A row that is not as any was left stands in the place of one that is gone, as long as there is one. */
function compared(left: readonly string[], rows: readonly Row[], mark: NodeMark, { thing, what }: Words): string[] {
  const marks = new Set(left);
  const unknown = rows.filter((row) => !marks.delete(markOf(mark, row)));
  const changed = Math.min(unknown.length, marks.size);
  const gone = marks.size - changed;
  return [
    ...unknown.map((row, n) =>
      n < changed
        ? `${what(row)} is not the one that the last step left: it was changed or exchanged`
        : `${what(row)} was put there by no step`,
    ),
    ...(gone === 0 ? [] : [`${gone} × ${thing} is gone, and no step took it`]),
  ];
}

const saidBy = ({ event }: KeptStep): HeldStep => JSON.parse(new TextDecoder().decode(event?.body)) as HeldStep;

const placeOf = (chain: string, { seq, event, opening }: KeptStep) => ({
  chain,
  seq,
  previous: opening?.previous?.toHex() ?? null,
  at: event?.at as Instant,
  by: event?.actor as By,
});
