// Evidence of a case: objects as they came, what each covers and what of it goes beyond the request, and what was handed over.

import type { Instant } from '../../kernel/instant.ts';
import type { Moment } from '../calendar/moment.ts';
import type { By } from '../registry/person.ts';

/** A random UUID; the name of the object in the store. */
export type ObjectId = string & { readonly __brand: 'ObjectId' };

/** What an object holds, in the words of the request: one account, one category, from when to when. */
export type Coverage = {
  readonly account: string;
  readonly category: string;
  /** Null where what it holds has no date, such as the name of a subscriber. */
  readonly from: Moment | null;
  readonly to: Moment | null;
};

export const FLAG_CODES = ['account', 'category', 'not-decided', 'before', 'after', 'undated'] as const;
export type FlagCode = (typeof FLAG_CODES)[number];

/** One way in which an object goes beyond what was asked for, and the line of the request that says so. */
export type Flag = {
  readonly code: FlagCode;
  /** JSON Pointer (RFC 6901) into the content of the request. */
  readonly line: string;
  /** What the request asks for, as it is written there. */
  readonly limit: string;
  /** What the object holds. */
  readonly found: string;
};

/** It is within the request after all; the object is left out; a redaction goes instead. */
export const FLAG_ANSWERS = ['within', 'left-out', 'redacted'] as const;
export type FlagSay = (typeof FLAG_ANSWERS)[number];
export type FlagAnswer = {
  readonly say: FlagSay;
  readonly reasons: string;
  readonly by: By;
  readonly at: Instant;
};
export type AnsweredFlag = Flag & { readonly answer: FlagAnswer | null };

/** What arrived: bytes known by their SHA-256, in 64 hexadecimal digits. */
export type Arrived = {
  readonly object: ObjectId;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
};

/** Where an object comes from: produced for a task, or made from another object by taking something out. */
export type Source =
  | { readonly kind: 'task'; readonly task: number; readonly decisionNo: number }
  | { readonly kind: 'redaction'; readonly of: ObjectId; readonly removed: string };

/** One step of custody: who did what with the object. `detail` is to whom, for what, or how. */
export type Custody = {
  readonly what:
    | 'received'
    | 'redacted'
    | 'seen'
    | 'copied'
    | 'flag-answered'
    | 'packaged'
    | 'handed-over'
    | 'confirmed';
  readonly by: By;
  readonly at: Instant;
  readonly detail: string;
};

export type EvidenceObject = Arrived & {
  /** Counted from 1 through the whole case. */
  readonly no: number;
  readonly source: Source;
  readonly receivedFrom: string;
  readonly receivedBy: By;
  readonly receivedAt: Instant;
  readonly covers: readonly Coverage[];
  readonly flags: readonly AnsweredFlag[];
  readonly custody: readonly Custody[];
};

/**
 * The public key of somebody whom packages are for: entered by one person, and confirmed by another to whom the recipient
 * read its fingerprint. Another key under the same number is confirmed by nobody yet.
 */
export type RecipientKey = {
  /** Counted from 1 through the whole case. */
  readonly no: number;
  readonly name: string;
  /** A public key of age. */
  readonly key: string;
  /** SHA-256 of the key as it is written, in 64 hexadecimal digits. */
  readonly fingerprint: string;
  readonly enteredBy: By;
  readonly enteredAt: Instant;
  readonly confirmed: {
    readonly by: By;
    readonly at: Instant;
    readonly fingerprint: string;
    /** With whom the fingerprint was compared, and in which way. */
    readonly how: string;
  } | null;
};

/** Whom a package is for: a name, and the age public keys it is sealed to. */
export type Recipient = { readonly name: string; readonly keys: readonly string[] };
export type Stamped = { readonly authority: string; readonly at: Instant };

export type Package = {
  /** A random UUID. */
  readonly package: string;
  readonly no: number;
  readonly objects: readonly ObjectId[];
  readonly recipient: Recipient;
  /** The fingerprints of those keys. */
  readonly fingerprints: readonly string[];
  readonly purpose: string;
  /** The hash over which whoever made it proved that they were there. */
  readonly signed: string;
  /** SHA-256 and size in bytes of the sealed file. */
  readonly sha256: string;
  readonly size: number;
  /** SHA-256 of the tag manifest, which fixes everything in the bag. */
  readonly bag: string;
  readonly timeStamp: Stamped | null;
  /** The last step of the case that the package knows. */
  readonly asOf: number;
};
export type Made = Package & {
  readonly by: By;
  readonly at: Instant;
  readonly handedOver: readonly { readonly to: string; readonly how: string; readonly by: By; readonly at: Instant }[];
  /** What the recipient said of it. */
  readonly confirmed: { readonly by: string; readonly at: Instant } | null;
};

export type Evidence = {
  readonly objects: readonly EvidenceObject[];
  readonly keys: readonly RecipientKey[];
  readonly packages: readonly Made[];
};

type Taken = Arrived & {
  readonly no: number;
  readonly receivedFrom: string;
  readonly covers: readonly Coverage[];
  readonly flags: readonly Flag[];
};

export type EvidenceEvent =
  | ({ readonly type: 'evidence.received'; readonly task: number; readonly decisionNo: number } & Taken)
  | ({
      readonly type: 'evidence.redacted';
      readonly of: ObjectId;
      readonly ofNo: number;
      readonly removed: string;
    } & Taken)
  | {
      readonly type: 'evidence.flag-answered';
      readonly object: ObjectId;
      /** The number of the object; of the package, where it is one that is meant. */
      readonly no: number;
      /** Counted from 1 within the object. */
      readonly flag: number;
      readonly say: FlagSay;
      readonly reasons: string;
    }
  | {
      readonly type: 'evidence.seen';
      readonly object: ObjectId;
      readonly no: number;
      readonly how: 'preview' | 'opened';
    }
  | {
      readonly type: 'evidence.copied';
      readonly object: ObjectId;
      readonly no: number;
      readonly sha256: string;
      readonly to: string;
      readonly purpose: string;
      /** As of a package; not there in steps from before it was asked for. */
      readonly signed?: string;
    }
  | {
      readonly type: 'evidence.key-entered';
      /** Of the key; one that is there already is exchanged. */
      readonly no: number;
      readonly name: string;
      readonly key: string;
      readonly fingerprint: string;
    }
  | {
      readonly type: 'evidence.key-confirmed';
      readonly no: number;
      readonly fingerprint: string;
      readonly how: string;
    }
  | ({ readonly type: 'evidence.packaged' } & Package)
  | {
      readonly type: 'evidence.handed-over';
      readonly package: string;
      readonly no: number;
      readonly sha256: string;
      readonly to: string;
      readonly how: string;
      readonly signed?: string;
    }
  | {
      readonly type: 'evidence.confirmed';
      readonly package: string;
      readonly no: number;
      readonly sha256: string;
      readonly by: string;
    }
  /** The case is closed and these objects, by their numbers, were not handed over: why. */
  | { readonly type: 'evidence.kept-back'; readonly objects: readonly number[]; readonly reasons: string };

export const initial: Evidence = { objects: [], keys: [], packages: [] };

export const objectOf = (state: Evidence, id: string): EvidenceObject | undefined =>
  state.objects.find(({ object }) => object === id);
/** Objects that nobody handed over, neither themselves nor redacted, and that nobody said are left out. */
export function notHandedOver(state: Evidence): readonly EvidenceObject[] {
  const gone = new Set(state.packages.flatMap(({ handedOver, objects }) => (handedOver.length > 0 ? objects : [])));
  return state.objects.filter(
    ({ object, flags }) =>
      !gone.has(object) &&
      !redactionsOf(state, object).some((one) => gone.has(one.object)) &&
      !flags.some(({ answer }) => answer?.say === 'left-out'),
  );
}

/** What was made from an object by taking something out. */
export const redactionsOf = (state: Evidence, id: ObjectId): readonly EvidenceObject[] =>
  state.objects.filter(({ source }) => source.kind === 'redaction' && source.of === id);
