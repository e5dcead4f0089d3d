// Oversight's own book: samples and findings, each a chain of events with its own id.

import type { Instant } from '../../kernel/instant.ts';
import type { PersonId } from '../registry/person.ts';
import type { FindingEvent } from './finding.ts';
import type { SampleEvent } from './sample.ts';

export const BOOK_KINDS = ['sample', 'finding'] as const;
export type BookKind = (typeof BOOK_KINDS)[number];
export type BookEvent = SampleEvent | FindingEvent;

/** A step with what its envelope says. */
export type Entered<E extends BookEvent = BookEvent> = {
  readonly seq: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly event: E;
};
