// What sealed cases need from the world: a key for each case, wrapped to people and to the node, and bytes sealed under it.

import type { CaseId } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { NodeMark } from '../log/held-ports.ts';
import type { PersonKey } from '../people/ports.ts';

export type CaseKeys = {
  /** 256 random bits. */
  readonly newKey: () => Uint8Array;
  /** A key pair for somebody who has none yet. */
  readonly newPersonKey: (person: PersonId) => Promise<PersonKey>;
  /** Beside the rows of people: who is given a key pair has a step of their account. */
  readonly mark: NodeMark;
  /** The key of a case as only that person's key pair opens it. */
  readonly wrap: (key: Uint8Array, to: PersonKey) => Promise<Uint8Array>;
  /** Opens it with one of that person's own key pairs, each of which opens on this node only. */
  readonly unwrap: (wrapped: Uint8Array, person: PersonId, own: readonly PersonKey[]) => Promise<Uint8Array>;
  /** The key of a case as this node opens it, for the clock and for oversight. */
  readonly wrapForNode: (key: Uint8Array, id: CaseId) => Uint8Array;
  readonly unwrapForNode: (wrapped: Uint8Array, id: CaseId) => Uint8Array;
  /** Bytes sealed under the key of a case. What they are named as is bound to them. */
  readonly seal: (key: Uint8Array, name: string, bytes: Uint8Array) => Uint8Array;
  /** Throws a Defect when they were changed, or sealed under another key or name. */
  readonly open: (key: Uint8Array, name: string, sealed: Uint8Array) => Uint8Array;
};
