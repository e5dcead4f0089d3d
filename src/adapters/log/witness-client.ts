// Asking a witness over HTTP (C2SP tlog-witness). One that is slow, away or talkative costs us ten seconds and no more.

import type { AskWitness } from '../../app/log/ports.ts';

const PATIENCE_MS = 10_000;
/** Cosignatures of both kinds take less than 4 KiB. */
const MOST_BYTES = 65_536;

export const askWitness: AskWitness = async (url, body) => {
  try {
    const response = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: response.status, body: await textOf(response) };
  } catch {
    return undefined;
  }
};

async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > MOST_BYTES) throw new Error('a witness says more than there is to say');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
