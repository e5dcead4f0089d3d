// Everything evidence needs of a node: its store and its packages below the data directory, and its time-stamping authority.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileRecords } from '../../app/casework/file-ports.ts';
import type { EvidencePorts } from '../../app/evidence/ports.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Db } from '../postgres/connection.ts';
import { uploadStore } from '../postgres/evidence/uploads.ts';
import { objectStore, storageKey } from './object-store.ts';
import { packagesIn } from './packages.ts';
import { previewer } from './preview.ts';
import { testAuthority } from './test-authority.ts';
import { authorityAt, type Stamper } from './timestamp.ts';

/** ROGATORY_TSA_URL, ROGATORY_TSA_ROOTS (a file of certificates, PEM) and, where one is asked for, ROGATORY_TSA_POLICY. */
export function authorityFrom(env: { readonly [name: string]: string | undefined }): Outcome<Stamper | undefined> {
  const { ROGATORY_TSA_URL: url, ROGATORY_TSA_ROOTS: file, ROGATORY_TSA_POLICY: policy } = env;
  if (!url && !file) return accept(undefined);
  if (!url || !file)
    return refuse({
      pointer: 'ROGATORY_TSA_URL',
      detail: 'needs ROGATORY_TSA_ROOTS beside it, and the other way round',
    });
  try {
    const blocks = readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    if (blocks.length === 0) return refuse({ pointer: 'ROGATORY_TSA_ROOTS', detail: `${file} holds no certificate` });
    const roots = blocks.map((block) => Buffer.from(block.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
    return accept(authorityAt({ url, roots, policy }));
  } catch {
    return refuse({ pointer: 'ROGATORY_TSA_ROOTS', detail: `${file} cannot be read` });
  }
}

export async function openEvidence({
  dataDirectory,
  db,
  authority,
  demonstration,
  now,
  keyOf,
  ...chain
}: Pick<EvidencePorts, 'steps' | 'log'> & {
  readonly dataDirectory: string;
  readonly db: Db;
  /** Without one, packages have no time stamp; a demonstration has one that proves nothing. */
  readonly authority: Stamper | undefined;
  readonly demonstration: boolean;
  readonly now: () => Instant;
  /** The keys of sealed cases. */
  readonly keyOf: FileRecords['keyOf'];
}): Promise<EvidencePorts> {
  // Below `files`, so that backups take it along.
  const objects = objectStore(join(dataDirectory, 'files', 'evidence'), await storageKey(dataDirectory), keyOf);
  const stamper = authority ?? (demonstration ? await testAuthority(now) : undefined);
  return {
    ...chain,
    objects,
    uploads: uploadStore(db),
    packages: packagesIn(join(dataDirectory, 'files', 'packages'), objects, stamper),
    preview: previewer(),
  };
}
