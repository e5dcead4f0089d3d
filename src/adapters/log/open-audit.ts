// What the self-audit of a node reads: its database, the files of its log, and the rules by which its casework writes rows.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CaseKeys } from '../../app/casework/sealing-ports.ts';
import type { AuditPorts } from '../../app/log/audit-ports.ts';
import type { LogPorts } from '../../app/log/ports.ts';
import type { OfficeRecords } from '../../app/office/ports.ts';
import type { Db } from '../postgres/connection.ts';
import { logRecord } from '../postgres/log/record.ts';
import { lastCosigned } from './last-cosigned.ts';
import { fileNames } from './file-names.ts';

type AuditOptions = {
  readonly db: Db;
  readonly dataDirectory: string;
  readonly keys: CaseKeys;
  readonly office: Pick<OfficeRecords, 'standing'>;
  readonly log: LogPorts;
  readonly casework: AuditPorts['casework'];
  /** How many times as long as it works it stands still in between; nothing where somebody waits for it. */
  readonly rests?: number;
};

export const openAudit = ({ db, dataDirectory, keys, office, log, casework, rests }: AuditOptions): AuditPorts => ({
  log,
  record: logRecord(db, keys, office.standing, rests),
  mark: (text) => keys.mark(text),
  hash: (bytes) => createHash('sha256').update(bytes).digest(),
  fileNames: () => fileNames(join(dataDirectory, 'log')),
  cosigned: lastCosigned(dataDirectory).all,
  casework,
});
