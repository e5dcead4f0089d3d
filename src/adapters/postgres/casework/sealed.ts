// What the database keeps of a sealed case: what was said in it under the case key, and that key wrapped to whoever may open it.
// In the clear stay the line of lists, types, times and actors of events, terms, and hashes. Rows as they were before the
// sealing lie in the server's own files until it has swept them. Files of the case: adapters/files/sealed-files.ts.

import { type Kysely, sql } from 'kysely';
import type { CaseKeys } from '../../../app/casework/sealing-ports.ts';
import type { CaseEvent, CaseFile, CaseId, Recorded } from '../../../domain/docket/case-file.ts';
import type { By, PersonId } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { Defect } from '../../../kernel/outcome.ts';
import { commit } from '../../../transparency/opening.ts';
import { createHash } from 'node:crypto';
import { enterHeld, foundBefore } from '../log/held-steps.ts';
import type { Tables } from '../schema.ts';

type Tx = Kysely<Tables>;
/** The key of one case; null where it is not sealed, and its words lie in the clear. */
export type CaseKey = Uint8Array | null;

const SALT_BYTES = 32;
const names = {
  state: (id: string) => `state:${id}`,
  event: (id: string, seq: number) => `event:${id}:${seq}`,
  document: (id: string, document: string) => `document:${id}:${document}`,
  draft: (id: string) => `draft:${id}`,
};

/** The key of a sealed case, opened with the asker's own; with the node's for the clock, and for whoever watches. */
export async function keyOf(tx: Tx, keys: CaseKeys, by: By, id: CaseId): Promise<Uint8Array> {
  if (by !== 'clock') {
    const grant = await tx
      .selectFrom('case_grant')
      .select('wrapped_key')
      .where('case_id', '=', id)
      .where('person', '=', by)
      .executeTakeFirst();
    if (grant) return keys.unwrap(grant.wrapped_key, by, await keysOf(tx, by));
  }
  const own = await tx.selectFrom('case_key').select('wrapped').where('case_id', '=', id).executeTakeFirst();
  if (own === undefined) throw new Defect(`the sealed case ${id} has no key`);
  return keys.unwrapForNode(own.wrapped, id);
}

/** The key pairs of a person, the latest first. */
const keysOf = (tx: Tx, person: PersonId) =>
  tx
    .selectFrom('person_key')
    .select(['recipient', 'sealed'])
    .where('person', '=', person)
    .orderBy('made_at', 'desc')
    .execute();

/** Wraps the key to somebody and puts that down. Whoever has no key pair yet is given one. */
async function grant(tx: Tx, keys: CaseKeys, key: Uint8Array, to: PersonId, id: CaseId, by: By, at: Instant) {
  let [own] = await keysOf(tx, to);
  if (own === undefined) {
    const found = await foundBefore(tx, 'account', to);
    own = await keys.newPersonKey(to);
    await tx
      .insertInto('person_key')
      .values({ person: to, made_at: at, ...own })
      .execute();
    const act = { type: 'key-given', facts: {}, lines: [] };
    await enterHeld(tx, keys.mark, found, { at, by: by === 'clock' ? null : by, ...act });
  }
  await tx
    .insertInto('case_grant')
    .values({
      case_id: id,
      person: to,
      wrapped_key: await keys.wrap(key, own),
      granted_by: by === 'clock' ? null : by,
      granted_at: at,
    })
    .onConflict((on) => on.columns(['case_id', 'person']).doNothing())
    .execute();
}

/** Makes a key and gives it to everybody who may open the case: before its line says that it is sealed. */
export async function sealWithNewKey(tx: Tx, keys: CaseKeys, { id, entitled }: CaseFile, by: By, at: Instant) {
  const key = keys.newKey();
  await tx
    .insertInto('case_key')
    .values({ case_id: id, wrapped: keys.wrapForNode(key, id) })
    .execute();
  for (const person of entitled) await grant(tx, keys, key, person, id, by, at);
  // What one may see is found out when one enters; from here on that is this case too.
  await sql`select rogatory_enter(rogatory_person())`.execute(tx);
  return key;
}

/** Gives and takes the key as these steps say. */
export async function passKey(tx: Tx, keys: CaseKeys, key: Uint8Array, id: CaseId, steps: readonly Recorded[]) {
  for (const { event, by, at } of steps) {
    if (event.type === 'case.entitled') await grant(tx, keys, key, event.to, id, by, at);
    if (event.type === 'case.disentitled')
      await tx.deleteFrom('case_grant').where('case_id', '=', id).where('person', '=', event.from).execute();
  }
}

/** Nobody needs the key of a case whose seal is gone. */
export async function forgetKey(tx: Tx, id: CaseId): Promise<void> {
  await tx.deleteFrom('case_grant').where('case_id', '=', id).execute();
  await tx.deleteFrom('case_key').where('case_id', '=', id).execute();
}

/** The folded events as they are kept. */
export const keptState = (keys: CaseKeys, key: CaseKey, id: string, plain: Uint8Array): Uint8Array =>
  key === null ? plain : keys.seal(key, names.state(id), plain);
export const stateFrom = (keys: CaseKeys, key: CaseKey, id: string, kept: Uint8Array): Uint8Array =>
  key === null ? kept : keys.open(key, names.state(id), kept);

/** An event as it is kept; its salt lies with it under the seal, since with the salt a short body could be guessed. */
export function keptEvent(keys: CaseKeys, key: CaseKey, id: string, seq: number, plain: Uint8Array, salt: Uint8Array) {
  if (key === null) return { body: plain, salt };
  return { body: keys.seal(key, names.event(id, seq), Buffer.concat([salt, plain])), salt: null };
}
/** The exact bytes that an event commits to, and its salt where it lies with them. */
export function eventFrom(keys: CaseKeys, key: CaseKey, id: string, seq: number, kept: Uint8Array) {
  if (key === null) return { body: kept, salt: null };
  const open = keys.open(key, names.event(id, seq), kept);
  return { salt: open.subarray(0, SALT_BYTES), body: open.subarray(SALT_BYTES) };
}

export const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** The name of a document as it is kept: in base64 where it is sealed. */
export const keptName = (keys: CaseKeys, key: CaseKey, id: string, document: string, name: string): string =>
  key === null ? name : Buffer.from(keys.seal(key, names.document(id, document), Buffer.from(name))).toString('base64');
export const nameFrom = (keys: CaseKeys, key: CaseKey, id: string, document: string, kept: string): string =>
  key === null ? kept : utf8(keys.open(key, names.document(id, document), Buffer.from(kept, 'base64')));

/** A text of somebody's unfinished change of a sealed case. */
export const keptDraft = (keys: CaseKeys, key: Uint8Array, draft: string, text: string): string =>
  Buffer.from(keys.seal(key, names.draft(draft), Buffer.from(text))).toString('base64');
export const draftTextFrom = (keys: CaseKeys, key: Uint8Array, draft: string, kept: string): string =>
  utf8(keys.open(key, names.draft(draft), Buffer.from(kept, 'base64')));

/**
 * Puts every event and document of a case into the form that its seal now asks for. An opened event must be what it
 * committed to, or nothing is opened at all. Unfinished changes of the case are gone.
 */
export async function reseal(tx: Tx, keys: CaseKeys, id: CaseId, from: CaseKey, to: CaseKey): Promise<void> {
  const events = await committed(tx, keys, id, from);
  const kept = events.map(({ seq, body, salt }) => keptEvent(keys, to, id, seq, body, salt));
  const documents = await tx.selectFrom('document').select(['id', 'name']).where('case_id', '=', id).execute();
  const renamed = documents.map((one) => keptName(keys, to, id, one.id, nameFrom(keys, from, id, one.id, one.name)));
  await sql`select rogatory_reseal(${id}, ${events.map(({ seq }) => seq)}::integer[], ${kept.map(({ body }) => Buffer.from(body))}::bytea[],
    ${kept.map(({ salt }) => salt && Buffer.from(salt))}::bytea[], ${documents.map((one) => one.id)}::uuid[], ${renamed}::text[])`.execute(
    tx,
  );
}

export type Committed = {
  readonly seq: number;
  readonly type: string;
  readonly at: Instant;
  readonly person: string | null;
  /** The exact bytes that are committed to. */
  readonly body: Uint8Array;
  readonly salt: Uint8Array;
};

/** The events of a case with what opens their commitments, in order, each of them checked against its commitment. */
export async function committed(tx: Tx, keys: CaseKeys, id: CaseId, key: CaseKey): Promise<Committed[]> {
  const rows = await tx
    .selectFrom('event')
    .innerJoin('opening', (on) =>
      on.onRef('opening.case_id', '=', 'event.case_id').onRef('opening.seq', '=', 'event.seq'),
    )
    .select(['event.seq', 'type', 'at', 'person', 'body', 'salt', 'previous', 'commitment'])
    .where('event.case_id', '=', id)
    .orderBy('event.seq')
    .execute();
  return rows.map(({ seq, type, at, person, previous, commitment, ...kept }) => {
    const opened = eventFrom(keys, key, id, seq, kept.body);
    const salt = opened.salt ?? kept.salt;
    if (salt === null) throw new Defect(`step ${seq} of the case ${id} has no salt`);
    const bodyHash = createHash('sha256').update(opened.body).digest();
    const made = commit(salt, { caseId: id, seq, previous, at, actor: person ?? 'clock', type, bodyHash });
    if (Buffer.compare(made, commitment) !== 0) throw new Defect(`step ${seq} of the case ${id} is not what it was`);
    return { seq, type, at, person, body: opened.body, salt };
  });
}

export const caseEventFrom = (body: Uint8Array): CaseEvent => JSON.parse(utf8(body)) as CaseEvent;
