// Whether a request was here before: keys by which a store finds duplicates, related requests and follow-ups.

import type { RequestContent } from './content.ts';
import type { Measure } from './fields-measures.ts';

/** What a request is recognised by. The keys name persons and accounts, so they are as secret as the request itself. */
export type Fingerprint = {
  /** The same authority, case and measure: the request itself. Null while it does not say. */
  readonly identity: string | null;
  /** The accounts it is about, and its case: others with one of these are related. */
  readonly subjects: readonly string[];
  /** Its own number, by which a later one may refer to it. */
  readonly references: readonly string[];
  /** The numbers it refers to. */
  readonly cites: readonly string[];
};

type Identified = { readonly measure: Measure; readonly requestingState: string; readonly content: RequestContent };

/** The keys of a request; plain strings, the same however it was typed. */
export function fingerprint({ measure, requestingState, content }: Identified): Fingerprint {
  const authority = plainly(content.requestingAuthority?.name ?? '');
  const own = plainly(content.caseReference ?? '');
  const subjects = (content.targets ?? []).flatMap((target) => {
    const value = identifierKey(target);
    return value === undefined ? [] : [value];
  });
  return {
    identity: authority && own ? ['same', requestingState, authority, own, measure].join('|') : null,
    subjects: unique([...subjects, ...(own ? [['case', requestingState, own].join('|')] : [])]),
    references: own ? [own] : [],
    cites: unique((content.priorReferences ?? []).map(({ reference }) => plainly(reference ?? '')).filter(Boolean)),
  };
}

/** How a request hangs together with an earlier one, the closest tie first; null where nothing ties them. */
export function tieBetween(now: Fingerprint, earlier: Fingerprint): 'duplicate' | 'follow-up' | 'related' | null {
  if (now.identity !== null && now.identity === earlier.identity) return 'duplicate';
  if (now.cites.some((cited) => earlier.references.includes(cited))) return 'follow-up';
  return now.subjects.some((subject) => earlier.subjects.includes(subject)) ? 'related' : null;
}

type Target = NonNullable<RequestContent['targets']>[number];

/** An account as a key: the same for `Foo@Example.org ` and `foo@example.org`. Undefined where nothing is named. */
function identifierKey({ identifierType: type, identifierValue, observedAt }: Target): string | undefined {
  const value = plainly(identifierValue ?? '');
  if (type === undefined || value === '') return undefined;
  switch (type) {
    case 'phone':
      return `phone|${digitsOf(value).replace(/^00/, '')}`;
    case 'imsi':
    case 'imei':
      return `${type}|${digitsOf(value)}`;
    // Tomorrow the same address may be someone else's.
    case 'ip':
      return `ip|${value.includes(':') ? fullIpv6(value) : value}|${observedAt?.slice(0, 10) ?? ''}`;
    case 'url':
    case 'domain':
      return `web|${value
        .replace(/^https?:\/\//, '')
        .replace(/^www\./, '')
        .replace(/\/+$/, '')}`;
    case 'account':
    case 'other':
      return `account|${value.replace(/^@/, '')}`;
    default:
      return `${type}|${value}`;
  }
}

/** The text without what differs from one keyboard to another: width, case, spaces, marks that are not seen. */
const plainly = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]+/gu, '');

/** The digits alone, in the common ones. */
const digitsOf = (text: string): string =>
  [...text]
    .flatMap((letter) => {
      const zero = ZEROS.find((one) => letter >= one && letter <= String.fromCharCode(one.charCodeAt(0) + 9));
      return zero === undefined ? [] : [letter.charCodeAt(0) - zero.charCodeAt(0)];
    })
    .join('');
/** The noughts of European, Arabic and Persian digits. */
const ZEROS = ['0', '٠', '۰'] as const;

/** RFC 4291 section 2.2: `::` stands for as many groups of noughts as are left out. */
function fullIpv6(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const left = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array<string>(left).fill('0'), ...after].map((one) => one.replace(/^0+(?=.)/, '')).join(':');
}

const unique = (keys: readonly string[]): string[] => [...new Set(keys)].sort();
