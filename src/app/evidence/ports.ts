// What evidence needs from the world: a store of sealed objects, uploads under way, a packer, a time-stamping authority, previews.

import type { CaseId } from '../../domain/docket/case-file.ts';
import type { ObjectId, Stamped } from '../../domain/evidence/evidence.ts';
import type { ConfirmedKey } from '../../domain/evidence/keys.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { FileOf } from '../casework/file-ports.ts';
import type { ExportPorts } from '../casework/export-ports.ts';

/** Objects sealed at rest, each under a key of its own. Memory does not grow with their size. */
export type ObjectStore = {
  /** How many bytes a part of an upload has; the last one may have fewer. */
  readonly partBytes: number;
  readonly begin: (id: ObjectId) => Promise<void>;
  /** Seals a part behind the `at` bytes that are there, and waits for the disk. `last` ends the object. */
  readonly append: (id: ObjectId, at: number, part: Uint8Array, last: boolean) => Promise<void>;
  /** SHA-256 of the whole, in hexadecimal; nothing is added afterwards. */
  readonly finish: (id: ObjectId, size: number) => Promise<string>;
  /** The bytes, verified piece by piece; undefined when it is not there for whoever asks. Throws where it was changed. */
  readonly open: (id: ObjectId, of: FileOf) => Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Destroys it with its only key. */
  readonly drop: (id: ObjectId) => Promise<void>;
};

/** An upload that is under way; its id becomes that of the object. */
export type Upload = {
  readonly id: ObjectId;
  readonly caseId: CaseId;
  readonly size: number;
  readonly partSize: number;
  readonly begunAt: Instant;
  /** How many bytes are there. */
  readonly at: number;
};

/** Uploads, each seen by the person whose it is and nobody else. */
export type UploadStore = {
  readonly begin: (by: PersonId, upload: Omit<Upload, 'at'>) => Promise<void>;
  readonly find: (by: PersonId, id: ObjectId) => Promise<Upload | undefined>;
  readonly ofCase: (by: PersonId, caseId: CaseId) => Promise<readonly Upload[]>;
  /** Says how long it is, where that was not known: never longer than what was begun. */
  readonly ends: (by: PersonId, id: ObjectId, size: number) => Promise<void>;
  /** Puts down what a part hashes to, before it is sealed. False: another hash stands there for this place already. */
  readonly intend: (by: PersonId, id: ObjectId, part: number, sha256: string) => Promise<boolean>;
  readonly written: (by: PersonId, id: ObjectId, part: number) => Promise<void>;
  readonly drop: (by: PersonId, id: ObjectId) => Promise<void>;
  /** Takes those away that were begun before that moment. */
  readonly dropOlder: (than: Instant) => Promise<readonly { readonly id: ObjectId; readonly caseId: CaseId }[]>;
};

/** A text that goes into a bag, by its path there. */
export type BagText = { readonly path: string; readonly text: string };
/** An object that goes into a bag. */
export type BagObject = {
  readonly path: string;
  readonly id: ObjectId;
  readonly size: number;
  readonly sha256: string;
};

export type Sealed = {
  /** Of the sealed file. */
  readonly sha256: string;
  readonly size: number;
  /** SHA-256 of the tag manifest. */
  readonly bag: string;
  readonly timeStamp: Stamped | null;
};

export type Packages = {
  /** Whether bags are given a time stamp. */
  readonly stamps: boolean;
  /** Puts a bag together, stamps it and seals it to these keys; refused when the authority gave no stamp. */
  readonly make: (
    id: string,
    bag: {
      readonly folder: string;
      /** Fields of bag-info.txt; the size is added. */
      readonly info: readonly (readonly [string, string])[];
      readonly texts: readonly BagText[];
      readonly objects: readonly BagObject[];
      /** Whose objects they are, and who asks for them. */
      readonly of: FileOf;
      readonly keys: readonly ConfirmedKey[];
      readonly at: Instant;
    },
  ) => Promise<Outcome<Sealed>>;
  /** The sealed file; undefined when it is not there. */
  readonly open: (id: string) => Promise<AsyncIterable<Uint8Array> | undefined>;
  readonly drop: (id: string) => Promise<void>;
};

/** What a sandboxed child made of an object: plain text, pictures of its first pages (PNG), or why there is none. */
export type Preview =
  | { readonly is: 'text'; readonly text: string; readonly cut: boolean }
  | { readonly is: 'pictures'; readonly pages: readonly Uint8Array[] }
  | { readonly is: 'none'; readonly why: 'no-sandbox' | 'no-tool' | 'kind' | 'failed' | 'too-large' };

export type Previewer = (source: AsyncIterable<Uint8Array>, mediaType: string, size: number) => Promise<Preview>;

export type EvidencePorts = {
  readonly objects: ObjectStore;
  readonly uploads: UploadStore;
  readonly packages: Packages;
  /** The steps of a case with what opens them, and the public log where there is one. */
  readonly steps: ExportPorts['steps'];
  readonly log?: ExportPorts['log'];
  readonly preview: Previewer;
};
