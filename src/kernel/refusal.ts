// Why the workflow does not go on: a stable code for programs and for the catalogue, with what its message names.

/** A reason of law or workflow for not going on. Its message is `casework.refusal.<code>` in the reader's language. */
export type Refusal = {
  /** Such as `decisions.same-person`; stable, in the API and in records. */
  readonly code: string;
  /** What the message names. */
  readonly facts?: { readonly [name: string]: string | number };
};

/** Shortens `refuse({code, facts})` where a decider says no. */
export const no = (
  code: string,
  facts?: Refusal['facts'],
): { readonly ok: false; readonly faults: readonly Refusal[] } => ({
  ok: false,
  faults: [facts === undefined ? { code } : { code, facts }],
});
