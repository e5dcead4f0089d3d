// Oversight's space put together over one database: its book, its lists, the public log, and the hashes of a draw.

import { createHash } from 'node:crypto';
import type { OversightPorts } from '../../../app/oversight/book-ports.ts';
import { hmacSha256 } from '../../keys/hmac.ts';
import type { Db } from '../connection.ts';
import { oversightBook } from './book.ts';
import { oversightLists } from './lists.ts';

export function openOversight(db: Db, others: Pick<OversightPorts, 'work' | 'steps' | 'log'>): OversightPorts {
  return {
    ...others,
    book: oversightBook(db),
    lists: oversightLists(db),
    hmac: (key) => {
      const under = hmacSha256(Buffer.from(key, 'hex'));
      return (text) => under(Buffer.from(text, 'utf8')).toString('hex');
    },
    digest: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  };
}
