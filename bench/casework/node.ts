// The server as `npm start` runs it, timed from its start to its first page, and a person of its demonstration at the door.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const ROOT = new URL('../../', import.meta.url).pathname;

export type Started = { readonly child: ChildProcess; readonly address: string; readonly seconds: number };

/** Starts it, and asks for the first page as soon as it says that it is there. */
export async function startNode(data: string): Promise<Started> {
  const start = performance.now();
  const child = spawn(process.execPath, [`${ROOT}src/main.ts`], {
    cwd: ROOT,
    // The copies of a big docket are not in the log, and an office has no such backlog: its slot is not among what is measured.
    env: { ...process.env, PORT: '0', ROGATORY_DATA: data, ROGATORY_LOG_EVERY: '86400' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const address = /http:\/\/\S+/.exec(line)?.[0] ?? '';
  const page = await fetch(address);
  await page.text();
  if (page.status !== 200) throw new Error(`the first page was answered with ${page.status}`);
  return { child, address, seconds: (performance.now() - start) / 1000 };
}

/** So long it must have answered at once, and so quickly, in milliseconds. */
const [CALM_MS, AT_ONCE_MS] = [15_000, 50];
/** In its first minute it begins its audit, and the database tidies up after what was filled in: so long it runs at least. */
const LEAST_MS = 90_000;
/** Whatever it is doing, it is not waited for longer. */
const MOST_MS = 180_000;

/** Waits until a node has done what it does after its start: the reports of a demonstration, what ran out while it stood still. */
export async function settled(address: string): Promise<void> {
  const start = performance.now();
  const since = (moment: number): number => performance.now() - moment;
  for (let calm = start; (since(calm) < CALM_MS || since(start) < LEAST_MS) && since(start) < MOST_MS; ) {
    const asked = performance.now();
    await (await fetch(`${address}/healthz`)).text();
    if (performance.now() - asked > AT_ONCE_MS) calm = performance.now();
    await new Promise((done) => {
      setTimeout(done, 50);
    });
  }
}

export async function stopNode({ child }: Started): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Walks in as a reviewer; the cookie of the session. */
export async function enter(address: string): Promise<string> {
  const door = await (await fetch(`${address}/demo`)).text();
  const person = /name="person" value="([^"]+)"(?:(?!<\/form>)[\s\S])*Rana/.exec(door)?.[1] ?? '';
  const entered = await fetch(`${address}/demo/as`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: address, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ person }),
  });
  const cookie = entered.headers.getSetCookie().find((one) => one.startsWith('session='));
  if (cookie === undefined) throw new Error('nobody was let in');
  return cookie.split(';')[0] as string;
}

/** The cases of some pages of the docket. */
export async function someReferences(address: string, cookie: string): Promise<string[]> {
  const found = new Set<string>();
  for (const path of ['', '?sort=received', '?stage=assessing', '?stage=executing', '?closed=yes']) {
    const text = await (await fetch(`${address}/docket${path}`, { headers: { cookie } })).text();
    for (const [, reference] of text.matchAll(/\/requests\/([A-Z]{2}-\d{4}-\d{6})/g)) found.add(reference as string);
  }
  return [...found];
}
