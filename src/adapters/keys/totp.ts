// Time-based one-time passwords (RFC 6238) over HMAC-SHA-1, six digits, thirty seconds: what every authenticator app speaks.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Instant, millisecondsOf } from '../../kernel/instant.ts';

const STEP_SECONDS = 30;
/** Steps before and after now whose code still counts: clocks differ, and typing takes time (RFC 6238, section 5.2). */
const WINDOW = 1;

/** The code of one step (RFC 4226, section 5.3). `digits` and `algorithm` differ from six and SHA-1 in the RFC's vectors only. */
export function totpCode(secret: Uint8Array, step: number, digits = 6, algorithm = 'sha1'): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac(algorithm, secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

export const stepAt = (at: Instant): number => Math.floor(millisecondsOf(at) / 1000 / STEP_SECONDS);

/** The step for which this is the code, or undefined. All steps are compared, in the same time. */
export function totpStep(secret: Uint8Array, code: string, at: Instant): number | undefined {
  const typed = Buffer.from(code);
  const now = stepAt(at);
  let found: number | undefined;
  for (let step = now - WINDOW; step <= now + WINDOW; step++) {
    const expected = Buffer.from(totpCode(secret, step));
    if (typed.length === expected.length && timingSafeEqual(typed, expected)) found = step;
  }
  return found;
}
