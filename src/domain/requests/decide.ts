// What may be done about the form of a request: receive, amend, return for correction, supplement, link, send, withdraw.

import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { RequestContent } from './content.ts';
import { isReturned, type LinkKind, type RequestEvent, type RequestState } from './request.ts';

type Decided = Outcome<RequestEvent[], Refusal>;

/** Corrects what was keyed in; the requesting authority's own words change only through a supplement, so a reason is due. */
export function amend(state: RequestState, content: RequestContent, reason: string): Decided {
  if (state.withdrawn) return no('requests.withdrawn');
  if (state.sentAt) return no('requests.already-sent');
  if (reason.trim() === '') return no('requests.reason-missing');
  return accept([{ type: 'request.amended', content, reason: reason.trim() }]);
}

/** Sends it back for correction, saying what is missing. The office's clocks stand still until the supplement comes. */
export function sendBack(state: RequestState, missing: readonly string[], text: string): Decided {
  if (state.withdrawn) return no('requests.withdrawn');
  if (isReturned(state)) return no('requests.already-returned');
  if (missing.length === 0 && text.trim() === '') return no('requests.nothing-missing');
  return accept([{ type: 'request.returned', missing, text: text.trim() }]);
}

/** What the requesting authority sent in addition; also unasked. */
export function supplement(state: RequestState, content: RequestContent, documents: readonly string[]): Decided {
  if (state.withdrawn) return no('requests.withdrawn');
  return accept([{ type: 'request.supplemented', content, documents }]);
}

export function link(state: RequestState, reference: string, kind: LinkKind): Decided {
  if (state.links.some((one) => one.reference === reference && one.kind === kind)) return accept([]);
  return accept([{ type: 'request.linked', reference, kind }]);
}

/** Marks an outgoing request as sent; nothing in it changes afterwards. */
export function send(state: RequestState): Decided {
  if (state.withdrawn) return no('requests.withdrawn');
  if (state.sentAt) return no('requests.already-sent');
  return accept([{ type: 'request.sent' }]);
}

export function withdraw(state: RequestState, reason: string): Decided {
  if (state.withdrawn) return no('requests.withdrawn');
  if (reason.trim() === '') return no('requests.reason-missing');
  return accept([{ type: 'request.withdrawn', reason: reason.trim() }]);
}
