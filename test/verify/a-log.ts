// A log made with the node's own code and kept in memory: what the independent verifier is shown, whole and damaged.

import { createHash } from 'node:crypto';
import { newSecret, signerOf } from '../../src/adapters/log/signatures.ts';
import { checkpointText } from '../../src/transparency/checkpoint.ts';
import { entryOf, extraOf } from '../../src/transparency/leaf.ts';
import { leafHash, rootOf } from '../../src/transparency/merkle.ts';
import {
  cosignNote,
  ED25519,
  ED25519_COSIGNATURE,
  formatKey,
  formatNote,
  ML_DSA_44_COSIGNATURE,
  type Signer,
  signNote,
} from '../../src/transparency/note.ts';
import { formatProof } from '../../src/transparency/proof.ts';
import { bundleOf, newTiles, planInclusion, type Tile, TileTree, tilePath } from '../../src/transparency/tiles.ts';

export const ORIGIN = 'node.example/log';
export const logKey = signerOf(ED25519, ORIGIN, newSecret(ED25519));
const secondKey = signerOf(ML_DSA_44_COSIGNATURE, ORIGIN, newSecret(ML_DSA_44_COSIGNATURE));
export const witnessKey = signerOf(ED25519_COSIGNATURE, 'w.example/witness', newSecret(ED25519_COSIGNATURE));
export const strongWitness = signerOf(ML_DSA_44_COSIGNATURE, 'v.example/witness', newSecret(ML_DSA_44_COSIGNATURE));

export const POLICY = `log ${formatKey(logKey)}
witness one ${formatKey(witnessKey)}
witness two ${formatKey(strongWitness)}
group both all one two
quorum both
`;

/** Entries that depend on their number and on `history`, so that two histories part where one wants them to. */
export const entries = (count: number, history = (_index: number) => 'one'): Uint8Array[] =>
  Array.from({ length: count }, (_, n) =>
    entryOf(
      createHash('sha256')
        .update(`${history(n)} ${n}`)
        .digest(),
    ),
  );

const hashed = new WeakMap<Uint8Array, Uint8Array>();
function hashOf(entry: Uint8Array): Uint8Array {
  const hash = hashed.get(entry) ?? leafHash(entry);
  hashed.set(entry, hash);
  return hash;
}

export type Files = Map<string, Uint8Array>;
export const WITNESSED_AT = 1_830_000_000;

export function checkpointOf(
  all: readonly Uint8Array[],
  by: Signer = logKey,
  witnesses: readonly Signer[] = [witnessKey, strongWitness],
): string {
  const head = { origin: ORIGIN, size: all.length, root: rootOf(all.map(hashOf)) };
  const text = checkpointText(head);
  const own = [signNote(by, text), cosignNote(secondKey, text, head, WITNESSED_AT)];
  return formatNote({
    text,
    signatures: [...own, ...witnesses.map((one) => cosignNote(one, text, head, WITNESSED_AT))],
  });
}

/** The files of a log with these entries, as they lie in a folder. */
export function filesOf(all: readonly Uint8Array[], checkpoint = checkpointOf(all)): Files {
  const files: Files = new Map([
    ['checkpoint', Buffer.from(checkpoint)],
    ['vkey', Buffer.from(`${formatKey(logKey)}\n`)],
  ]);
  const bytesOf = (tile: Tile & { readonly level: number }): Uint8Array => {
    const span = 256 ** tile.level;
    const hashes = Array.from({ length: tile.width }, (_, n) => {
      const start = (tile.index * 256 + n) * span;
      return rootOf(all.slice(start, start + span).map(hashOf));
    });
    return Buffer.concat(hashes);
  };
  for (const tile of newTiles(0, all.length)) {
    files.set(tilePath(tile), bytesOf(tile));
    if (tile.level === 0) {
      const start = tile.index * 256;
      files.set(tilePath({ ...tile, level: 'entries' }), bundleOf(all.slice(start, start + tile.width)));
    }
  }
  return files;
}

export const fetchFrom =
  (files: Files) =>
  async (path: string): Promise<Uint8Array | undefined> =>
    files.get(path);

/** A receipt for an entry, with its opening when there is one. */
export function receiptOf(
  all: readonly Uint8Array[],
  index: number,
  opened?: { readonly salt: Uint8Array; readonly opening: Uint8Array },
  checkpoint = checkpointOf(all),
): string {
  const files = filesOf(all, checkpoint);
  const hashes = planInclusion(index, all.length).hashes(
    (tile) => new TileTree(files.get(tilePath(tile)) ?? new Uint8Array()),
  );
  const entry = all[index] ?? new Uint8Array();
  return formatProof({ extra: extraOf(entry, opened), index, hashes, checkpoint });
}
