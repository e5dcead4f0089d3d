// The clock of the machine, random ids and hashes: what the core asks for and never reaches for itself.

import { createHash, randomUUID, randomUUIDv7 } from 'node:crypto';
import type { World } from '../app/casework/ports.ts';
import type { CaseId } from '../domain/docket/case-file.ts';
import type { Day } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/instant.ts';
import { hmacSha256 } from './keys/hmac.ts';

/** `zone` is the office's; `secret` keys the marks by which requests with something in common are found. */
export function world(
  zone: () => string,
  secret: Uint8Array,
  now = (): Instant => new Date().toISOString() as Instant,
): World {
  const mark = hmacSha256(secret);
  const today = days();
  return {
    now,
    today: () => today(zone(), now()),
    newId: () => randomUUID(),
    newCaseId: () => randomUUIDv7() as CaseId,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    mark: (text) => mark(Buffer.from(text, 'utf8')).toString('base64url'),
  };
}

/** The day it is in a zone. The last answer is kept: within a minute it is the same. */
function days(): (zone: string, at: Instant) => Day {
  let last = { zone: '', minute: '', day: '' as Day };
  return (zone, at) => {
    const minute = at.slice(0, 16);
    if (last.zone !== zone || last.minute !== minute)
      last = { zone, minute, day: dayFormat(zone).format(new Date(at)) as Day };
    return last.day;
  };
}

/** Making one costs far more than asking it. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();
function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', { timeZone });
  FORMATS.set(timeZone, format);
  return format;
}
