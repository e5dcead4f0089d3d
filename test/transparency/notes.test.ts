// Notes, checkpoints, policies, receipts and tile names, against the examples of the specifications and against what is nearly right.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newSecret, signerOf, verifySignature } from '../../src/adapters/log/signatures.ts';
import { checkpointText, parseCheckpoint } from '../../src/transparency/checkpoint.ts';
import { entryOf, extraOf } from '../../src/transparency/leaf.ts';
import { leafHash, rootOf } from '../../src/transparency/merkle.ts';
import {
  cosignNote,
  ED25519,
  ED25519_COSIGNATURE,
  formatKey,
  formatNote,
  ML_DSA_44_COSIGNATURE,
  parseKey,
  parseNote,
  parseSignatures,
  signNote,
  standingOf,
} from '../../src/transparency/note.ts';
import { isQuorum, NO_WITNESSES, parsePolicy } from '../../src/transparency/policy.ts';
import { formatProof, parseProof, verifyReceipt } from '../../src/transparency/proof.ts';
import { entriesIn, parseTilePath, tilePath } from '../../src/transparency/tiles.ts';
import { must } from '../support/database.ts';

const log = signerOf(ED25519, 'log.example/log', newSecret(ED25519));
const postQuantum = signerOf(ML_DSA_44_COSIGNATURE, 'log.example/log', newSecret(ML_DSA_44_COSIGNATURE));
const witness = signerOf(ED25519_COSIGNATURE, 'witness.example/w', newSecret(ED25519_COSIGNATURE));
const head = { origin: 'log.example/log', size: 3, root: rootOf([1, 2, 3].map((n) => leafHash(Uint8Array.of(n)))) };
const text = checkpointText(head);

test('the example of the specification is read, verified, and not with another word in it', async () => {
  const key = must(parseKey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'));
  const note =
    'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
  assert.deepEqual(await standingOf(key, must(parseNote(note)), head, verifySignature), {
    is: 'signed',
    seconds: null,
  });
  const other = must(parseNote(note.replace('example message', 'example massage')));
  assert.equal((await standingOf(key, other, head, verifySignature)).is, 'false');
  assert.equal(formatNote(must(parseNote(note))), note);
  assert.equal(formatKey(key), 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
});

test('the cosignature of the specification has the form of its example', () => {
  const example = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`;
  const checkpoint = must(parseCheckpoint(example));
  assert.equal(checkpoint.size, 20852163);
  assert.equal(checkpoint.note.signatures[1]?.bytes.length, 72);
  assert.equal(formatNote(checkpoint.note), example);
});

test('each kind of key signs a checkpoint, and holds for that tree, that log and that moment alone', async () => {
  const seconds = 1_850_000_000;
  const note = {
    text,
    signatures: [signNote(log, text), ...[postQuantum, witness].map((one) => cosignNote(one, text, head, seconds))],
  };
  const read = must(parseCheckpoint(formatNote(note)));
  assert.deepEqual(await standingOf(log, read.note, read, verifySignature), { is: 'signed', seconds: null });
  for (const key of [postQuantum, witness]) {
    assert.deepEqual(await standingOf(key, read.note, read, verifySignature), { is: 'signed', seconds });
    const larger = { ...head, size: 4 };
    const other = { ...note, text: checkpointText(larger) };
    assert.equal((await standingOf(key, other, larger, verifySignature)).is, 'false');
    const later = note.signatures.map((one) => ({ ...one, bytes: one.bytes.with(7, (one.bytes[7] as number) ^ 1) }));
    assert.equal((await standingOf(key, { text, signatures: later }, head, verifySignature)).is, 'false');
  }
  const strange = signerOf(ED25519_COSIGNATURE, 'witness.example/w', newSecret(ED25519_COSIGNATURE));
  assert.equal((await standingOf(strange, read.note, read, verifySignature)).is, 'absent');
  // Signed by the right key over this text, and claimed under another name: the key's id says so.
  assert.equal(parseKey(formatKey(log).replace('log.example', 'other.example')).ok, false);
});

test('what is nearly a note is none', () => {
  const line = formatNote({ text, signatures: [signNote(log, text)] });
  for (const wrong of [
    text,
    line.trimEnd(),
    line.replace('—', '-'),
    line.replace('\n\n', '\n'),
    line.replace(/=\n$/, '\n'),
    `${line}\n`,
    line.replace('log.example/log\n3', 'log.example/log\t\n3'),
    line.replace('\n3\n', '\n03\n'),
    line.replace('\n3\n', '\n-3\n'),
    line.replace('\n3\n', '\n9007199254740993\n'),
  ])
    assert.equal(parseCheckpoint(wrong).ok, false, JSON.stringify(wrong));
  assert.equal(parseCheckpoint(line).ok, true);
  assert.equal(parseSignatures('— a b\n'), undefined);
});

test('any text at all is read or refused, never more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (any) => {
      for (const parse of [parseNote, parseCheckpoint, parsePolicy, parseProof, parseKey]) parse(any);
      parseTilePath(any);
      entriesIn(Buffer.from(any));
    }),
  );
});

test('a policy of groups in groups is satisfied by enough of each, and by fewer it is not', () => {
  const keys = Array.from({ length: 6 }, (_, n) =>
    formatKey(signerOf(ED25519_COSIGNATURE, `w${n}.example`, newSecret(ED25519_COSIGNATURE))),
  );
  const policy = must(
    parsePolicy(`# those of three States, and one oversight body
log ${formatKey(log)} https://log.example/log
witness X1 ${keys[0]} https://x1.example/witness
\twitness X2 ${keys[1]}
witness X3 ${keys[2]}
group X 2 X1 X2 X3

witness Y1 ${keys[3]}
witness Y2 ${keys[4]}
group Y any Y1 Y2
group both all X Y
quorum both
`),
  );
  const enough = (...names: string[]) =>
    isQuorum(
      policy,
      policy.witnesses.filter(({ name }) => names.includes(name)),
    );
  assert.equal(policy.witnesses[0]?.url, 'https://x1.example/witness');
  assert.ok(enough('X1', 'X3', 'Y2'));
  assert.equal(enough('X1', 'Y1', 'Y2'), false);
  assert.equal(enough('X1', 'X2', 'X3'), false);
  assert.ok(isQuorum(NO_WITNESSES, []));
});

for (const [what, lines] of [
  ['no quorum', ''],
  ['two quorums', 'quorum none\nquorum none'],
  ['a quorum nobody defined', 'quorum Z'],
  ['a group of members defined below', `group G any W\nwitness W KEY\nquorum G`],
  ['a member of two groups', `witness W KEY\ngroup G any W\ngroup H any W\nquorum H`],
  ['more asked for than there are', `witness W KEY\ngroup G 2 W\nquorum G`],
  ['a witness called none', `witness none KEY\nquorum none`],
  ['one key under two names', `witness W KEY\nwitness V KEY\nquorum W`],
  ['a witness with the key of a log', `witness W LOG\nquorum W`],
  ['a word that is none of its own', `toString W\nquorum none`],
  ['a line break of another system', `quorum none\r`],
] as const)
  test(`a policy with ${what} is refused`, () => {
    const policy = lines.replaceAll('KEY', formatKey(witness)).replaceAll('LOG', formatKey(log));
    assert.equal(parsePolicy(policy).ok, false);
  });

test('a receipt proves its entry under the key and the policy of the reader, and nothing else', async () => {
  const entries = [1, 2, 3].map((n) => entryOf(new Uint8Array(32).fill(n)));
  const leaves = entries.map(leafHash);
  const tree = { origin: log.name, size: 3, root: rootOf(leaves) };
  const body = checkpointText(tree);
  const note = { text: body, signatures: [signNote(log, body), cosignNote(witness, body, tree, 1_850_000_000)] };
  const policy = must(parsePolicy(`witness W ${formatKey(witness)}\nquorum W\n`));
  const proof = {
    extra: extraOf(entries[2] as Uint8Array),
    index: 2,
    hashes: [rootOf(leaves.slice(0, 2))],
    checkpoint: formatNote(note),
  };
  const receipt = formatProof(proof);
  assert.equal(formatProof(must(parseProof(receipt))), receipt);
  const proven = must(await verifyReceipt(receipt, log, policy, verifySignature));
  assert.deepEqual([proven.index, proven.witnesses], [2, ['W']]);
  const fails = async (text: string, why: RegExp, by = policy) => {
    const read = await verifyReceipt(text, log, by, verifySignature);
    assert.match(read.ok ? 'proven' : (read.faults[0]?.detail ?? ''), why);
  };
  await fails(formatProof({ ...proof, index: 1 }), /does not prove/);
  await fails(formatProof({ ...proof, extra: extraOf(entries[1] as Uint8Array) }), /does not prove/);
  await fails(formatProof({ ...proof, extra: null }), /which entry/);
  await fails(
    formatProof({ ...proof, checkpoint: formatNote({ ...note, signatures: note.signatures.slice(1) }) }),
    /absent/,
  );
  await fails(
    formatProof({ ...proof, checkpoint: formatNote({ ...note, signatures: note.signatures.slice(0, 1) }) }),
    /fewer/,
  );
  await fails(receipt.replace('\n3\n', '\n4\n'), /false/);
  assert.equal((await verifyReceipt(receipt, { ...log, name: 'other.example' }, policy, verifySignature)).ok, false);
});

test('a path names one tile and a tile has one path', () => {
  assert.equal(tilePath({ level: 0, index: 1234067, width: 256 }), 'tile/0/x001/x234/067');
  assert.equal(tilePath({ level: 'entries', index: 0, width: 8 }), 'tile/entries/000.p/8');
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
      fc.maxSafeNat(),
      fc.integer({ min: 1, max: 256 }),
      (level, index, width) =>
        assert.deepEqual(parseTilePath(tilePath({ level, index, width })), { level, index, width }),
    ),
  );
  for (const wrong of [
    'tile/0/0',
    'tile/64/000',
    'tile/00/000',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/08',
    'tile/0/../checkpoint',
    'tile/0/000/',
    'tile/entries/x1/000',
  ])
    assert.equal(parseTilePath(wrong), undefined, wrong);
});
