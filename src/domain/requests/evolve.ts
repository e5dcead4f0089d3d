// What an event makes of a request. Total: it records what was decided and decides nothing.

import type { Instant } from '../../kernel/instant.ts';
import type { RequestEvent, RequestState } from './request.ts';

export function evolve(state: RequestState, event: RequestEvent, at: Instant): RequestState {
  const contentVersion = state.contentVersion + 1;
  switch (event.type) {
    case 'request.received':
      return { ...state, contentVersion, channel: event.channel, content: event.content, documents: event.documents };
    case 'request.drafted':
    case 'request.amended':
      return { ...state, contentVersion, content: event.content };
    case 'request.acknowledged':
      return { ...state, acknowledgedAt: at };
    case 'request.returned':
      return { ...state, returns: [...state.returns, { from: at, to: null, missing: event.missing }] };
    case 'request.supplemented':
      return {
        ...state,
        contentVersion,
        content: event.content,
        documents: [...state.documents, ...event.documents],
        returns: state.returns.map((one) => (one.to === null ? { ...one, to: at } : one)),
      };
    case 'request.linked':
      return { ...state, links: [...state.links, { reference: event.reference, kind: event.kind }] };
    case 'request.sent':
      return { ...state, sentAt: at };
    case 'request.withdrawn':
      return { ...state, withdrawn: { at, reason: event.reason } };
  }
}
