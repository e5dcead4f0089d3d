// The chain of custody, read from the case: who held, saw, copied or handed over an object, step by step.

import type { Instant } from '../../kernel/instant.ts';
import type { By } from '../registry/person.ts';
import type { Custody, Evidence, EvidenceEvent, EvidenceObject, ObjectId } from './evidence.ts';

/** What a step of evidence means for the custody of each object it concerns. */
export function custodyOf(state: Evidence, event: EvidenceEvent, at: Instant, by: By): Map<ObjectId, Custody> {
  const one = (object: ObjectId, what: Custody['what'], detail: string) =>
    new Map([[object, { what, by, at, detail }]]);
  const all = (id: string, what: Custody['what'], detail: string) =>
    new Map(
      state.packages
        .find((made) => made.package === id)
        ?.objects.map((object) => [object, { what, by, at, detail }] as const),
    );
  switch (event.type) {
    case 'evidence.received':
      return one(event.object, 'received', event.receivedFrom);
    case 'evidence.redacted':
      return one(event.object, 'redacted', event.removed);
    case 'evidence.flag-answered':
      return one(event.object, 'flag-answered', event.reasons);
    case 'evidence.seen':
      return one(event.object, 'seen', event.how);
    case 'evidence.copied':
      return one(event.object, 'copied', `${event.to}: ${event.purpose}`);
    case 'evidence.key-entered':
    case 'evidence.key-confirmed':
    case 'evidence.kept-back':
      return new Map();
    case 'evidence.packaged':
      return new Map(
        event.objects.map((object) => [object, { what: 'packaged', by, at, detail: event.recipient.name }]),
      );
    case 'evidence.handed-over':
      return all(event.package, 'handed-over', event.to);
    case 'evidence.confirmed':
      return all(event.package, 'confirmed', event.by);
  }
}

/** Everybody who may have seen what an object says, the office's own people: those who took it in, opened or copied it. */
export const whoSaw = ({ custody }: EvidenceObject): readonly By[] => [
  ...new Set(custody.filter(({ what }) => SEEING.includes(what)).map(({ by }) => by)),
];
const SEEING: readonly Custody['what'][] = ['received', 'redacted', 'seen', 'copied'];
