// What oversight's own book needs from the world: chains of events with commitments, lists read from the database, and the log.

import type { CaseId, Reference } from '../../domain/docket/case-file.ts';
import type { BookEvent, BookKind, Entered } from '../../domain/oversight/book.ts';
import type { Hmac, InDraw, Risk } from '../../domain/oversight/drawing.ts';
import type { Addressee } from '../../domain/oversight/finding.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Casework } from '../casework/casework.ts';
import type { ExportPorts, OpenedStep } from '../casework/export-ports.ts';
import type { LogPorts } from '../log/ports.ts';

/** One sample or finding: its id, its number, and every step in order. */
export type BookFile = { readonly id: string; readonly no: number; readonly steps: readonly Entered[] };

/** How a new one begins. */
export type Beginning = {
  readonly event: BookEvent;
  readonly addressedTo: Addressee | null;
  readonly cases: readonly CaseId[];
  /** The list a sample is drawn from, with its hash; null for a finding. */
  readonly population: { readonly sha256: string; readonly text: string } | null;
};

/** Samples and findings. Whoever may not see one is answered as if there were none. */
export type Book = {
  /** The latest first. */
  readonly all: (by: PersonId, kind: BookKind) => Promise<readonly BookFile[]>;
  readonly find: (by: PersonId, kind: BookKind, no: number) => Promise<BookFile | undefined>;
  /** Begins the next of its kind with what `make` decides for that number; gives the number. */
  readonly begin: (
    by: PersonId,
    kind: BookKind,
    given: { readonly id: string; readonly at: Instant },
    make: (no: number) => Outcome<Beginning, Refusal>,
  ) => Promise<Outcome<number, Refusal>>;
  /** Adds the step that `decide` gives, under a lock; undefined where there is none of that number. */
  readonly enter: (
    by: PersonId,
    kind: BookKind,
    no: number,
    at: Instant,
    decide: (file: BookFile) => Outcome<BookEvent, Refusal>,
  ) => Promise<Outcome<BookEvent, Refusal> | undefined>;
  /** The population of that hash. */
  readonly population: (by: PersonId, sha256: string) => Promise<string | undefined>;
  /** The steps with what opens their commitments. */
  readonly opened: (by: PersonId, id: string) => Promise<readonly OpenedStep[]>;
};

/** Lists that are always kept. `access` is of people and keys, the others are of cases. */
export const STANDING = [
  'overrides',
  'emergencies',
  'late-notices',
  'long-secrecy',
  'complaints',
  'sealed',
  'kept-back',
  'access',
] as const;
export type Standing = (typeof STANDING)[number];
export type CaseList = Exclude<Standing, 'access'>;
export const isStanding = (text: string): text is Standing => (STANDING as readonly string[]).includes(text);

/** What time it is, and from how many days on secrecy counts as long. */
export type Counting = { readonly now: Instant; readonly longDays: number };
/** From one moment to before another; null where it is open. */
export type Span = { readonly since: Instant | null; readonly before: Instant | null };

/** A case that may belong on a list: its words decide. `at` is what the list is sorted by, the latest first. */
export type Candidate = { readonly id: CaseId; readonly reference: Reference; readonly at: Instant };

/** An act on roles, accounts or keys. `what` is that of the office's record of people, or `key-made` and `key-revoked`. */
export type AccessAct = {
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly person: PersonId | null;
  readonly what: string;
  readonly facts: { readonly [name: string]: string };
};

/** Counts of a span of time. A step is an event in a case of its type. */
export type Happened = {
  readonly steps: { readonly [type: string]: { readonly steps: number; readonly cases: number } };
  readonly overrides: number;
  readonly emergencies: number;
  readonly received: number;
  readonly decided: number;
  readonly access: number;
  readonly readings: { readonly pages: number; readonly cases: number };
};

/** Read as somebody: to whom a case is not there, it is on no list. */
export type Lists = {
  readonly counts: (by: PersonId, counting: Counting) => Promise<{ readonly [L in CaseList]: number }>;
  readonly candidates: (
    by: PersonId,
    list: CaseList,
    asked: Counting & Span & { readonly after: string | null; readonly most: number },
  ) => Promise<readonly Candidate[]>;
  readonly access: (
    by: PersonId,
    asked: Span & { readonly after: string | null; readonly most: number },
  ) => Promise<readonly (AccessAct & { readonly key: string })[]>;
  readonly happened: (by: PersonId, span: Span) => Promise<Happened>;
  /** Every case received in the span that has one of these risks, or any case where none is named; with its risks. */
  readonly inDraw: (
    by: PersonId,
    asked: Counting & Span & { readonly only: readonly Risk[] },
  ) => Promise<readonly Omit<InDraw, 'lots'>[]>;
};

export type OversightPorts = {
  readonly work: Casework;
  readonly book: Book;
  readonly lists: Lists;
  readonly steps: ExportPorts['steps'];
  readonly log: LogPorts;
  readonly hmac: Hmac;
  /** SHA-256 of bytes. */
  readonly digest: (bytes: Uint8Array) => Uint8Array;
};
