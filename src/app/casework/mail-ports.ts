// What word to people needs from the world: an outbox written with the steps, a way to send mail, and its words.

import type { PersonId } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Language } from '../../kernel/language.ts';

/** A person who is called and has an address for mail. */
export type Called = { readonly person: PersonId; readonly language: Language; readonly address: string };

/** Calls that wait to be sent, as written with the steps that caused them. */
export type Outbox = {
  /** Puts a person in the place of each role, so that everybody has one mail to come; those without an address drop out. */
  readonly spread: (now: Instant) => Promise<readonly PersonId[]>;
  /**
   * Locks what waits for this person and hands it to `send`; gone afterwards, or back with one more try when it fails.
   * False: another process has it, or nothing waits.
   */
  readonly take: (
    person: PersonId,
    now: Instant,
    send: (to: Called) => Promise<void>,
    again: (tries: number) => Instant | null,
  ) => Promise<'sent' | 'failed' | 'nothing'>;
  /** Drops everything that waits, where no mail is sent. */
  readonly empty: () => Promise<void>;
};

/** Where a person gets word; a person without an address sees what waits on their list alone. */
export type MailAddresses = {
  readonly of: (person: PersonId) => Promise<string | null>;
  readonly set: (person: PersonId, address: string | null) => Promise<void>;
};

export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

export type MailPorts = {
  readonly outbox: Outbox;
  readonly send: (mail: Mail) => Promise<void>;
  readonly say: (language: Language) => (key: string, values?: { readonly [name: string]: string | number }) => string;
  /** The address of the node, as people reach it. */
  readonly origin: string;
  readonly now: () => Instant;
};
