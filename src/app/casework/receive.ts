// Use cases of the front door: a request comes in by form, file or letter, or is begun here to be sent.

import type { CaseEvent, CaseFile, Direction, Reference } from '../../domain/docket/case-file.ts';
import type { By } from '../../domain/registry/person.ts';
import { may } from '../../domain/registry/policy.ts';
import type { RequestContent } from '../../domain/requests/content.ts';
import type { Measure } from '../../domain/requests/fields-measures.ts';
import type { CameWith, Channel } from '../../domain/requests/request.ts';
import type { Instant } from '../../kernel/instant.ts';
import { type Acted, type Casework, whole } from './act.ts';
import type { HandingIn } from './intake-ports.ts';
import type { Actor, Attached, CaseTx, Document, NewCase } from './ports.ts';
import { readAtOnce } from './reading.ts';

export type Arriving = {
  readonly direction: Direction;
  readonly channel: Channel;
  /** The office whose program handed it in. */
  readonly sender?: string;
  readonly measure: Measure;
  /** The State on the other side; this office's own is the other end. */
  readonly otherState: string;
  readonly instrument: string | null;
  readonly content: RequestContent;
  /** What came with it: kept as it came, and the original letter above all. */
  readonly documents: readonly (Attached | (Pick<Attached, 'name' | 'mediaType'> & { readonly bytes: Uint8Array }))[];
};

export type Received = Acted | { readonly is: 'opened'; readonly file: CaseFile };

/**
 * Opens a case for a request: incoming as received, outgoing as a draft. One transaction; the reference is final. It is read
 * after that. `first` is done in it before all else, and where it says no, nothing is opened: a form is handed in once.
 */
export async function openCase(
  work: Casework,
  actor: Actor,
  arriving: Arriving,
  first?: (tx: CaseTx) => Promise<boolean>,
): Promise<Received> {
  const incoming = arriving.direction === 'incoming';
  if (!may(actor.roles, incoming ? 'request.receive' : 'request.draft')) return { is: 'not-allowed' };
  const received = await receive(work, actor.id, arriving, first ? { first } : {});
  return received ? { is: 'opened', file: await readAtOnce(work, received) } : { is: 'absent' };
}

type Around = {
  /** Done in the transaction before all else; where it says no, nothing is opened. */
  readonly first?: (tx: CaseTx) => Promise<boolean>;
  /** What a program handed in: where it did so before, nothing is opened. */
  readonly claim?: HandingIn;
  /** What is done with the request at once. */
  readonly also?: readonly CaseEvent[];
};

/**
 * What is on disk when it is acknowledged, by a person who may or by the clock where a program hands a request in: that it came,
 * as it came, and the term by which it is read. Nothing in it asks the law. Undefined where it was handed in before.
 */
export async function receive(
  work: Casework,
  by: By,
  arriving: Arriving,
  { first, claim, also = [] }: Around = {},
): Promise<CaseFile | undefined> {
  const incoming = arriving.direction === 'incoming';
  const { world, store } = work;
  const at = world.now();
  // Bytes are put down before the transaction: a file nobody refers to does no harm, a reference to no file would.
  const documents = await Promise.all(
    arriving.documents.map(async (one) => {
      const { sha256, size } = 'bytes' in one ? await work.files.put(one.bytes) : one;
      const { name, mediaType } = one;
      return asDocument(work, by, { name, mediaType, sha256, size }, at);
    }),
  );
  const make = (number: number): NewCase => {
    const { channel, content, sender } = arriving;
    const files = documents.map(cameWith);
    const came: CaseEvent = incoming
      ? {
          type: 'request.received',
          channel,
          content,
          documents: files.map(({ id }) => id),
          files,
          ...(sender === undefined ? {} : { sender }),
        }
      : { type: 'request.drafted', content, files };
    const step = whole(work, null, [opening(work, arriving, number), came, ...also], by, at);
    return { ...step, documents, ...(claim && { claim }) };
  };
  return first
    ? store.transaction(by, async (tx) => ((await first(tx)) ? tx.open(make) : undefined))
    : store.open(by, make);
}

/** A file as a document of a case: what came, as it came. */
export const asDocument = ({ world }: Casework, by: By, attached: Attached, at: Instant): Document => ({
  ...attached,
  id: world.newId(),
  kind: 'original',
  language: null,
  addedAt: at,
  addedBy: by === 'clock' ? null : by,
});

/** What the step says of it: everything by which one would know it for another. */
export const cameWith = ({ id, name, mediaType, size, sha256 }: Document): CameWith => ({
  id,
  name,
  mediaType,
  size,
  sha256,
});

function opening(work: Casework, arriving: Arriving, number: number) {
  const { state } = work.office();
  const year = work.world.today().slice(0, 4);
  const incoming = arriving.direction === 'incoming';
  return {
    type: 'case.opened',
    id: work.world.newCaseId(),
    reference: `${state}-${year}-${String(number).padStart(6, '0')}` as Reference,
    direction: arriving.direction,
    requestingState: incoming ? arriving.otherState : state,
    requestedState: incoming ? state : arriving.otherState,
    measure: arriving.measure,
    instrument: arriving.instrument,
  } as const;
}
