// What casework needs from the world: a store that records whole steps, an exact clock, hashes, and letters on paper.

import type { FileOf } from './file-ports.ts';
import type { HandingIn } from './intake-ports.ts';
import type { Office } from './office.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Urgency } from '../../domain/docket/case-file.ts';
import type { CaseEvent, CaseFile, CaseId, Direction, Recorded, Reference } from '../../domain/docket/case-file.ts';
import type { ObjectId } from '../../domain/evidence/evidence.ts';
import type { Stage, Turn } from '../../domain/docket/standing.ts';
import type { By, PersonId, Role } from '../../domain/registry/person.ts';
import type { RequestContent } from '../../domain/requests/content.ts';
import type { Measure } from '../../domain/requests/fields-measures.ts';
import type { Unread } from '../../domain/requests/form.ts';
import type { Channel } from '../../domain/requests/request.ts';

/** Whoever acts: a signed-in person with the roles they have at this moment. */
export type Actor = { readonly id: PersonId; readonly roles: readonly Role[] };

/** The line of a case in lists, and what it is found by; written in the transaction of the step. */
export type CaseLine = {
  readonly reference: Reference;
  readonly direction: Direction;
  readonly requestingState: string;
  readonly requestedState: string;
  readonly counterpart: string;
  readonly measure: string;
  readonly instrument: string | null;
  readonly stage: Stage;
  /** What comes next, where it is another step than its stage says. */
  readonly step: string | null;
  readonly urgency: Urgency;
  readonly turn: Turn;
  readonly assignee: PersonId | null;
  readonly receivedAt: Instant;
  readonly dueAt: Instant | null;
  readonly dueKind: string | null;
  readonly outcome: string | null;
  readonly disposition: string | null;
  /** How much of the next step there is to do: open questions, tasks under way. */
  readonly waiting: number;
  /** Whoever may not take the next step, having taken the one before it. */
  readonly barred: readonly PersonId[];
  /** An emergency before whose execution somebody must still call back. */
  readonly toCall: boolean;
  readonly sealed: boolean;
};

/** A term of a case that the clock watches. */
export type Term = { readonly key: string; readonly kind: string; readonly whose: string; readonly at: Instant };

/** Word to a person, or to whoever has a role, that something waits; never what. `except` took the step and knows. */
export type Call = { readonly except: PersonId | null } & (
  | { readonly person: PersonId; readonly role: null }
  | { readonly person: null; readonly role: Role }
);

/** Everything one step writes besides its events. */
export type Projection = {
  readonly line: CaseLine;
  readonly terms: readonly Term[];
  /** Hashed marks by which requests with something in common are found: those that the step adds. */
  readonly marks: readonly string[];
  /** Words to search by; empty when the case is sealed. */
  readonly words: string;
};

export type Document = {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly language: string | null;
  readonly addedAt: Instant;
  readonly addedBy: PersonId | null;
};

/** A file that came with a request, put down in the file store already. */
export type Attached = Pick<Document, 'name' | 'mediaType' | 'size' | 'sha256'>;

/** What a form is for once it is handed in: a case opened for another State's request or our own, or a change of one. */
export type Purpose = 'receive' | 'draft' | 'amend' | 'supplement';

/** A form that somebody has begun and not handed in. Nobody else sees it. */
export type Draft = {
  readonly id: string;
  readonly purpose: Purpose;
  /** The case it changes, and the version of the content it was made from. */
  readonly caseId: CaseId | null;
  readonly basedOn: number | null;
  readonly channel: Channel;
  readonly measure: Measure | null;
  readonly otherState: string | null;
  readonly instrument: string | null;
  readonly content: RequestContent;
  /** What was typed and could not be read yet. */
  readonly unread: Unread;
  readonly documents: readonly Attached[];
  readonly version: number;
  readonly changedAt: Instant;
};

/** Drafts, each asked for as the person whose it is; others' do not exist. */
export type DraftStore = {
  /** Those that are to open a case, the last changed first. */
  readonly mine: (by: PersonId) => Promise<readonly Draft[]>;
  readonly find: (by: PersonId, id: string) => Promise<Draft | undefined>;
  /** The one that changes this case in this way. */
  readonly ofCase: (by: PersonId, caseId: CaseId, purpose: Purpose) => Promise<Draft | undefined>;
  /** Writes it over its last version, or as a new one where its version is 1; false when it was changed in between. */
  readonly save: (by: PersonId, draft: Draft) => Promise<boolean>;
  readonly drop: (by: PersonId, id: string) => Promise<void>;
};

/** A case as it begins: its first events and the file they make, and everything written with them. */
export type NewCase = {
  readonly file: CaseFile;
  readonly steps: readonly Recorded[];
  readonly projection: Projection;
  readonly calls: readonly Call[];
  readonly documents: readonly Document[];
  /** What a program handed in, under its own name: once and not again. */
  readonly claim?: HandingIn;
};

/** One transaction, as one person. */
export type CaseTx = {
  /** The case as it stands, locked until the end of the transaction; absent and not for this person's eyes look alike. */
  readonly load: (reference: Reference) => Promise<CaseFile | undefined>;
  /** Opens a case; the same as `open` of the store, in this transaction. */
  readonly open: (make: (number: number) => NewCase) => Promise<CaseFile>;
  /** Writes the step whole. False: somebody else's step came first, and nothing was written. */
  readonly record: (
    before: CaseFile,
    steps: readonly Recorded[],
    after: CaseFile,
    projection: Projection,
  ) => Promise<boolean>;
  /** Puts down the terms as they are counted now, and which of them have run out; gives those that had not been marked so before. */
  readonly settleTerms: (caseId: CaseId, terms: readonly Term[], at: Instant) => Promise<readonly Term[]>;
  /** Word that goes out if, and only if, this transaction stands. */
  readonly call: (calls: readonly Call[], at: Instant) => Promise<void>;
  readonly addDocument: (caseId: CaseId, document: Document) => Promise<void>;
  /** The mark of the code on the letter of a notice, in the place of the one before. */
  readonly keepCode: (caseId: CaseId, notice: number, mark: string) => Promise<void>;
  /** Destroys what opens the steps of the case, the last of which says so. */
  readonly erase: (file: CaseFile, at: Instant) => Promise<void>;
  /** Takes a draft away that is being handed in; false when it is gone or was changed in between. */
  readonly dropDraft: (id: string, version: number) => Promise<boolean>;
  /** Cases that share a mark, the newest first. */
  readonly alike: (
    marks: readonly string[],
    except: CaseId,
  ) => Promise<readonly { mark: string; reference: Reference }[]>;
};

/** What a docket is asked for. Every field narrows; all absent is everything open. */
export type DocketFilter = {
  readonly direction?: Direction;
  /** On either side. */
  readonly state?: string;
  readonly measure?: string;
  readonly stage?: Stage;
  /** At none of these. */
  readonly notStages?: readonly Stage[];
  readonly outcome?: string;
  readonly turns?: readonly Turn[];
  /** With `turns`: but not where this person may not take the step. */
  readonly mayTake?: PersonId;
  /** At the turn of none of these roles, or where this person may not take the step. */
  readonly waitsForOthers?: { readonly than: readonly Turn[]; readonly person: PersonId };
  readonly urgency?: Urgency;
  readonly assignees?: readonly PersonId[];
  /** Nobody has taken it. */
  readonly unassigned?: boolean;
  /** Taken by nobody, by one of these people, or by somebody who cannot do what comes next. */
  readonly freeFor?: readonly PersonId[];
  readonly toCall?: boolean;
  /** Due before this moment. */
  readonly dueBefore?: Instant;
  /** Words to find; already made into terms. */
  readonly words?: string;
  readonly closed?: boolean;
};
export type DocketQuery = DocketFilter & {
  readonly sort: 'due' | 'received';
  /** The last line of the page before: its sort value and its id. */
  readonly after?: string;
  readonly size: number;
};
export type DocketPage = { readonly lines: readonly CaseLine[]; readonly next: string | null };
/** How many cases there are of each kind; the stages add up to the total. */
export type DocketCounts = {
  readonly total: number;
  readonly byStage: { readonly [stage: string]: number };
  /** Counted up to one more than `MOST_COUNTED`. */
  readonly overdue: number;
  readonly emergency: number;
  /** There are more than `MOST_COUNTED`, and it is not known how many, nor of which kinds: no other number says anything. */
  readonly many: boolean;
};
/** Beyond so many, what no count is kept of is not counted one by one. */
export const MOST_COUNTED = 1_000;
/** A page of a docket and how many there are, both of one moment. */
export type Listed = {
  readonly page: DocketPage;
  /** At every stage, whatever stage was asked for. */
  readonly counts: DocketCounts;
  /** How many there are of what was asked for; null where there are more than `MOST_COUNTED` and it is not known how many. */
  readonly count: number | null;
};
/** A term that runs out, with the line of its case. */
export type Falling = { readonly term: Term; readonly line: CaseLine };
/** Somebody who is away, and the last day of it. */
export type Away = { readonly person: PersonId; readonly until: Day };

/** A question to the docket that somebody has kept under a name. */
export type SavedView = { readonly name: string; readonly query: string };

/** What lists are made of, of what one person may see. */
export type Lists = {
  readonly docket: (query: DocketQuery) => Promise<DocketPage>;
  readonly counts: (now: Instant, filter?: DocketFilter) => Promise<DocketCounts>;
  readonly list: (now: Instant, query: DocketQuery) => Promise<Listed>;
  /** Terms of open cases that run out before that moment, and not before the other where one is given; the nearest first. */
  readonly falling: (before: Instant, most: number, from?: Instant) => Promise<readonly Falling[]>;
  /** For whom they stand in on that day. */
  readonly awayFor: (on: Day) => Promise<readonly Away[]>;
  readonly views: () => Promise<readonly SavedView[]>;
  /** Everybody who has one of these roles. */
  readonly colleagues: CaseStore['colleagues'];
};

export type CaseStore = {
  /**
   * Opens a case, in a transaction of its own that is on disk when this answers. `make` is given the case's number in the year.
   * Undefined where the same was handed in before; whoever hands it in at the same moment waits for the first to end.
   */
  readonly open: (by: By, make: (number: number) => NewCase) => Promise<CaseFile | undefined>;
  /** Waits for a moment at which no case is being opened, but not for long. */
  readonly lull: () => Promise<void>;
  readonly transaction: <T>(by: By, work: (tx: CaseTx) => Promise<T>) => Promise<T>;
  /** The case for reading; of a reader from oversight, `part` says what was read and is recorded. */
  readonly read: (by: PersonId, reference: Reference, part: string) => Promise<CaseFile | undefined>;
  /** The events of a case in their order; of one type alone where one is named. */
  readonly history: (by: By, id: CaseId, type?: CaseEvent['type']) => Promise<readonly Recorded[]>;
  readonly documents: (by: By, id: CaseId) => Promise<readonly Document[]>;
  /** Asks for what that person may see, everything in one transaction; what is asked at the same time goes there together. */
  readonly lists: <T>(by: PersonId, ask: (lists: Lists) => Promise<T>) => Promise<T>;
  readonly docket: (by: PersonId, query: DocketQuery) => Promise<DocketPage>;
  readonly counts: (by: PersonId, now: Instant, filter?: DocketFilter) => Promise<DocketCounts>;
  readonly falling: (by: PersonId, before: Instant, most: number) => Promise<readonly Falling[]>;
  readonly names: (people: readonly PersonId[]) => Promise<{ readonly [id: string]: string }>;
  /** Everybody who has one of these roles. */
  readonly colleagues: (roles: readonly Role[]) => Promise<readonly { readonly id: PersonId; readonly name: string }[]>;
  /** Terms that have run out and were not settled since, of open cases but for these, the oldest first. */
  readonly dueTerms: (
    now: Instant,
    most: number,
    except?: readonly Reference[],
  ) => Promise<readonly (Term & { readonly reference: Reference })[]>;
  /** Open cases by their ids, after that one. */
  readonly openAfter: (
    id: CaseId | null,
    most: number,
  ) => Promise<readonly { readonly id: CaseId; readonly reference: Reference }[]>;
  readonly views: (by: PersonId) => Promise<readonly SavedView[]>;
  readonly saveView: (by: PersonId, name: string, query: string) => Promise<void>;
  readonly dropView: (by: PersonId, name: string) => Promise<void>;
};

/** Bytes kept by their SHA-256; of a case that is sealed, under its key. */
export type FileStore = {
  /** Without a case it lies in the clear, for a case to come. */
  readonly put: (bytes: Uint8Array, of?: FileOf) => Promise<{ readonly sha256: string; readonly size: number }>;
  readonly get: (sha256: string, of?: FileOf) => Promise<Uint8Array | undefined>;
  /** Lays the files of a sealed case down in the clear: before its seal and its key are gone. */
  readonly openAll: (of: FileOf) => Promise<void>;
  /** Has objects of evidence of a sealed case open without its key again: within the step that takes the seal off, so that nobody shuts them meanwhile. */
  readonly bare: (of: FileOf, objects: readonly ObjectId[]) => Promise<void>;
  /** Lets files follow the seals of their cases, as far as they have not. Once too often does no harm. */
  readonly follow: () => Promise<FilesFailed>;
};
/** Cases and files, by id and hash, that could not follow; they are tried again. */
export type FilesFailed = { readonly failed: readonly { readonly what: string; readonly error: unknown }[] };

export type World = {
  readonly now: () => Instant;
  /** The day it is in the office's own zone. */
  readonly today: () => Day;
  readonly newId: () => string;
  /** An id that sorts by when it was made (UUIDv7, RFC 9562), so that what belongs to new cases lies together in every index. */
  readonly newCaseId: () => CaseId;
  /** SHA-256 of the UTF-8 bytes of a text, in hexadecimal. */
  readonly hash: (text: string) => string;
  /** A keyed hash under a secret of this office: equal for equal text, and nothing can be tried against it. */
  readonly mark: (text: string) => string;
};

export type { CaseEvent };
/** What a store folds a case anew with, where it is kept in an earlier form. */
export { FOLD, folded } from '../../domain/docket/case-file.ts';
export type { Office, OfficeSettings } from './office.ts';

export type OfficeStore = {
  readonly office: () => Office;
  readonly save: (office: Office, demonstration?: boolean) => Promise<void>;
  /** Whether this node shows an invented office. Once it does, it never becomes a real one. */
  readonly isDemonstration: () => Promise<boolean>;
};
