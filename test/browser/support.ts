// What the browser tests share: the real server as a process of its own, Chromium, axe, and the steps of a check.

import { existsSync, readFileSync } from 'node:fs';
import { after } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Language } from '../../src/kernel/language.ts';
import { type Server, sharedServer } from '../support/server.ts';
import { CONTRAST_OF_LIKE_TEXTS_ONCE } from './contrast.ts';

export type { Server } from '../support/server.ts';

/** The shell is Chromium without a window around it, for half the price. */
const CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path));
/** Root, containers and closed networks: no sandbox of its own, and no calls home. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** For `test(..., { skip }, ...)`: why there is no browser, or false. */
export const skip: string | false =
  process.env['ROGATORY_SKIP_BROWSER'] === '1' || CHROMIUM === undefined ? 'Chromium is not here' : false;

let started: Promise<Browser> | undefined;

/** The Chromium of this process, for all files that run in it. */
export const launch = (): Promise<Browser> => {
  started ??= chromium.launch({ executablePath: CHROMIUM ?? '', args: FLAGS });
  return started;
};
after(async () => {
  await (await started)?.close();
});

export type { Language } from '../../src/kernel/language.ts';

/** Each direction of writing once and each width once: together they show what either can break, for half the time of all four. */
export const VIEWS = [
  ['en', 1280],
  ['ar', 390],
] as const;
export type Watched = { readonly page: Page; readonly complaints: string[]; readonly requests: string[] };

/** A page in a language, with everything it complains about and everything it asks the network for. */
export async function open(
  browser: Browser,
  server: Server,
  language: Language,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    baseURL: server.address,
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  await context.addCookies([{ name: 'lang', value: language, url: server.address }]);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  return { page, complaints, requests };
}

type Visit = {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly javaScriptEnabled?: boolean;
  readonly forcedColors?: 'active';
};
const visits = new Map<string, Promise<Watched>>();

/**
 * A page of the server of this process. One page is kept for each language, with and without scripts, since a new one
 * reads fonts, scripts and the law anew; what a visit left behind is put back at the next.
 */
export async function visit(
  language: Language,
  { viewport = { width: 1280, height: 900 }, javaScriptEnabled = true, forcedColors }: Visit = {},
): Promise<Watched> {
  const [server, browser] = [await sharedServer(), await launch()];
  const kind = `${language} ${javaScriptEnabled}`;
  const kept = visits.get(kind) ?? open(browser, server, language, { javaScriptEnabled });
  visits.set(kind, kept);
  const watched = await kept;
  const { page, complaints, requests } = watched;
  await page.unrouteAll();
  await page.context().clearCookies();
  await page.context().addCookies([{ name: 'lang', value: language, url: server.address }]);
  await page.emulateMedia({ media: null, forcedColors: forcedColors ?? null });
  await page.setViewportSize(viewport);
  complaints.length = 0;
  requests.length = 0;
  return watched;
}

/** Opens the check; with scripts, waits until the engine has taken over. */
export async function openCheck(page: Page, live: boolean): Promise<void> {
  await page.goto('/check');
  if (live) await page.waitForSelector('#check[data-live]');
}

/** Fills in the first form and starts. */
export async function startCheck(page: Page, measure = 'subscriber-data'): Promise<void> {
  await page.selectOption('#measure', measure);
  await page.fill('#requestingState', 'AA');
  await page.fill('#requestedState', 'BB');
  await page.fill('#receivedOn', '2028-03-01');
  await page.selectOption('#instrument', { index: 1 });
  await page.click('#check-form button[value=start]');
  await page.waitForSelector('#verdict');
}

/** Opens one of the examples that ship with the product. */
export async function openExample(page: Page, example: string): Promise<void> {
  await page.selectOption('#example', example);
  await page.click('button[value=example]');
  await page.waitForSelector('#verdict');
}

export const outcome = (page: Page): Promise<string | null> =>
  page.getAttribute('#verdict [data-outcome]', 'data-outcome');

/** The first question that is asked among these. */
export const questions = (page: Page): Promise<string[]> =>
  page.$$eval('fieldset.question', (all) => all.map((one) => one.getAttribute('data-fact') ?? ''));

/** What has the focus, by one of its properties. Given as text, since the types of a browser are none of ours here. */
export const focused = (page: Page, property: 'id' | 'value'): Promise<string> =>
  page.evaluate<string>(`document.activeElement.${property}`);

/** Unfolds the languages in the header and chooses one. */
export async function chooseLanguage(page: Page, language: Language): Promise<void> {
  await page.click('.site-languages summary');
  await page.click(`[lang|="${language}"] > .site-language`);
}

const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Looks of texts whose contrast passed on the pages of this process so far. */
const looks = new Set<string>();

/** Everything that axe finds wrong with the page as it stands, one line each. */
export async function violations(page: Page): Promise<string[]> {
  // A page that was looked at before has it still.
  if (!(await page.evaluate<boolean>('"axe" in globalThis')))
    await page.evaluate(`${AXE};(${CONTRAST_OF_LIKE_TEXTS_ONCE})(${JSON.stringify([...looks])})`);
  const found = await page.evaluate(async () => {
    type Result = {
      violations: { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] }[];
    };
    type InPage = { axe: { run: (options: object) => Promise<Result> }; looksThatPassed: () => string[] };
    const inPage = globalThis as unknown as InPage;
    const result = await inPage.axe.run({ resultTypes: ['violations'] });
    const lines = result.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    );
    return { lines, passed: inPage.looksThatPassed() };
  });
  for (const look of found.passed) looks.add(look);
  return found.lines;
}

/** Opens every fold of the page, or of a part of it. */
export const unfold = async (page: Page, part = 'body'): Promise<void> => {
  await page.evaluate(`document.querySelectorAll("${part} details").forEach((one) => { one.open = true })`);
};
