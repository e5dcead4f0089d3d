// The law and the API reference in a browser: accessible, readable at any width and on paper, usable by keyboard and without scripts.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { skip, unfold, VIEWS, violations, visit } from './support.ts';

const PAGES = [
  '/law',
  '/law?view=measure',
  '/law?q=assurance&effect=condition',
  '/law?view=measure&measure=interception',
  '/law?as-of=2028-02-30',
  '/law?as-of=2001-01-01',
  '/law/nowhere/1',
  '/api',
];

describe('the law in a browser', { skip }, () => {
  const overflow = (page: Page): Promise<number> =>
    page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  for (const [language, width] of VIEWS) {
    test(`axe finds nothing, and the browser complains of nothing (${language}, ${width} pixels)`, async () => {
      const { page, complaints } = await visit(language, { viewport: { width, height: 900 } });
      for (const path of PAGES) {
        await page.goto(path);
        await unfold(page);
        assert.deepEqual(await violations(page), [], path);
      }
      // A page that is not there and a day that does not exist are answered as such, which Chromium notes.
      assert.deepEqual(
        complaints.filter((one) => !/status of (404|422)/.test(one)),
        [],
      );
    });
  }

  for (const language of ['en', 'ar'] as const) {
    test(`at 320 pixels nothing is wider than the page (${language})`, async () => {
      const { page } = await visit(language, { viewport: { width: 320, height: 700 } });
      for (const path of [...PAGES, '/law/uncc/40', '/law/eu-eevidence/12']) {
        await page.goto(path);
        await unfold(page);
        assert.equal(await overflow(page), 0, path);
      }
    });
  }

  test('a citation leads to its rule, which is marked and in view', async () => {
    const { page } = await visit('en');
    await page.goto('/law/uncc/40#uncc:40.22');
    const target = page.locator(':target');
    assert.equal(await target.getAttribute('id'), 'uncc:40.22');
    const box = await target.boundingBox();
    assert.ok(box && box.y >= 0 && box.y < 500, `${box?.y}`);
  });

  test('the search works with the keyboard alone, and without scripts', async () => {
    const { page, requests } = await visit('en', { javaScriptEnabled: false });
    await page.goto('/law');
    await page.keyboard.press('Tab');
    assert.equal(await page.locator(':focus').getAttribute('href'), '#main');
    await page.keyboard.press('Enter');
    assert.match(page.url(), /#main$/);
    for (let i = 0; i < 12 && (await page.locator(':focus').getAttribute('id')) !== 'q'; i++)
      await page.keyboard.press('Tab');
    await page.keyboard.type('torture');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=torture/);
    assert.equal(await page.inputValue('#q'), 'torture');
    assert.ok((await page.locator('main a[href^="/law/iccpr/7"]').count()) > 0);
    assert.deepEqual(
      requests.filter((one) => /\.js(\?|$)/.test(one)),
      [],
    );
  });

  test('worked cases unfold with the keyboard', async () => {
    const { page } = await visit('en');
    await page.goto('/law/uncc/42');
    const fold = page.locator('details.cases').first();
    await fold.locator('summary').focus();
    assert.equal(await fold.locator('table').isVisible(), false);
    await page.keyboard.press('Enter');
    assert.equal(await fold.locator('table').isVisible(), true);
  });

  test('a day that does not exist is said at the top, and the link there leads to the field', async () => {
    const { page } = await visit('en');
    const response = await page.goto('/law?as-of=2028-02-30&q=torture');
    assert.equal(response?.status(), 422);
    assert.match(await page.title(), /^Error: /);
    await page.click('.ds-error-summary a');
    assert.equal(await page.locator(':focus').getAttribute('id'), 'as-of');
    assert.equal(await page.inputValue('#q'), 'torture');
  });

  test('on paper an article has its citations, its review and its worked cases, and nothing to click', async () => {
    const { page } = await visit('en');
    await page.goto('/law/uncc/42');
    await page.emulateMedia({ media: 'print' });
    // biome-ignore lint/performance/useDomNodeTextContent: what is asked is what can be seen
    const seen = await page.locator('body').innerText();
    for (const wanted of ['42(8)', 'not yet reviewed by a jurist', 'Rule set', 'Not legal advice']) {
      assert.ok(seen.toLowerCase().includes(wanted.toLowerCase()), wanted);
    }
    assert.ok(await page.locator('details.cases table').first().isVisible());
    assert.equal(await page.locator('nav:visible').count(), 0);
    assert.equal(await page.locator('.law-filter:visible, button:visible').count(), 0);
    const { byteLength } = await page.pdf({ format: 'A4' });
    assert.ok(byteLength > 10_000);
  });

  test('colours chosen by the reader keep words and lines', async () => {
    const { page } = await visit('en', { forcedColors: 'active' });
    await page.goto('/law/uncc/42');
    assert.deepEqual(await violations(page), []);
  });

  test('a command on the reference page can be reached and read at any width', async () => {
    const { page } = await visit('ar', { viewport: { width: 390, height: 800 } });
    await page.goto('/api');
    const block = page.locator('.api-block').first();
    await block.focus();
    assert.equal(await block.evaluate((one) => one === one.ownerDocument.activeElement), true);
    assert.equal(await block.evaluate((one) => one.ownerDocument.defaultView?.getComputedStyle(one).direction), 'ltr');
  });
});
