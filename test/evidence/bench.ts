// An office with a decided case and everything that evidence needs, on folders of its own.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { objectStore, storageKey } from '../../src/adapters/evidence/object-store.ts';
import { packagesIn } from '../../src/adapters/evidence/packages.ts';
import { testAuthority } from '../../src/adapters/evidence/test-authority.ts';
import { fileRecords } from '../../src/adapters/postgres/casework/file-records.ts';
import { openedSteps } from '../../src/adapters/postgres/casework/openings.ts';
import { uploadStore } from '../../src/adapters/postgres/evidence/uploads.ts';
import * as disclosing from '../../src/app/casework/disclosing.ts';
import { giveTask } from '../../src/app/casework/executing.ts';
import * as custody from '../../src/app/evidence/custody.ts';
import { type Leaving, leavingHash } from '../../src/app/evidence/leaving.ts';
import type { EvidencePorts } from '../../src/app/evidence/ports.ts';
import { endReceiving, endRedacting, takeStream } from '../../src/app/evidence/uploading.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { Coverage } from '../../src/domain/evidence/evidence.ts';
import { done, openOffice, type TestOffice } from '../support/casework.ts';
import { arrives, decided } from '../support/decided.ts';

export const COVERS: readonly Coverage[] = [
  { account: 'intruder@mail.example', category: 'content', from: '2028-01-02', to: '2028-01-10' } as Coverage,
];

export type Bench = {
  readonly office: TestOffice;
  readonly ports: EvidencePorts;
  /** The root certificate of the office's time-stamping authority. */
  readonly root: Uint8Array;
  readonly file: CaseFile;
  /** Takes an object in for task 1, as the executing unit. */
  readonly take: (bytes: Uint8Array, more?: { name?: string; covers?: readonly Coverage[] }) => Promise<CaseFile>;
  /** A key of theirs, entered by the reviewer and confirmed by the approver; gives its fingerprint. */
  readonly confirmed: (key: string, name?: string) => Promise<string>;
  /** What the approver signs before it leaves, as the case stands. */
  readonly signed: <L extends Leaving>(leaving: L) => Promise<L & { readonly signed: string }>;
  /** Makes a redaction of the first object of the case. */
  readonly redact: (file: CaseFile, bytes: Uint8Array) => Promise<CaseFile>;
  readonly close: () => Promise<void>;
};

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export async function evidenceBench(): Promise<Bench> {
  const office = await openOffice();
  const { work, staff, folder } = office;
  const { keyOf } = fileRecords(office.app.db, office.keys);
  const objects = objectStore(join(folder, 'files', 'evidence'), await storageKey(folder), keyOf);
  const authority = await testAuthority(office.clock.now);
  const ports: EvidencePorts = {
    objects,
    uploads: uploadStore(office.app.db),
    packages: packagesIn(join(folder, 'packages'), objects, authority),
    steps: (by, id) => openedSteps(office.app.db, office.keys, by, id),
    preview: async () => ({ is: 'none', why: 'no-sandbox' }),
  };
  let file = await decided(office, await arrives(office));
  const target = { reference: file.reference, version: null };
  file = done(await giveTask(work, staff.reviewer, target, { task: 1, unit: 'Unit 3' }));
  for (const { no, status } of file.disclosure.conditions)
    if (status === 'proposed')
      file = done(
        await disclosing.moveCondition(work, staff.reviewer, target, {
          condition: no,
          to: 'accepted',
          answeredBy: 'PG of AA',
          remarks: '',
        }),
      );
  const unit = staff['executing-unit'];
  const upload = async (bytes: Uint8Array) => {
    const whole = await takeStream(work, ports, unit, file.reference, [bytes], bytes.length, sha256);
    if (whole.is !== 'begun') throw new Error(whole.is);
    return whole.upload.id;
  };
  return {
    office,
    ports,
    root: authority.root,
    file,
    take: async (bytes, { name = 'mail.mbox', covers = COVERS } = {}) =>
      done(
        (await endReceiving(work, ports, unit, target, {
          upload: await upload(bytes),
          name,
          mediaType: 'application/mbox',
          task: 1,
          receivedFrom: 'Mail Example',
          covers,
        })) as never,
      ),
    redact: async (now, bytes) =>
      done(
        (await endRedacting(work, ports, unit, target, {
          upload: await upload(bytes),
          name: 'mail-redacted.txt',
          mediaType: 'text/plain',
          of: now.evidence.objects[0]?.object as never,
          removed: 'Messages of other people.',
          covers: COVERS,
        })) as never,
      ),
    confirmed: async (key, name = 'Prosecutor General of AA') => {
      const entered = done(await custody.enterKey(work, staff.reviewer, target, { no: null, name, key }));
      const { no, fingerprint } = entered.evidence.keys.at(-1) ?? { no: 0, fingerprint: '' };
      const confirming = { no, read: fingerprint.slice(0, 32), how: 'Read by their clerk over +99 1 0001.' };
      done(await custody.confirmKey(work, staff.approver, target, confirming));
      return fingerprint;
    },
    signed: async (leaving) => {
      const now = await work.store.read(staff.approver.id, file.reference, 'test');
      return { ...leaving, signed: leavingHash(work, now ?? file, leaving) };
    },
    close: () => office.close(),
  };
}
