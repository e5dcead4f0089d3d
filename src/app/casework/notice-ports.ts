// What the door for people concerned needs from the store: which notice a code stands for, known by its mark alone.

import type { CaseId, Reference } from '../../domain/docket/case-file.ts';

/** The case and the number of the notice in it. */
export type FoundNotice = { readonly caseId: CaseId; readonly reference: Reference; readonly notice: number };

export type NoticeCodes = {
  /** The notice whose last letter bears the code of this mark; of codes before it none finds anything. */
  readonly find: (mark: string) => Promise<FoundNotice | undefined>;
};
