// Passwords under argon2id (RFC 9106), with the parameters beside each hash so that they can be raised later.

import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Passwords } from '../../app/people/ports.ts';
import { Defect } from '../../kernel/outcome.ts';

const derive = promisify(argon2);

/** Memory in KiB, passes over it, lanes. */
export type Argon2Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number };

/** The OWASP Password Storage Cheat Sheet's first choice. */
export const SERVICE_COST: Argon2Cost = { memory: 19_456, passes: 2, parallelism: 1 };

const TAG_BYTES = 32;
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

const tagOf = (password: string, salt: Uint8Array, { memory, passes, parallelism }: Argon2Cost): Promise<Buffer> =>
  derive('argon2id', { message: password, nonce: salt, memory, passes, parallelism, tagLength: TAG_BYTES });

/** `cost` is lower in tests only. */
export function argon2Passwords(cost: Argon2Cost = SERVICE_COST): Passwords {
  const hash = async (password: string): Promise<string> => {
    const salt = randomBytes(16);
    const tag = await tagOf(password, salt, cost);
    return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(tag)}`;
  };
  // What an unknown name is measured against: nobody's password, at the same price.
  const nobodys = hash(randomBytes(32).toString('base64'));
  return {
    hash,
    verify: async (password, phc) => {
      const [, memory, passes, parallelism, salt = '', tag = ''] = PHC.exec(phc ?? (await nobodys)) ?? [];
      if (memory === undefined) throw new Defect('a stored password is no argon2id PHC string');
      const given = await tagOf(password, Buffer.from(salt, 'base64'), {
        memory: Number(memory),
        passes: Number(passes),
        parallelism: Number(parallelism),
      });
      return timingSafeEqual(given, Buffer.from(tag, 'base64')) && phc !== null;
    },
  };
}
