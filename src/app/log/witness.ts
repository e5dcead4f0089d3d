// This node as the witness of others: what was cosigned is on the disk before the signature leaves the house.

import { millisecondsOf } from '../../kernel/instant.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { cosignNote, formatNote, formatSignature, keyId } from '../../transparency/note.ts';
import { answerAddCheckpoint, parseAddCheckpoint, type WitnessAnswer } from '../../transparency/witness.ts';
import type { WitnessPorts } from './ports.ts';

export type Answered =
  | Exclude<WitnessAnswer, { readonly is: 'cosign' }>
  | { readonly is: 'cosigned'; readonly lines: string };

/** Answers add-checkpoint. Faults: the body cannot be read. */
export async function addCheckpoint(ports: WitnessPorts, body: string): Promise<Outcome<Answered>> {
  const request = parseAddCheckpoint(body);
  if (!request.ok) return request;
  const { checkpoint } = request.value;
  const { origin, note } = checkpoint;
  const keys = ports.logs.filter(({ name }) => name === origin);
  // An unknown log never reaches the store: it would be somebody's way to fill it.
  if (keys.length === 0) {
    const answer = await answerAddCheckpoint(request.value, keys, null, ports.verify);
    if (answer.is !== 'cosign') return { ok: true, value: answer };
  }
  const value = await ports.memory.turn<Answered>(origin, async (last) => {
    const answer = await answerAddCheckpoint(request.value, keys, last, ports.verify);
    if (answer.is !== 'cosign') return { keep: null, answer };
    const seconds = Math.floor(millisecondsOf(ports.now()) / 1000);
    const own = ports.keys.map((key) => cosignNote(key, note.text, answer.head, seconds));
    // Those of the log, each of which has just been found to hold.
    const theirs = note.signatures.filter(({ name, id }) => keys.some((key) => key.name === name && keyId(key) === id));
    const kept = formatNote({ text: note.text, signatures: [...theirs, ...own] });
    const { size, root } = answer.head;
    return {
      keep: { size, root, checkpoint: kept },
      answer: { is: 'cosigned', lines: own.map(formatSignature).join('') },
    };
  });
  return { ok: true, value };
}
