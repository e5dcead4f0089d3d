// What may be done about the form of a request: receive, amend, return for correction, supplement, link, send, withdraw.

import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { RequestContent } from './content.ts';
import { type CameWith, isReturned, type LinkKind, type RequestEvent, type RequestState } from './request.ts';

type Decided = Outcome<RequestEvent[], Refusal>;

/**
 * Corrects what was keyed in; the requesting authority's own words change only through a supplement, so a reason is due.
 * `basedOn` is the version of the content that the correction was made from: one made from older words would undo newer ones.
 */
export function amend(
  state: RequestState,
  content: RequestContent,
  reason: string,
  basedOn: number = state.contentVersion,
): Decided {
  if (state.withdrawn) return no('requests.withdrawn');
  if (state.sentAt) return no('requests.already-sent');
  if (basedOn !== state.contentVersion) return no('requests.content-changed');
  if (reason.trim() === '') return no('requests.reason-missing');
  return accept([{ type: 'request.amended', content, reason: reason.trim() }]);
}

/** Tells the requesting authority that its request is here. A second time says nothing new. */
export function acknowledge(state: RequestState): Decided {
  if (!isIncoming(state)) return no('requests.not-incoming');
  if (state.withdrawn) return no('requests.withdrawn');
  return accept(state.acknowledgedAt ? [] : [{ type: 'request.acknowledged' }]);
}

/** Sends it back for correction, saying what is missing. The office's clocks stand still until the supplement comes. */
export function sendBack(state: RequestState, missing: readonly string[], text: string): Decided {
  if (!isIncoming(state)) return no('requests.not-incoming');
  if (state.withdrawn) return no('requests.withdrawn');
  if (isReturned(state)) return no('requests.already-returned');
  if (missing.length === 0 && text.trim() === '') return no('requests.nothing-missing');
  return accept([{ type: 'request.returned', missing, text: text.trim() }]);
}

/** What the requesting authority sent in addition; also unasked. */
export function supplement(
  state: RequestState,
  content: RequestContent,
  files: readonly CameWith[],
  basedOn: number = state.contentVersion,
): Decided {
  if (!isIncoming(state)) return no('requests.not-incoming');
  if (state.withdrawn) return no('requests.withdrawn');
  if (basedOn !== state.contentVersion) return no('requests.content-changed');
  return accept([{ type: 'request.supplemented', content, documents: files.map(({ id }) => id), files }]);
}

/** Ties this request, which has the reference `own`, to another case. */
export function link(state: RequestState, reference: string, kind: LinkKind, own = ''): Decided {
  if (reference === own) return no('requests.link-itself');
  if (state.links.some((one) => one.reference === reference && one.kind === kind)) return accept([]);
  return accept([{ type: 'request.linked', reference, kind }]);
}

/** Marks a request of our own as sent; nothing in it changes afterwards. */
export function send(state: RequestState): Decided {
  if (isIncoming(state)) return no('requests.not-ours');
  if (state.withdrawn) return no('requests.withdrawn');
  if (state.sentAt) return no('requests.already-sent');
  return accept([{ type: 'request.sent' }]);
}

export function withdraw(state: RequestState, reason: string): Decided {
  if (state.withdrawn) return no('requests.withdrawn');
  if (reason.trim() === '') return no('requests.reason-missing');
  return accept([{ type: 'request.withdrawn', reason: reason.trim() }]);
}

/** What came to us came some way; what we write has not come at all. */
const isIncoming = (state: RequestState): boolean => state.channel !== null;
