// HMAC-SHA256 for many short texts: the same values as `createHmac`, without an object for each.

import { hash } from 'node:crypto';

const BLOCK = 64;

/** Under one key (RFC 2104), for as many texts as come. */
export function hmacSha256(key: Uint8Array): (data: Uint8Array) => Buffer {
  const short = key.length > BLOCK ? hash('sha256', key, 'buffer') : key;
  const inner = Buffer.alloc(BLOCK, 0x36);
  const outer = Buffer.alloc(BLOCK, 0x5c);
  for (const [at, byte] of short.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  return (data) =>
    hash('sha256', Buffer.concat([outer, hash('sha256', Buffer.concat([inner, data]), 'buffer')]), 'buffer');
}
