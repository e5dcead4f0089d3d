// A request as a file of the office: how it came, what it says in each of its versions, and what was done about its form.

import type { Instant } from '../../kernel/instant.ts';
import type { RequestContent } from './content.ts';

/** How a request reached the office. */
export type Channel = 'form' | 'file' | 'pdf' | 'letter' | 'api';
export type LinkKind = 'duplicate' | 'related' | 'follow-up';

export type RequestState = {
  readonly channel: Channel | null;
  readonly content: RequestContent;
  /** Goes up with each change of the content. */
  readonly contentVersion: number;
  /** Documents that came with it; the original letter is kept as it came. */
  readonly documents: readonly string[];
  readonly acknowledgedAt: Instant | null;
  /** Times at which it lay with the requesting authority for correction: the office's clocks stand still. */
  readonly returns: readonly {
    readonly from: Instant;
    readonly to: Instant | null;
    readonly missing: readonly string[];
  }[];
  readonly links: readonly { readonly reference: string; readonly kind: LinkKind }[];
  readonly sentAt: Instant | null;
  readonly withdrawn: { readonly at: Instant; readonly reason: string } | null;
};

/** A file that came with a request, as it came. Steps of earlier versions name such files by their ids alone. */
export type CameWith = {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
};

export type RequestEvent =
  | {
      readonly type: 'request.received';
      readonly channel: Channel;
      readonly content: RequestContent;
      readonly documents: readonly string[];
      readonly files?: readonly CameWith[];
      /** The office or system whose program handed it in, as its key names it. */
      readonly sender?: string;
    }
  /** An outgoing request that this office writes. */
  | {
      readonly type: 'request.drafted';
      readonly content: RequestContent;
      readonly files?: readonly CameWith[];
    }
  | { readonly type: 'request.amended'; readonly content: RequestContent; readonly reason: string }
  | { readonly type: 'request.acknowledged' }
  | { readonly type: 'request.returned'; readonly missing: readonly string[]; readonly text: string }
  | {
      readonly type: 'request.supplemented';
      readonly content: RequestContent;
      readonly documents: readonly string[];
      readonly files?: readonly CameWith[];
    }
  | { readonly type: 'request.linked'; readonly reference: string; readonly kind: LinkKind }
  | { readonly type: 'request.sent' }
  | { readonly type: 'request.withdrawn'; readonly reason: string };

export const initial: RequestState = {
  channel: null,
  content: {},
  contentVersion: 0,
  documents: [],
  acknowledgedAt: null,
  returns: [],
  links: [],
  sentAt: null,
  withdrawn: null,
};

/** Whether it lies with the requesting authority now. */
export const isReturned = (state: RequestState): boolean => state.returns.at(-1)?.to === null;
