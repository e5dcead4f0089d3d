// Articles of each kind in a browser, with every fold open; the way through the law without scripts and by keyboard; paper.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { skip, unfold, VIEWS, violations, visit } from './support.ts';

/** An instrument's article of several rules, one that is no law that day, one with clocks, rights, policy with gaps, the questions. */
const PAGES = [
  '/law/uncc/35?as-of=2028-03-01',
  '/law/uncc/45?as-of=2020-01-01',
  '/law/budapest-2ap/8?as-of=2028-03-01',
  '/law/eu-eevidence/11?as-of=2028-03-01',
  '/law/iccpr/19',
  '/law/policy/criminality-on-both-sides',
  '/law/facts',
];

describe('articles in a browser', { skip }, () => {
  for (const [language, width] of VIEWS) {
    test(`axe finds nothing with every fold open (${language}, ${width} pixels)`, async () => {
      const { page } = await visit(language, { viewport: { width, height: 900 } });
      for (const path of PAGES) {
        await page.goto(path);
        await unfold(page);
        assert.deepEqual(await violations(page), [], path);
      }
    });
  }

  for (const language of ['en', 'ar'] as const) {
    test(`at 320 pixels nothing scrolls sideways, folded or not (${language})`, async () => {
      const { page } = await visit(language, { viewport: { width: 320, height: 640 } });
      for (const path of ['/law', '/law?view=measure', ...PAGES]) {
        await page.goto(path);
        await unfold(page);
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        assert.ok(over <= 0, `${path} is ${over} pixels too wide`);
      }
    });
  }

  test('without scripts: filter, change the view, open an article and its cases, come back', async () => {
    const { page } = await visit('en', { javaScriptEnabled: false });
    await page.goto('/law');
    await page.fill('#q', 'judge');
    await page.selectOption('#effect', 'safeguard');
    await page.click('.law-filter button');
    assert.match(page.url(), /q=judge/);
    assert.ok((await page.locator('.rule-title').count()) > 0);
    await page.click('.law-views a >> nth=1');
    assert.match(page.url(), /view=measure.*q=judge/);
    await page.click('.law-views a >> nth=0');
    await page.locator('.rule-title').first().click();
    assert.match(page.url(), /\/law\/[^/]+\/[^#]+#/);
    const rule = page.locator(`[id="${decodeURIComponent(new URL(page.url()).hash.slice(1))}"]`);
    await rule.locator('summary').click();
    assert.ok(await rule.locator('.cases table').isVisible());
    await page.click('.law-crumbs a');
    assert.equal(new URL(page.url()).pathname, '/law');
  });

  test('by keyboard alone: skip to the content, search, open the worked cases of a rule', async () => {
    const { page } = await visit('en');
    const tabTo = async (expression: string, wanted: string): Promise<void> => {
      for (let i = 0; i < 60 && (await page.evaluate(expression)) !== wanted; i++) await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(expression), wanted);
    };
    await page.goto('/law');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.match(page.url(), /#main$/);
    await tabTo('document.activeElement.id', 'q');
    await page.keyboard.type('judge');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=judge/);
    await page.goto('/law/iccpr/19');
    await tabTo('document.activeElement.closest("main summary")?.tagName', 'SUMMARY');
    await page.keyboard.press('Enter');
    assert.ok(await page.locator('.cases table').isVisible());
  });

  test('on paper: no navigation, every worked case though folded, and which law it was', async () => {
    const { page } = await visit('en');
    await page.goto('/law/policy/secrecy');
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.cases table').first().isVisible());
    assert.match((await page.locator('.colophon:visible').textContent()) ?? '', /sha256:[0-9a-f]{64}/);
    for (const hidden of ['.site-header nav', '.law-crumbs', '.neighbours'])
      assert.ok(!(await page.locator(hidden).first().isVisible()), hidden);
  });

  test('what can be pressed is large enough', async () => {
    const { page } = await visit('ar', { viewport: { width: 390, height: 844 } });
    for (const path of ['/law', '/law/uncc/40', '/law/facts']) {
      await page.goto(path);
      const small = await page.$$eval(
        'summary, button, select, input:not([type=hidden]), .law-views a, .law-crumbs a',
        (all) =>
          all
            .map((one) => one.getBoundingClientRect())
            .filter((box) => box.width > 0 && (box.height < 24 || box.width < 24)).length,
      );
      assert.equal(small, 0, path);
    }
  });
});
