// Packages on the disk: a bag in a tar in an age file, made in one pass however large its objects are.

import { createHash } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectId } from '../../domain/evidence/evidence.ts';
import type { BagObject, BagText, ObjectStore, Packages } from '../../app/evidence/ports.ts';
import { millisecondsOf } from '../../kernel/instant.ts';
import { accept, Defect } from '../../kernel/outcome.ts';
import { absent, writeDurably } from '../files/durable.ts';
import { TAR_END, tarHeader, tarPadding } from '../postgres/backup/tar.ts';
import { inBatches, sealAge } from './age.ts';
import { BAG_DECLARATION, bagInfoText, MANIFEST, manifestText, TAG_MANIFEST } from './bag.ts';
import type { Stamper } from './timestamp.ts';

const NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const READ_BYTES = 1_048_576;

/** Keeps packages below `folder` as `<id>.tar.age`. Without a stamper bags go without a time stamp, and say so. */
export function packagesIn(folder: string, objects: Pick<ObjectStore, 'open'>, stamper: Stamper | undefined): Packages {
  const placeOf = (id: string): string => {
    if (!NAME.test(id)) throw new Defect('a package has an id of another form');
    return join(folder, `${id}.tar.age`);
  };
  return {
    stamps: stamper !== undefined,
    make: async (id, bag) => {
      const tags = tagFiles(bag.info, bag.texts, bag.objects);
      const tagManifest = tags.at(-1)?.text ?? '';
      const stamped = await stamper?.stamp(Buffer.from(tagManifest));
      if (stamped?.ok === false) return stamped;
      const stamp = stamped?.value;
      const hash = createHash('sha256');
      let size = 0;
      async function* counted(): AsyncGenerator<Buffer> {
        const archive = tarOf(
          bag.folder,
          tags,
          stamp?.token,
          bag.texts,
          bag.objects,
          (id) => objects.open(id, bag.of),
          seconds,
        );
        for await (const piece of sealAge(
          archive,
          bag.keys.map(({ key }) => key),
        )) {
          hash.update(piece);
          size += piece.length;
          yield piece;
        }
      }
      const seconds = Math.floor(millisecondsOf(bag.at) / 1000);
      await writeDurably(folder, placeOf(id), inBatches(counted()));
      return accept({
        sha256: hash.digest('hex'),
        size,
        bag: sha256(tagManifest),
        timeStamp: stamp?.says ?? null,
      });
    },
    open: async (id) => {
      const handle = await open(placeOf(id), 'r').catch(absent);
      return handle?.createReadStream({ highWaterMark: READ_BYTES });
    },
    drop: async (id) => {
      if ((await stat(placeOf(id)).catch(absent)) !== undefined) await rm(placeOf(id), { force: true });
    },
  };
}

/** The tag files in the order in which they stand in the archive; the tag manifest is the last. */
function tagFiles(
  info: readonly (readonly [string, string])[],
  texts: readonly BagText[],
  objects: readonly BagObject[],
): BagText[] {
  const sizes = [...texts.map(({ text }) => Buffer.byteLength(text)), ...objects.map(({ size }) => size)];
  const oxum = `${sizes.reduce((sum, size) => sum + size, 0)}.${sizes.length}`;
  const manifest = manifestText([...texts.map(({ path, text }) => ({ path, sha256: sha256(text) })), ...objects]);
  const tags = [
    { path: 'bagit.txt', text: BAG_DECLARATION },
    { path: 'bag-info.txt', text: bagInfoText([...info, ['Payload-Oxum', oxum]]) },
    { path: MANIFEST, text: manifest },
  ];
  return [
    ...tags,
    { path: TAG_MANIFEST, text: manifestText(tags.map(({ path, text }) => ({ path, sha256: sha256(text) }))) },
  ];
}

async function* tarOf(
  folder: string,
  tags: readonly BagText[],
  token: Uint8Array | undefined,
  texts: readonly BagText[],
  objects: readonly BagObject[],
  openObject: (id: ObjectId) => ReturnType<ObjectStore['open']>,
  seconds: number,
): AsyncGenerator<Uint8Array> {
  const whole = function* (path: string, bytes: Uint8Array): Generator<Uint8Array> {
    yield tarHeader(`${folder}/${path}`, bytes.length, seconds);
    yield bytes;
    yield tarPadding(bytes.length);
  };
  for (const { path, text } of tags) yield* whole(path, Buffer.from(text));
  if (token) yield* whole('timestamp.tsr', token);
  for (const { path, text } of texts) yield* whole(path, Buffer.from(text));
  for (const { path, id, size, sha256: expected } of objects) {
    yield tarHeader(`${folder}/${path}`, size, seconds);
    const hash = createHash('sha256');
    let sent = 0;
    const source = await openObject(id);
    if (source === undefined) throw new Defect(`the object ${id} is not in the store`);
    for await (const piece of source) {
      hash.update(piece);
      sent += piece.length;
      yield piece;
    }
    // The manifest went ahead with the hash that was taken on arrival; what is not that must not leave under it.
    if (sent !== size || hash.digest('hex') !== expected) throw new Defect(`the object ${id} is not what came in`);
    yield tarPadding(size);
  }
  yield TAR_END;
}
