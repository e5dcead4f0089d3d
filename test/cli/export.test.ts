// `rogatory export` beside a node at work and at rest: an archive that the verifier proves, or a plain word why there is none.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DEMO_PROFILE } from '../../src/adapters/files/demo-store.ts';
import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';
import { sealCase } from '../../src/app/casework/sealing.ts';
import { composeNode } from '../../src/compose.ts';
import type { PersonId, Role } from '../../src/domain/registry/person.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { verifyCase } from '../../verify/verify.ts';
import { done, takeIn } from '../support/casework.ts';
import { rogatory } from '../support/cli.ts';
import { must, quiet } from '../support/database.ts';

const directory = mkdtempSync(join(tmpdir(), 'rogatory-export-'));
// PostgreSQL may run as another user, who must come through to its own folder.
chmodSync(directory, 0o711);
const out = (name: string): string => join(directory, name);
const env = { ROGATORY_DATA: join(directory, 'data'), ROGATORY_PROFILE: DEMO_PROFILE };
let node: Awaited<ReturnType<typeof openNode>>;
before(async () => {
  node = await openNode();
});
after(async () => {
  await node?.close();
  rmSync(directory, { recursive: true, force: true });
});

async function openNode() {
  const dataDirectory = env.ROGATORY_DATA;
  const database = must(await openDatabase({ dataDirectory, log: quiet }));
  const composed = must(
    await composeNode({
      dataDirectory,
      owner: database.owner,
      app: database.app,
      profile: DEMO_PROFILE,
      works: false,
      log: { error: ({ err }) => assert.fail(String(err)) },
    }),
  );
  const at = new Date().toISOString() as Instant;
  const hire = async (login: string, role: Role) => {
    const id = composed.people.secrets.newId() as PersonId;
    await composed.people.store.addPerson({ id, name: login, language: 'en' }, login, at);
    await composed.people.store.giveRole(id, role, null, at);
    return { id, roles: [role] };
  };
  const [officer, reviewer, approver] = await Promise.all([
    hire('dana', 'duty-officer'),
    hire('rana', 'reviewer'),
    hire('ada', 'approver'),
  ]);
  let open = true;
  return {
    work: composed.work,
    officer,
    reviewer,
    approver,
    close: async () => {
      if (!open) return;
      open = false;
      await composed.close();
      await database.stop();
    },
  };
}

test('a case is erased only once it is closed, confirmed, and beside the node; the self-audit names what no trail tells of', async () => {
  const { reference } = await takeIn(node.work, node.officer);
  const order = ['--reason', 'The term of keeping ended.', '--ordered-by', 'Remy Registrar'];
  const asked = await rogatory(['log', 'erase', reference, ...order], { env });
  assert.deepEqual([asked.status, asked.out], [1, '']);
  assert.match(asked.err, /would be erased[\s\S]*cannot be undone[\s\S]*--yes/);
  const refused = await rogatory(['log', 'erase', reference, ...order, '--yes'], { env });
  assert.equal(refused.status, 1);
  assert.match(refused.err, /the case is open; it is closed first/);
  // These people were put in past every use case.
  const checked = await rogatory(['log', 'check'], { env });
  assert.equal(checked.status, 1, checked.err);
  assert.match(checked.out, /the account of ada: no step tells of it[\s\S]*3 found: .*\nNot covered/);
});

test('a case is exported beside a node at work, and again when the node rests', async () => {
  const { work, officer } = node;
  const file = await takeIn(work, officer, {
    documents: [{ name: 'a.txt', mediaType: 'text/plain', bytes: Buffer.from('hello') }],
  });
  const sealed = await takeIn(work, officer);
  done(
    await sealCase(
      work,
      node.approver,
      { reference: sealed.reference, version: null },
      {
        reason: 'A threatened witness could be told from this case.',
        to: [node.reviewer.id],
      },
    ),
  );
  const first = await rogatory(['export', file.reference, '--out', out('first.tar'), '--language', 'ar'], { env });
  assert.equal(first.status, 0, first.err);
  const proven = async (name: string): Promise<void> =>
    assert.equal((await verifyCase(readFileSync(out(name)), undefined)).proven, true);
  await proven('first.tar');
  const sha256 = /[0-9a-f]{64}/.exec(first.out)?.[0];
  const history = await work.store.history(officer.id, file.id);
  const last = history.at(-1)?.event;
  assert.deepEqual(last, { type: 'docket.exported', by: null, sha256, steps: file.version });
  assert.equal(history.length, file.version + 1, 'nothing but the export happened');

  const refused = await rogatory(['export', sealed.reference, '--out', out('no.tar')], { env });
  assert.deepEqual([refused.status, existsSync(out('no.tar'))], [1, false]);
  assert.match(refused.err, /sealed/);
  for (const [args, say] of [
    [['BB-2028-999999', '--out', out('no.tar')], /there is no such case/],
    [[file.reference, '--out', out('first.tar')], /exists already/],
    [[file.reference, '--out', out('no.tar'), '--language', 'xx'], /must be one of/],
    [[file.reference, '--out', join(directory, 'nowhere', 'no.tar')], /cannot be written/],
  ] as const) {
    const { status, err } = await rogatory(['export', ...args], { env });
    assert.equal(status, 2, err);
    assert.match(err, say);
  }
  await node.close();
  const again = await rogatory(['export', file.reference, '--out', out('second.tar')], { env });
  assert.equal(again.status, 0, again.err);
  await proven('second.tar');
});
