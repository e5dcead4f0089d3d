// RFC 6962 proofs against the vectors of transparency-dev, happy and hostile, and against trees made here.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  leafHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  verifyInSubtree,
  verifySubtreeConsistency,
} from '../../src/transparency/merkle.ts';
import {
  bundleOf,
  newTiles,
  planConsistency,
  planInclusion,
  planRoot,
  type Plan,
  TileTree,
  type TreeOf,
  tilePath,
} from '../../src/transparency/tiles.ts';
import { ROOT } from '../../tools/tree.ts';

const VECTORS = `${ROOT}/../shared/vectors/transparency-dev-merkle/testdata`;
const skip = existsSync(VECTORS) ? false : `${VECTORS} is not here`;

type Vector = {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly size1: number;
  readonly size2: number;
  readonly start: number;
  readonly end: number;
  readonly size: number;
  readonly root: string;
  readonly root1: string;
  readonly root2: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
};
const raw = (text: string | null): Uint8Array => new Uint8Array(Buffer.from(text ?? '', 'base64'));

const CHECKS: { readonly [folder: string]: { readonly count: number; readonly holds: (vector: Vector) => boolean } } = {
  inclusion: {
    count: 98,
    holds: (v) => verifyInclusion(v.leafIdx, v.treeSize, raw(v.leafHash), (v.proof ?? []).map(raw), raw(v.root)),
  },
  consistency: {
    count: 98,
    holds: (v) => verifyConsistency(v.size1, v.size2, (v.proof ?? []).map(raw), raw(v.root1), raw(v.root2)),
  },
  subtreeinclusion: {
    count: 204,
    holds: (v) => verifyInSubtree(v.leafIdx, v, raw(v.leafHash), (v.proof ?? []).map(raw), raw(v.root)),
  },
  subtreeconsistency: {
    count: 118,
    holds: (v) => verifySubtreeConsistency(v, v.size, (v.proof ?? []).map(raw), raw(v.root1), raw(v.root2)),
  },
};

for (const [folder, { count, holds }] of Object.entries(CHECKS))
  test(`${folder}: each of the ${count} vectors is judged as its authors judge it`, { skip }, () => {
    const files = globSync(`${VECTORS}/${folder}/**/*.json`);
    assert.equal(files.length, count);
    const wrong = files.filter((file) => {
      const vector = JSON.parse(readFileSync(file, 'utf8')) as Vector;
      return holds(vector) === vector.wantErr;
    });
    assert.deepEqual(wrong, []);
  });

/** The root by the recursive words of RFC 6962, section 2.1, with node:crypto. */
function plainRoot(entries: readonly Uint8Array[]): Buffer {
  const hash = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  if (entries.length === 0) return hash();
  const [only] = entries;
  if (only !== undefined && entries.length === 1) return hash(Buffer.of(0), only);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return hash(Buffer.of(1), plainRoot(entries.slice(0, k)), plainRoot(entries.slice(k)));
}

const entry = (n: number): Uint8Array => createHash('sha256').update(String(n)).digest();
const entriesTo = (size: number) => Array.from({ length: size }, (_, n) => entry(n));

/** A tree grown by batches as the sequencer grows it: files by path. */
function grown(sizes: readonly number[]): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let from = 0;
  for (const size of sizes) {
    for (const tile of newTiles(from, size)) {
      const span = 256 ** tile.level;
      const hashes = Array.from({ length: tile.width }, (_, n) => {
        const first = (tile.index * 256 + n) * span;
        return rootOf(Array.from({ length: span }, (_, leaf) => leafHash(entry(first + leaf))));
      });
      files.set(tilePath(tile), Buffer.concat(hashes));
    }
    from = size;
  }
  return files;
}
const worked = (plan: Plan, files: Map<string, Uint8Array>): Uint8Array[] => {
  const asked = new Set(plan.tiles.map(tilePath));
  const treeOf: TreeOf = (tile) => {
    const path = tilePath(tile);
    assert.ok(asked.has(path), `${path} was not asked for`);
    return new TileTree(files.get(path) ?? assert.fail(`${path} is not there`));
  };
  return plan.hashes(treeOf);
};

test('of a tree grown in batches of any size every leaf and every older size is proven, out of its tiles', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.nat(),
      (batches, share, flip) => {
        const sizes = batches.map((_, n) => batches.slice(0, n + 1).reduce((sum, one) => sum + one));
        const size = sizes.at(-1) as number;
        const files = grown(sizes);
        const [root = assert.fail()] = worked(planRoot(size), files);
        assert.deepEqual(Buffer.from(root), plainRoot(entriesTo(size)));

        const index = Math.floor(share * size);
        const inclusion = worked(planInclusion(index, size), files);
        const leaf = leafHash(entry(index));
        assert.ok(verifyInclusion(index, size, leaf, inclusion, root));
        assert.equal(verifyInclusion(index + 1, size, leaf, inclusion, root), false);

        for (const old of sizes) {
          const oldRoot = plainRoot(entriesTo(old));
          const proof = worked(planConsistency(old, size), files);
          assert.ok(verifyConsistency(old, size, proof, oldRoot, root), `${old} of ${size}`);
          flipped(proof, flip, (bad) => assert.equal(verifyConsistency(old, size, bad, oldRoot, root), false));
        }
        flipped(inclusion, flip, (bad) => assert.equal(verifyInclusion(index, size, leaf, bad, root), false));
        flipped([root], flip, ([bad = root]) =>
          assert.equal(verifyInclusion(index, size, leaf, inclusion, bad), false),
        );
      },
    ),
    { numRuns: 40 },
  );
});

/** The hashes with one bit of one of them turned. */
function flipped(hashes: readonly Uint8Array[], seed: number, check: (bad: Uint8Array[]) => void): void {
  if (hashes.length === 0) return;
  const bad = hashes.map((hash) => Uint8Array.from(hash));
  const victim = bad[seed % bad.length] as Uint8Array;
  victim[seed % 32] = (victim[seed % 32] as number) ^ (1 << (seed % 8));
  check(bad);
}

test('for every size to 70 each leaf and each older size is proven, and a shortened or lengthened proof is not', () => {
  const files = grown(Array.from({ length: 70 }, (_, n) => n + 1));
  const roots = Array.from({ length: 71 }, (_, size) => plainRoot(entriesTo(size)));
  for (let size = 1; size <= 70; size++) {
    const root = roots[size] as Buffer;
    for (let n = 0; n < size; n++) {
      const proof = worked(planInclusion(n, size), files);
      assert.ok(verifyInclusion(n, size, leafHash(entry(n)), proof, root));
      assert.equal(verifyInclusion(n, size, leafHash(entry(n)), [...proof, root], root), false);
      if (proof.length > 0) assert.equal(verifyInclusion(n, size, leafHash(entry(n)), proof.slice(0, -1), root), false);
    }
    for (let old = 1; old <= size; old++) {
      const proof = worked(planConsistency(old, size), files);
      assert.ok(verifyConsistency(old, size, proof, roots[old] as Buffer, root), `${old} of ${size}`);
      assert.equal(verifyConsistency(old, size, [...proof, root], roots[old] as Buffer, root), false);
    }
  }
});

test('a tree of 70,000 has the tiles that the specification counts', () => {
  const tiles = newTiles(0, 70_000);
  const at = (level: number) => tiles.filter((tile) => tile.level === level);
  assert.equal(at(0).length, 274);
  assert.deepEqual(at(0).at(-1), { level: 0, index: 273, width: 112 });
  assert.deepEqual(at(1), [
    { level: 1, index: 0, width: 256 },
    { level: 1, index: 1, width: 17 },
  ]);
  assert.deepEqual(at(2), [{ level: 2, index: 0, width: 1 }]);
  assert.deepEqual(newTiles(0, 256).map(tilePath), ['tile/0/000', 'tile/1/000.p/1']);
});

test('a bundle has each entry behind its length', () => {
  assert.deepEqual(bundleOf([Uint8Array.of(7), new Uint8Array()]), Uint8Array.of(0, 1, 7, 0, 0));
});
