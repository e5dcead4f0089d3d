// The keys of sealed cases: wrapped as age files to the people who may open them, and under the vault to the node.
// Attacker: holds a copy of the database, with every key in it still wrapped.

import { randomBytes } from 'node:crypto';
import { Decrypter, Encrypter } from 'age-encryption';
import type { CaseKeys } from '../../app/casework/sealing-ports.ts';
import type { Secrets, Vault } from '../../app/people/ports.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { Defect } from '../../kernel/outcome.ts';
import { nodeMark } from './node-mark.ts';
import { openUnder, sealUnder } from './aead.ts';

const KEY_BYTES = 32;
const nodeName = (id: string): string => `case-key:${id}`;

/** `nameOf` is the name under which the private half of a person's key pair is sealed in the vault. */
export function caseKeys(
  vault: Vault,
  { personKey }: Pick<Secrets, 'personKey'>,
  nameOf: (person: PersonId, recipient: string) => string,
): CaseKeys {
  return {
    mark: nodeMark(vault),
    newKey: () => randomBytes(KEY_BYTES),
    newPersonKey: async (person) => {
      const { recipient, identity } = await personKey();
      return { recipient, sealed: vault.seal(nameOf(person, recipient), identity) };
    },
    wrap: async (key, { recipient }) => {
      const sealer = new Encrypter();
      sealer.addRecipient(recipient);
      return sealer.encrypt(key);
    },
    unwrap: async (wrapped, person, own) => {
      const opener = new Decrypter();
      for (const { recipient, sealed } of own)
        opener.addIdentity(new TextDecoder().decode(vault.open(nameOf(person, recipient), sealed)));
      try {
        return await opener.decrypt(wrapped);
      } catch (cause) {
        throw new Defect('the key of a sealed case does not open with the keys of somebody it was given to', { cause });
      }
    },
    wrapForNode: (key, id) => vault.seal(nodeName(id), key),
    unwrapForNode: (wrapped, id) => vault.open(nodeName(id), wrapped),
    seal: sealUnder,
    open: openUnder,
  };
}

/** For what never meets a sealed case: whoever does is told what is missing. */
export const noCaseKeys: CaseKeys = new Proxy({} as CaseKeys, {
  get: () => {
    throw new Defect('a sealed case was met by a store that was opened without keys');
  },
});
