// Letters without paper, which costs a second of warming up; what the press makes of a document has tests of its own.

import { loadCatalogues } from '../../src/adapters/files/message-store.ts';
import { letterWords } from '../../src/adapters/letters/words.ts';
import type { Letters } from '../../src/app/casework/letters.ts';
import { canonicalJson } from '../../src/kernel/canonical-json.ts';
import { LANGUAGES } from '../../src/kernel/language.ts';

/** Each letter as the document it is set from, with what is attached to it; the bytes of all are put into `printed`. */
export const unprinted = (printed: Uint8Array[]): Letters => ({
  words: letterWords(loadCatalogues(LANGUAGES)),
  press: {
    print: async (document, { name, bytes }) => {
      const attached = new TextDecoder().decode(bytes);
      const page = new TextEncoder().encode(`${canonicalJson(document as never)}\n${name}\n${attached}`);
      printed.push(page);
      return page;
    },
  },
});
