// What the export of a case needs from the world: its steps with what opens their commitments, the log, and a page for people.

import type { CaseId, Recorded, Reference } from '../../domain/docket/case-file.ts';
import type { By } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Language } from '../../kernel/language.ts';
import type { Document } from './ports.ts';

/** A step as it is stored, with what opens its commitment. Bytes are in hexadecimal. */
export type OpenedStep = {
  readonly seq: number;
  readonly at: Instant;
  /** The id of a person, or `clock`. */
  readonly actor: By;
  readonly type: string;
  readonly previous: string | null;
  /** The exact text that was hashed. */
  readonly body: string;
  readonly bodyHash: string;
  /** Null where it was erased. */
  readonly salt: string | null;
  readonly commitment: string;
};

/** Where a step stands in the public log, from 0, and the C2SP tlog-proof that shows it. */
export type LogPlace = { readonly index: number; readonly receipt: string };

/** A step with its place in the log; null while it has none that is public. */
export type PlacedStep = OpenedStep & { readonly log: LogPlace | null };

/** case.json. */
export type CaseExport = {
  readonly form: 'rogatory/case-export/v1';
  readonly exportedAt: Instant;
  readonly office: { readonly name: string; readonly state: string };
  readonly case: { readonly id: string; readonly reference: Reference; readonly sealed: boolean };
  readonly length: number;
  readonly steps: readonly PlacedStep[];
  readonly people: { readonly [id: string]: string };
  readonly documents: readonly (Document & { readonly path: string | null })[];
  readonly log: { readonly vkey: string } | null;
};

/** A file of the archive: its path below the folder of the case, and its bytes, made when they are asked for. */
export type ExportFile = { readonly path: string; readonly bytes: () => Promise<Uint8Array> };

export type ExportPorts = {
  /** The steps in order. As they are: whether they fit their commitments is for whoever checks the export to say. */
  readonly steps: (by: By, id: CaseId) => Promise<readonly OpenedStep[]>;
  /** The public log, where this node has one: its verifier key, and the places of these commitments of a case, in the same order. */
  readonly log?: {
    readonly vkey: string;
    readonly places: (id: CaseId, commitments: readonly string[]) => Promise<readonly (LogPlace | null)[]>;
    /** One place, with what opens the commitment where the holder is to see that; null while it is not public. */
    readonly receipt: (
      id: CaseId,
      commitment: string,
      opened?: { readonly salt: Uint8Array; readonly opening: Uint8Array },
    ) => Promise<LogPlace | null>;
    /** The last step of a case that is public; 0 where none is. */
    readonly published: (id: CaseId) => Promise<number>;
  };
  /** The timeline in plain words, as a page without scripts, and its looks. */
  readonly readable: (
    copy: CaseExport,
    history: readonly Recorded[],
    language: Language,
  ) => { readonly page: string; readonly css: string };
  /** The files as one archive, with a manifest of their hashes as the last. */
  readonly archive: (folder: string, files: readonly ExportFile[]) => AsyncIterable<Uint8Array>;
};
