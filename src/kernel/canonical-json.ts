// The one way a value becomes bytes to be hashed: JSON Canonicalization Scheme (RFC 8785).

import { Defect } from './outcome.ts';

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * The canonical text of a value: keys in UTF-16 order, no white space, numbers as ECMAScript writes them. Every step of a case
 * goes through here, so it makes as little on the way as it can.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return textOf(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Defect('a number that JSON cannot say');
    return JSON.stringify(value);
  }
  let text = '';
  if (Array.isArray(value)) {
    for (const one of value as readonly Json[]) text += text === '' ? canonicalJson(one) : `,${canonicalJson(one)}`;
    return `[${text}]`;
  }
  const entries = value as { readonly [key: string]: Json | undefined };
  for (const key of inOrder(Object.keys(entries))) {
    const member = entries[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${textOf(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Printable ASCII without quotation mark and backslash: such a text stands in JSON as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

function textOf(value: string): string {
  if (PLAIN.test(value)) return `"${value}"`;
  // RFC 8785 section 3.2.2.2: a lone surrogate has no UTF-8 form, so two readers could hash two things.
  if (!value.isWellFormed()) throw new Defect('a string with a lone surrogate');
  return JSON.stringify(value);
}

/** Most objects are small and many are in order already, which `sort` does not make use of. */
function inOrder(keys: string[]): string[] {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return keys.sort();
  return keys;
}
