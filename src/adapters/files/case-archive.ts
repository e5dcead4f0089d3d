// The archive of an exported case: a folder in a tar, with a manifest that `sha256sum -c` reads, made as it is sent.

import { createHash } from 'node:crypto';
import type { ExportFile } from '../../app/casework/export-ports.ts';
import { TAR_END, tarHeader, tarPadding } from '../postgres/backup/tar.ts';

export const MANIFEST = 'manifest-sha256.txt';

/** One file after the other, so that no more than one of them is in memory. `seconds` is the time that each file bears. */
export async function* caseArchive(
  folder: string,
  files: readonly ExportFile[],
  seconds: number,
): AsyncGenerator<Uint8Array> {
  let manifest = '';
  for (const { path, bytes } of files) {
    const content = await bytes();
    manifest += `${createHash('sha256').update(content).digest('hex')}  ${path}\n`;
    yield* entry(`${folder}/${path}`, content, seconds);
  }
  yield* entry(`${folder}/${MANIFEST}`, Buffer.from(manifest), seconds);
  yield TAR_END;
}

function* entry(name: string, content: Uint8Array, seconds: number): Generator<Uint8Array> {
  yield tarHeader(name, content.length, seconds);
  yield content;
  yield tarPadding(content.length);
}
