// The files of cases on a disk of the test's own; none is too fresh to be taken away, since tests wait for each step.

import { join } from 'node:path';
import { objectSeals } from '../../src/adapters/evidence/headers.ts';
import { fileStore } from '../../src/adapters/files/file-store.ts';
import { sealedFiles } from '../../src/adapters/files/sealed-files.ts';
import type { Db } from '../../src/adapters/postgres/connection.ts';
import { fileRecords } from '../../src/adapters/postgres/casework/file-records.ts';
import { caseFiles } from '../../src/app/casework/files.ts';
import type { FileStore } from '../../src/app/casework/ports.ts';
import type { CaseKeys } from '../../src/app/casework/sealing-ports.ts';

export const filesOnDisk = (folder: string, db: Db, keys: CaseKeys): FileStore =>
  caseFiles({
    plain: fileStore(folder, 0),
    sealed: sealedFiles(join(folder, 'sealed')),
    objects: objectSeals(join(folder, 'evidence')),
    records: fileRecords(db, keys),
  });
