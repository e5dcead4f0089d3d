// What steps hold, because no event gives it back: kinds of rows that change only by an act on record, each a chain or one for each owner.

import { type RawBuilder, sql } from 'kysely';
import type { HeldKind } from '../../../app/log/held-ports.ts';
import type { Owned } from './plain-rows.ts';

type Kind = {
  /** Rows as they are now. Counters, and when something was used last, change with each use and stand in no step. */
  readonly rows: Owned;
  /** Lines of a record, which are written once. */
  readonly lines?: Owned;
  /** Those lines that a step comes with. */
  readonly among?: RawBuilder<boolean>;
};

export const HELD: { readonly [K in HeldKind]: Kind } = {
  account: {
    rows: {
      person: ['id', 'name', 'created_at', 'disabled_at'],
      person_role: ['person', 'role', 'given_at', 'given_by', 'taken_at', 'taken_by'],
      login: ['person', 'name', 'password', 'totp'],
      passkey: ['person', 'id', 'public_key', 'transports', 'device_bound', 'label', 'added_at'],
      recovery_code: ['person', 'hash', 'made_at'],
      federated_identity: ['person', 'issuer', 'subject'],
      person_key: ['person', 'recipient', 'made_at', 'sealed'],
      mail_address: ['person', 'address'],
    },
    lines: { person_event: ['person', 'at', 'by_person', 'what', 'facts'] },
    // To sign in changes no account.
    among: sql`person is not null and what <> 'signed-in'`,
  },
  settings: {
    rows: {
      office: [null, 'state', 'name', 'settings', 'version', 'demonstration'],
      threshold_proposal: [null, 'id', 'threshold', 'proposed_by', 'proposed_at'],
    },
    lines: { office_event: [null, 'at', 'by_person', 'version', 'changes', 'proposal', 'proposed_by'] },
  },
  figures: {
    rows: {
      report_proposal: [null, 'id', 'period', 'proposed_by', 'proposed_at', 'hash'],
      report: [null, 'no', 'period', 'made_at', 'made_by', 'proposal', 'proposed_by'],
    },
  },
  programs: {
    rows: {
      api_key: [null, 'id', 'office', 'state', 'hash', 'made_at', 'made_by', 'expires_at', 'revoked_at', 'revoked_by'],
    },
  },
};
