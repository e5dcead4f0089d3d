// Casework for everybody: by keyboard alone, at four hundred per cent, in forced colours, on paper, and over a slow line.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { acknowledge } from '../../src/app/casework/front-desk.ts';
import type { Reference } from '../../src/domain/docket/case-file.ts';
import type { PersonId } from '../../src/domain/registry/person.ts';
import { done, takeIn } from '../support/casework.ts';
import { type LifeOffice, openLife, PASSWORD } from './life.ts';
import { type Language, launch, skip, unfold, violations } from './support.ts';

const REASONS = 'The file says so on its third page, and nothing speaks against it.';
const TABS = [
  '',
  '/assessment',
  '/decision',
  '/execution',
  '/evidence',
  '/secrecy',
  '/letters',
  '/timeline',
  '/people',
];

let office: LifeOffice;
let browser: Browser;
let reference: Reference;
let [rana, dana]: PersonId[] = [];

before(async () => {
  if (skip) return;
  office = await openLife();
  browser = await launch();
  [rana, dana] = [await office.hire('rana', ['reviewer']), await office.hire('dana', ['duty-officer'])];
  const officer = { id: dana, roles: ['duty-officer'] } as const;
  ({ reference } = await takeIn(office.node.work, officer));
  done(await acknowledge(office.node.work, officer, { reference, version: null }));
});
after(async () => {
  await office?.close();
});

async function visit(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: office.address,
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

const speak = (page: Page, language: Language): Promise<void> =>
  page.context().addCookies([{ name: 'lang', value: language, url: office.address }]);

/** What the keyboard is on: the element, and whether one sees that it is. */
const AT = `(() => {
  const at = document.activeElement;
  const drawn = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  };
  // A choice shows it around its label.
  return { matches: (css) => at.matches(css), drawn: drawn(at) || drawn(at.closest('label') ?? at), text: at.outerHTML.slice(0, 90) };
})()`;

/** Presses Tab until the keyboard is on it. Everything on the way must show that it has the focus. */
async function tabTo(page: Page, css: string): Promise<void> {
  const passed: string[] = [];
  for (let n = 0; n < 150; n++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate<{ is: boolean; drawn: boolean; text: string }>(
      `(() => { const at = ${AT}; return { is: at.matches(${JSON.stringify(css)}), drawn: at.drawn, text: at.text }; })()`,
    );
    if (!at.text.startsWith('<body')) assert.ok(at.drawn, `the focus cannot be seen on ${at.text}`);
    if (at.is) return;
    passed.push(at.text);
  }
  assert.fail(`the keyboard never comes to ${css}:\n${passed.join('\n')}`);
}

async function press(page: Page, key: string, address: RegExp): Promise<void> {
  await Promise.all([page.waitForURL(address), page.keyboard.press(key)]);
}

const type = async (page: Page, css: string, text: string): Promise<void> => {
  await tabTo(page, css);
  await page.keyboard.insertText(text);
};

/** Signed in without a mouse, as everything else here. */
async function signIn(page: Page, login: string, person: PersonId | undefined): Promise<void> {
  await page.goto('/sign-in');
  await type(page, '[name=loginName], [name=login]', login);
  await type(page, '[name=password]', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('[name=code]');
  if (!(await page.evaluate<boolean>(`document.activeElement.matches('[name=code]')`)))
    await tabTo(page, '[name=code]');
  await page.keyboard.insertText(office.code(person as PersonId));
  await press(page, 'Enter', /\/me$/);
}

test('a reviewer signs in, opens a case from the docket, answers and proposes by keyboard alone', {
  skip,
}, async () => {
  const page = await visit();
  await signIn(page, 'rana', rana);
  await tabTo(page, 'header a[href="/docket"]');
  await press(page, 'Enter', /\/docket/);
  await tabTo(page, '.ds-skip-link');
  await page.keyboard.press('Enter');
  await tabTo(page, `.case-link[href="/requests/${reference}"]`);
  await press(page, 'Enter', new RegExp(reference));
  await tabTo(page, '.tabs a[href$="/assessment"]');
  await press(page, 'Enter', /assessment$/);
  await tabTo(page, `main a[href*="/assessment/rights."], main a[href*="/assessment/offence."]`);
  await press(page, 'Enter', /assessment\/\w+\.\w+/);
  const question = new URL(page.url()).pathname;
  await tabTo(page, 'input[name=choice]');
  // The last of them, "not yet", is chosen until somebody answers; the arrows go round.
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('input[name=choice]:checked').getAttribute('value'), 'true');
  await type(page, 'textarea[name=reasons]', REASONS);
  await tabTo(page, 'button[value=back]');
  await press(page, 'Enter', /assessment$/);
  await page.goto(question);
  assert.match((await page.locator('main').textContent()) ?? '', /third page/, 'the answer is on record');
  await tabTo(page, '.tabs a[href$="/decision"]');
  await press(page, 'Enter', /decision$/);
  // With questions open, it can be put off and nothing else.
  await tabTo(page, 'input[name=as][value=postpone]');
  await page.keyboard.press('Space');
  await tabTo(page, 'main form[method=get] button[type=submit]');
  await press(page, 'Enter', /as=postpone/);
  await tabTo(page, 'input[name=until]');
  // The same day whichever of day and month comes first.
  await page.keyboard.type('04042028');
  await type(page, 'main textarea[name=reasons]', REASONS);
  await tabTo(page, 'button[value=preview]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[name=code]');
  await type(page, '[name=password]', PASSWORD);
  await type(page, '[name=code]', office.code(rana as PersonId));
  await tabTo(page, 'button[value=propose]');
  await page.keyboard.press('Enter');
  // The address stays; what was to be signed is gone once it is.
  await page.locator('[name=code]').waitFor({ state: 'detached' });
  const file = await office.node.work.store.read(rana as PersonId, reference, 'test');
  assert.deepEqual(
    file?.decisions.proposals.map(({ by, disposition, state }) => [by, disposition, state]),
    [[rana, 'postpone', 'open']],
  );
  await page.context().close();
});

test('at 320 pixels, which is four hundred per cent of 1280, no page of casework scrolls sideways', {
  skip,
}, async () => {
  const page = await visit({ viewport: { width: 320, height: 700 } });
  await signIn(page, 'rana', rana);
  const paths = [...TABS.map((tab) => `/requests/${reference}${tab}`), '/docket', '/work'];
  for (const language of ['en', 'ar', 'ru'] as const) {
    await speak(page, language);
    for (const path of paths) {
      await page.goto(path);
      await unfold(page);
      const wide = await page.evaluate<string[]>(`(() => {
        if (document.documentElement.scrollWidth <= 320) return [];
        const out = (one) => { const { left, right } = one.getBoundingClientRect(); return left < -1 || right > 321; };
        return ['scrolls', ...[...document.querySelectorAll('main *')].filter(out).map((one) => one.outerHTML.slice(0, 120)).slice(0, 4)];
      })()`);
      assert.deepEqual(wide, [], `${language} ${path}`);
    }
  }
  await page.context().close();
});

test('in forced colours every shape of an outcome is drawn, the focus is seen, and axe finds nothing', {
  skip,
}, async () => {
  const page = await visit({ forcedColors: 'active' });
  await signIn(page, 'dana', dana);
  for (const path of [`/requests/${reference}/assessment`, '/docket']) {
    await page.goto(path);
    assert.deepEqual(await violations(page), [], path);
    await tabTo(page, 'main a');
  }
  await page.goto(`/requests/${reference}/assessment`);
  const shapes = await page.evaluate<
    { fill: string; back: string; wide: number }[]
  >(`[...document.querySelectorAll('main .shape')].map((one) => ({
    fill: getComputedStyle(one).color, back: getComputedStyle(document.body).backgroundColor, wide: one.getBoundingClientRect().width,
  })).filter(({ wide }) => wide > 0)`);
  assert.ok(shapes.length > 0);
  for (const { fill, back } of shapes) assert.notEqual(fill, back, 'a shape in the colour of the page is none');
  await page.context().close();
});

test('on paper a case has no navigation and nothing folded away', { skip }, async () => {
  const page = await visit();
  await signIn(page, 'rana', rana);
  for (const tab of ['', '/assessment', '/timeline']) {
    await page.goto(`/requests/${reference}${tab}`);
    await page.emulateMedia({ media: 'print' });
    for (const css of ['.tabs', '.site-header nav', '.ds-skip-link', '.site-languages'])
      assert.equal(await page.locator(`${css}:visible`).count(), 0, `${css} on ${tab}`);
    const hidden = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('main details:not(.no-print *, .no-print)')]
      .flatMap((fold) => [...fold.children].filter((one) => one.localName !== 'summary' && !one.matches('.no-print, :has(> .no-print:only-child)')))
      .filter((one) => !one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) || one.getBoundingClientRect().height === 0)
      .map((one) => one.outerHTML.slice(0, 120))`);
    assert.deepEqual(hidden, [], tab);
    await page.emulateMedia({ media: 'screen' });
  }
  await page.context().close();
});

test('a page of a case with its style and scripts, compressed and without fonts, stays below 80 kilobytes', {
  skip,
}, async () => {
  const page = await visit();
  await signIn(page, 'rana', rana);
  await page.waitForLoadState('load');
  const asked = new Set<string>();
  page.on('request', (request) => {
    if (['document', 'stylesheet', 'script', 'image'].includes(request.resourceType())) asked.add(request.url());
  });
  await page.goto(`/requests/${reference}/assessment`, { waitUntil: 'load' });
  const weights = await Promise.all(
    [...asked].map(async (url) => [url, gzipSync(await (await page.request.get(url)).body()).length] as const),
  );
  assert.ok(weights.length >= 3, 'the page, its sheet, its script');
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  assert.ok(sum < 80_000, JSON.stringify(weights));
  await page.context().close();
});
