// Every page of the shell under axe: from left to right and from right to left, wide and narrow, untouched, answered, and with something to mend.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openCheck, openExample, skip, startCheck, unfold, VIEWS, violations, visit } from './support.ts';

describe('accessibility', { skip }, () => {
  for (const [language, width] of VIEWS) {
    test(`axe finds nothing, and the browser complains of nothing (${language}, ${width} pixels)`, async () => {
      const { page, complaints } = await visit(language, { viewport: { width, height: 900 } });
      const clean = async (what: string) => assert.deepEqual(await violations(page), [], what);
      await page.goto('/');
      await clean('home');
      await page.click('.site-languages summary');
      await clean('the languages');
      await openCheck(page, true);
      await clean('start');
      await page.click('#check-form button[value=start]');
      await clean('errors at the start');
      await page.setInputFiles('#file', {
        name: 'x.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{"facts": 1, "x": 2}'),
      });
      await page.click('button[value=file]');
      await page.waitForSelector('#file-error');
      await clean('errors in a file');
      await openCheck(page, true);
      await startCheck(page, 'content-data');
      await page.click('fieldset.question label.choice:has(input[value=true])');
      await clean('answering');
      for (const example of ['01-lese-majeste', '14-hold-first', '10-gag-without-end']) {
        await openCheck(page, true);
        await openExample(page, example);
        await unfold(page, 'main');
        await clean(example);
      }
      await page.click('button[value="change:offence.maxPenaltyYears"]');
      await page.fill('.years-number', 'many');
      await page.click('#check-form button.ds-button[value=next]');
      await page.waitForSelector('#error-summary');
      await clean('an answer that is none');
      assert.deepEqual(complaints, []);
      await page.goto('/nowhere');
      await clean('not found');
    });
  }

  for (const language of ['zh', 'fr', 'ru', 'es'] as const) {
    test(`in the other languages too nothing is amiss, or wider than a small phone (${language})`, async () => {
      const { page, complaints } = await visit(language, { viewport: { width: 320, height: 640 } });
      const fits = async (what: string) =>
        assert.ok((await page.evaluate<number>('document.documentElement.scrollWidth')) <= 320, what);
      for (const path of ['/', '/law']) {
        await page.goto(path);
        await fits(path);
      }
      await openCheck(page, true);
      await fits('/check');
      await openExample(page, '01-lese-majeste');
      await fits('an example');
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(complaints, []);
    });
  }

  test('with forced colours the outcome still has its shape and the choice its mark', async () => {
    const { page } = await visit('en', { forcedColors: 'active' });
    await openCheck(page, true);
    await openExample(page, '01-lese-majeste');
    assert.ok(await page.isVisible('.verdict-word .shape'));
    assert.deepEqual(await violations(page), []);
  });
});
