// The one way a value becomes bytes to be hashed: JSON Canonicalization Scheme (RFC 8785).

import { Defect } from './outcome.ts';

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The canonical text of a value: keys in UTF-16 order, no white space, numbers as ECMAScript writes them. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Defect('a number that JSON cannot say');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    // RFC 8785 section 3.2.2.2: a lone surrogate has no UTF-8 form, so two readers could hash two things.
    if (!value.isWellFormed()) throw new Defect('a string with a lone surrogate');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`;
  const entries = value as { readonly [key: string]: Json | undefined };
  const members: string[] = [];
  for (const key of Object.keys(entries).sort()) {
    const member = entries[key];
    if (member !== undefined) members.push(`${canonicalJson(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}
