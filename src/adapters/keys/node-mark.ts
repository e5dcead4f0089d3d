// Marks that only this node makes: a keyed hash under a secret of the vault, which whoever has the database alone does not have.

import type { NodeMark } from '../../app/log/held-ports.ts';
import type { Vault } from '../../app/people/ports.ts';
import { hmacSha256 } from './hmac.ts';

export function nodeMark(vault: Pick<Vault, 'derive'>): NodeMark {
  const mark = hmacSha256(vault.derive('held-rows', 32));
  return (text) => mark(Buffer.from(text, 'utf8')).toString('base64url');
}
