// The clock of the machine, random ids and hashes: what the core asks for and never reaches for itself.

import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { World } from '../app/casework/ports.ts';
import type { Day } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/instant.ts';

/** `zone` is the office's; `secret` keys the marks by which requests with something in common are found. */
export function world(
  zone: () => string,
  secret: Uint8Array,
  now = (): Instant => new Date().toISOString() as Instant,
): World {
  return {
    now,
    today: () => dayFormat(zone()).format(new Date(now())) as Day,
    newId: () => randomUUID(),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    mark: (text) => createHmac('sha256', secret).update(text).digest('base64url'),
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
