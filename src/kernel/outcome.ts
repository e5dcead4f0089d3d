// Expected answers are values, defects are thrown: the two ways anything here can end.

/** An expected answer of law or workflow: the value, or the faults that stand in its way. */
export type Outcome<T, F = Fault> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly F[] };

/** One thing that is wrong with an input, for the person who can mend it. */
export type Fault = {
  /** JSON Pointer (RFC 6901) into the input, or a file name. */
  readonly pointer: string;
  /** The line in the file, counted from 1, when the input is a text file. */
  readonly line?: number;
  /** What is wrong and what is expected, one sentence. */
  readonly detail: string;
};

export const accept = <T>(value: T) => ({ ok: true, value }) as const;
export const refuse = <F>(...faults: readonly F[]) => ({ ok: false, faults }) as const;

/** A bug or a broken machine, never an answer of law. Caught only at an entry point. */
export class Defect extends Error {
  override readonly name = 'Defect';
}
