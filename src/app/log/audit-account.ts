// Holds what is kept of a person - roles, what they sign in with, their keys - against what the steps of their account left.

import type { By } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import { auditChain } from './audit-case.ts';
import type { Hash, KeptAccount, KeptStep } from './audit-ports.ts';
import { bearsMark, type HeldStep, markOf, type NodeMark, type Row } from './held-ports.ts';

/** What a row of a table is, in a sentence; of several rows of a table, what tells this one. */
const THINGS: { readonly [table: string]: readonly [thing: string, named?: string] } = {
  person: ['the name or standing'],
  person_role: ['role', 'role'],
  login: ['the name to sign in with, the password or the authenticator'],
  passkey: ['passkey', 'label'],
  recovery_code: ['recovery code'],
  federated_identity: ['identity', 'issuer'],
  person_key: ['key pair', 'recipient'],
  mail_address: ['mail address'],
};

/** What is wrong with an account, each in a sentence. Where its steps do not open, nothing that follows from them is compared. */
export function auditAccount(kept: KeptAccount, { hash, mark }: { hash: Hash; mark: NodeMark }): string[] {
  const { name, rows, reference } = kept;
  if (kept.steps.length === 0)
    return [`${name} has an account that no step made: it was put there, or its steps are gone`];
  const found = auditChain(kept, hash);
  if (found.length > 0) return found;
  const steps = kept.steps.map((step) => saidBy(step));
  const forged = kept.steps.filter((step, n) => !bearsMark(mark, placeOf(kept.id, step), steps[n] as HeldStep));
  if (forged.length > 0)
    return forged.map(
      ({ seq, event }) =>
        `step ${seq} (${event?.type}) of ${reference} does not bear the mark of this node: somebody else wrote it`,
    );
  const left = steps.at(-1)?.rows ?? {};
  for (const table of new Set([...Object.keys(left), ...Object.keys(rows)])) {
    const [thing, named] = THINGS[table] ?? [table];
    const what = (row: Row): string => `${thing} ${named === undefined ? '' : `${row[named]} `}of ${name}`;
    found.push(...compared(left[table] ?? [], rows[table] ?? [], mark, { thing: `${thing} of ${name}`, what }));
  }
  const lines = steps.flatMap((step) => step.lines);
  const thing = `line in the record of acts on ${name}`;
  found.push(...compared(lines, kept.lines, mark, { thing, what: (row) => `${thing} (${row['what']}, ${row['at']})` }));
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
        ? `${what(row)} is not the one that the last step of the account left: it was changed or exchanged`
        : `${what(row)} was put there by no step of the account`,
    ),
    ...(gone === 0 ? [] : [`${gone} × ${thing} is gone, and no step of the account took it`]),
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
