// A node with a public log and the door for people concerned, an office that has handed data out, and a visitor without an account.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { openedSteps } from '../../src/adapters/postgres/casework/openings.ts';
import { lastStepIn } from '../../src/adapters/postgres/log/published.ts';
import { noticeCodes } from '../../src/adapters/postgres/notice-codes.ts';
import { caseKeys } from '../../src/adapters/keys/case-keys.ts';
import { orderSecrecy } from '../../src/app/casework/disclosing.ts';
import { giveTask, reportTask } from '../../src/app/casework/executing.ts';
import { sendNotice } from '../../src/app/casework/notifying.ts';
import { placesOf, publishedSize, receiptFor } from '../../src/app/log/receipt.ts';
import type { Timer } from '../../src/app/notice/even-time.ts';
import { personKeyName } from '../../src/app/people/enrol.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { RequestContent } from '../../src/domain/requests/content.ts';
import type { Day } from '../../src/kernel/calendar.ts';
import { formatKey } from '../../src/transparency/note.ts';
import { caseworkRoutes } from '../../src/web/casework/routes.ts';
import { type NoticePorts, noticeRoutes } from '../../src/web/notice/routes.ts';
import { openFrontDoor } from '../casework/front-door.ts';
import { memoryFolder, openTestLog } from '../log/support.ts';
import { at, CONTENT, done } from '../support/casework.ts';
import { arrives, decided } from '../support/decided.ts';

export const OTHER = 'bystander@mail.example';

/** Time that passes only where somebody waits or works, so that a test can say how long an answer took. */
export function handTimer() {
  let now = 0;
  const timer: Timer = {
    now: () => now,
    wait: async (milliseconds) => {
      now += milliseconds;
    },
  };
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { timer, pass, now: () => now };
}

export async function openHouse() {
  const door = await openFrontDoor();
  const data = memoryFolder();
  const log = await openTestLog(door.office.db, data, { cadence: { every: 300, places: 128, reserved: 8 } });
  const keys = caseKeys(door.office.ports.vault, door.office.ports.secrets, personKeyName);
  const clock = handTimer();
  const ports: NoticePorts = {
    work: door.front,
    codes: noticeCodes(door.office.db),
    steps: (by, id) => openedSteps(door.office.db, keys, by, id),
    log: {
      vkey: formatKey(log.ports.keys.log[0]),
      places: (id, commitments) => placesOf(log.ports, id, commitments),
      receipt: async (of, commitment, opened) => {
        const given = await receiptFor(log.ports, Uint8Array.fromHex(commitment), { of, opened });
        return given.ok ? given.value : null;
      },
      published: async (id) => lastStepIn(door.office.db, await publishedSize(log.ports), id),
    },
    timer: clock.timer,
    addressOf: (c) => c.req.header('x-test-address') ?? 'somebody',
  };
  door.app.route('/', noticeRoutes(ports)).route('/', caseworkRoutes({ work: door.front, exporting: ports }));
  const { people, office } = await door.hire('duty', 'rana', 'ada', 'emil');
  const { staff } = office;

  /** Data of each account were produced, after a time of secrecy; each person was told. Gives their codes in the order of accounts. */
  async function told(more: Partial<RequestContent> = {}): Promise<{ file: CaseFile; codes: string[] }> {
    const arrived = await arrives(office, more);
    const until = door.front.world.today();
    const ground = 'Code of Criminal Procedure 88';
    const reasons = 'A search in the same matter was still to come.';
    done(
      await orderSecrecy(door.front, staff.approver, at(arrived), { ground, reasons, until, reviewOn: until } as never),
    );
    let file = await decided(office, arrived);
    door.office.later(2 * 86_400);
    for (const { no } of file.execution.tasks) {
      done(await giveTask(door.front, staff.reviewer, at(file), { task: no, unit: 'Mail Example' }));
      const came = { task: no, came: 'produced', count: 1, hashes: ['ab'.repeat(32)], reasons: '' } as const;
      file = done(await reportTask(door.front, staff['executing-unit'], at(file), came));
    }
    const codes: string[] = [];
    for (const { no } of file.notice.notices) {
      const { acted, code } = await sendNotice(door.front, staff.reviewer, at(file), { notice: no, channel: 'Letter' });
      file = done(acted);
      codes.push(code);
    }
    return { file, codes };
  }

  return {
    ...door,
    staff,
    log,
    ports,
    clock,
    ...people,
    told,
    at,
    /** What somebody without an account gets who sends this form. */
    post: async (fields: { readonly [name: string]: string }, headers: { readonly [name: string]: string } = {}) => {
      clock.pass(60_000);
      return postNow(fields, headers);
    },
    postNow,
    secretAgain: async (file: CaseFile, days: number) => {
      const until = new Date(Date.parse(door.front.world.today()) + days * 86_400_000)
        .toISOString()
        .slice(0, 10) as Day;
      const order = { ground: 'Order of the court', reasons: 'Another account is watched.', until, reviewOn: until };
      return done(await orderSecrecy(door.front, staff.approver, at(file), order as never));
    },
    close: async () => {
      await door.close();
      rmSync(data, { recursive: true, force: true });
    },
  };

  async function postNow(
    fields: { readonly [name: string]: string },
    headers: { readonly [name: string]: string } = {},
  ): Promise<{ status: number; text: string; headers: Headers }> {
    const answer = await door.app.request('http://localhost:8787/notice', {
      method: 'POST',
      headers: { 'accept-language': 'en', 'sec-fetch-site': 'same-origin', ...headers },
      body: new URLSearchParams(fields as Record<string, string>),
    });
    assert.notEqual(answer.status, 500);
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }
}

/** Two accounts in one request. */
export const TWO = {
  targets: [...(CONTENT.targets ?? []), { service: 'Mail Example', identifierType: 'email', identifierValue: OTHER }],
} as Partial<RequestContent>;
