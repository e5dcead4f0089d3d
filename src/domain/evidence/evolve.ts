// What an event makes of the evidence of a case.

import type { Instant } from '../../kernel/instant.ts';
import type { By } from '../registry/person.ts';
import { custodyOf } from './custody.ts';
import type { Evidence, EvidenceEvent, EvidenceObject, Made, Source } from './evidence.ts';

/** Total: whatever was decided is taken as it is. */
export function evolve(state: Evidence, event: EvidenceEvent, at: Instant, by: By): Evidence {
  const changed = apply(state, event, at, by);
  const custody = custodyOf(changed, event, at, by);
  return {
    ...changed,
    objects: changed.objects.map((one) => {
      const entry = custody.get(one.object);
      return entry ? { ...one, custody: [...one.custody, entry] } : one;
    }),
  };
}

function apply(state: Evidence, event: EvidenceEvent, at: Instant, by: By): Evidence {
  switch (event.type) {
    case 'evidence.kept-back':
      return state;
    case 'evidence.received': {
      const { type: _, task, decisionNo, ...rest } = event;
      return taken(state, rest, { kind: 'task', task, decisionNo }, at, by);
    }
    case 'evidence.redacted': {
      const { type: _, of, ofNo: __, removed, ...rest } = event;
      return taken(state, rest, { kind: 'redaction', of, removed }, at, by);
    }
    case 'evidence.flag-answered': {
      const answer = { say: event.say, reasons: event.reasons, by, at };
      return {
        ...state,
        objects: state.objects.map((one) =>
          one.object === event.object
            ? { ...one, flags: one.flags.map((flag, n) => (n + 1 === event.flag ? { ...flag, answer } : flag)) }
            : one,
        ),
      };
    }
    case 'evidence.seen':
    case 'evidence.copied':
      return state;
    case 'evidence.key-entered': {
      const { type: _, ...entered } = event;
      const key = { ...entered, enteredBy: by, enteredAt: at, confirmed: null };
      return { ...state, keys: [...state.keys.filter(({ no }) => no !== key.no), key].sort((a, b) => a.no - b.no) };
    }
    case 'evidence.key-confirmed': {
      const { type: _, no, ...said } = event;
      const keys = state.keys.map((key) => (key.no === no ? { ...key, confirmed: { by, at, ...said } } : key));
      return { ...state, keys };
    }
    case 'evidence.packaged': {
      const { type: _, ...made } = event;
      // Packages of early cases were made without a proof, and name no fingerprints.
      const early = { fingerprints: [], signed: '' };
      const kept = { ...early, ...made, by, at, handedOver: [], confirmed: null };
      return { ...state, packages: [...state.packages, kept] };
    }
    case 'evidence.handed-over':
      return changePackage(state, event.package, ({ handedOver }) => ({
        handedOver: [...handedOver, { to: event.to, how: event.how, by, at }],
      }));
    case 'evidence.confirmed':
      return changePackage(state, event.package, () => ({ confirmed: { by: event.by, at } }));
  }
}

type Taken = Omit<Extract<EvidenceEvent, { type: 'evidence.redacted' }>, 'type' | 'of' | 'ofNo' | 'removed'>;

function taken(state: Evidence, { flags, ...rest }: Taken, source: Source, at: Instant, by: By): Evidence {
  const object: EvidenceObject = {
    ...rest,
    source,
    receivedBy: by,
    receivedAt: at,
    flags: flags.map((flag) => ({ ...flag, answer: null })),
    custody: [],
  };
  return { ...state, objects: [...state.objects, object] };
}

const changePackage = (state: Evidence, id: string, change: (made: Made) => Partial<Made>): Evidence => ({
  ...state,
  packages: state.packages.map((made) => (made.package === id ? { ...made, ...change(made) } : made)),
});
