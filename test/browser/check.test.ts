// Check a request in Chromium: with and without scripts, by keyboard alone, on a phone, on paper.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import {
  chooseLanguage,
  focused,
  openCheck,
  openExample,
  outcome,
  questions,
  skip,
  startCheck,
  unfold,
  visit,
} from './support.ts';

/** Whether what has the focus, or its label, is ringed. */
const FOCUS_SHOWS = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return true;
  const ring = [at, at.closest('label')].some((one) => one && getComputedStyle(one).outlineStyle !== 'none');
  return ring && (at.closest('label') ?? at).getBoundingClientRect().width >= 1;
})()`;

describe('check a request', { skip }, () => {
  /** Asks on until the fact is asked, and answers it with yes; every other question stays open. */
  async function answerYes(page: Page, fact: string): Promise<void> {
    while (!(await questions(page)).includes(fact)) {
      const asked = await questions(page);
      assert.ok(asked.length > 0, `${fact} was never asked`);
      await page.click('#check-form button.ds-button[value=next]');
      await page.locator(`fieldset[data-fact="${asked[0]}"]`).waitFor({ state: 'detached' });
    }
    await page.click(`fieldset[data-fact="${fact}"] label.choice:has(input[value=true])`);
  }

  async function downloaded(page: Page): Promise<{ facts: Record<string, unknown> }> {
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('button[value=download]')]);
    assert.equal(file.suggestedFilename(), 'request.json');
    return JSON.parse(readFileSync(await file.path(), 'utf8')) as { facts: Record<string, unknown> };
  }

  test('without scripts: choose, answer, see that it must be refused, change the answer, take the request away', async () => {
    const { page, complaints } = await visit('en', { javaScriptEnabled: false });
    await openCheck(page, false);
    assert.ok(await page.isVisible('#privacy-server'));
    await startCheck(page);
    assert.equal(await outcome(page), 'needs-information');
    // Scripts are off, so even waiting is left to the pages themselves.
    for (
      let asked = await questions(page);
      !asked.includes('offence.protectedExpression');
      asked = await questions(page)
    ) {
      assert.ok(asked.length > 0);
      await page.click('#check-form button.ds-button[value=next]');
    }
    await page.check('fieldset[data-fact="offence.protectedExpression"] input[value=true]');
    await page.click('#check-form button.ds-button[value=next]');
    assert.equal(await outcome(page), 'must-refuse');
    assert.match((await page.textContent('#verdict')) ?? '', /Must be refused/);
    const { facts } = await downloaded(page);
    assert.equal(facts['offence.protectedExpression'], true);
    // Few answers are shown unfolded.
    assert.equal(await page.getAttribute('#answers', 'open'), '');
    await page.click('button[value="change:offence.protectedExpression"]');
    await page.check('fieldset[data-fact="offence.protectedExpression"] input[value=false]');
    await page.click('#check-form button.ds-button[value=next]');
    assert.equal(await outcome(page), 'needs-information');
    assert.deepEqual(complaints, []);
  });

  test('with scripts the same, and after the page is there nothing at all goes over the network', async () => {
    const { page, complaints, requests } = await visit('en');
    await openCheck(page, true);
    assert.ok(await page.isVisible('#privacy-browser'));
    assert.ok(await page.isHidden('#privacy-server'));
    await page.waitForLoadState('networkidle');
    requests.length = 0;
    await startCheck(page);
    assert.equal(await outcome(page), 'needs-information');
    await answerYes(page, 'offence.protectedExpression');
    // At once, with no button pressed, and the focus where it was.
    assert.equal(await outcome(page), 'must-refuse');
    assert.equal(await focused(page, 'value'), 'true');
    assert.match((await page.textContent('#check-status')) ?? '', /^Must be refused/);
    const { facts } = await downloaded(page);
    assert.equal(facts['offence.protectedExpression'], true);
    await page.click('#check-form button.ds-button[value=next]');
    await page.click('button[value=change-request]');
    await page.selectOption('#measure', 'preservation');
    await page.click('#check-form button[value=start]');
    await page.waitForSelector('#verdict');
    await page.click('button[value=again]');
    await page.setInputFiles('#file', {
      name: 'request.json',
      mimeType: 'application/json',
      buffer: Buffer.from(readFileSync(new URL('../../examples/03-ransomware-complete.json', import.meta.url))),
    });
    await page.click('button[value=file]');
    await page.waitForSelector('#verdict');
    assert.equal(await outcome(page), 'may-execute');
    await page.click('button[value=again]');
    await openExample(page, '09-predictive-policing');
    assert.equal(await outcome(page), 'must-refuse');
    assert.deepEqual(
      requests.filter((request) => !request.startsWith('GET blob:')),
      [],
    );
    assert.deepEqual(complaints, []);
    assert.equal(new URL(page.url()).search, '');
    assert.equal(await page.evaluate('localStorage.length + sessionStorage.length'), 0);
  });

  test('what was unfolded stays unfolded while answers change', async () => {
    const { page } = await visit('en');
    await openCheck(page, true);
    await openExample(page, '20-almost-empty');
    await page.click('#all-findings > summary');
    await page.click('fieldset.question label.choice:has(input[value=true])');
    assert.equal(await page.getAttribute('#all-findings', 'open'), '');
  });

  for (const language of ['en', 'ar'] as const) {
    test(`server and browser render the same page from the same answers (${language})`, async () => {
      const [plain, live] = await Promise.all([visit(language, { javaScriptEnabled: false }), visit(language)]);
      await openCheck(plain.page, false);
      await openCheck(live.page, true);
      for (const example of [
        '01-lese-majeste',
        '04-ransomware-no-judge',
        '07-emergency-verified',
        '10-gag-without-end',
        '14-hold-first',
        '15-hold-reservation',
        '20-almost-empty',
        '21-tax-fraud',
        '23-three-year-offence',
      ]) {
        await openExample(plain.page, example);
        await openExample(live.page, example);
        const rendered = (page: Page) => page.locator('#check').innerHTML();
        const [fromServer, fromBrowser] = await Promise.all([rendered(plain.page), rendered(live.page)]);
        assert.equal(fromBrowser, fromServer, example);
        await Promise.all([plain, live].map(({ page }) => page.click('button[value=again]')));
        await Promise.all([plain, live].map(({ page }) => page.waitForSelector('#example')));
      }
    });
  }

  test('the language can be changed in the middle: no answer is lost, and none is sent', async () => {
    const { page, requests } = await visit('en');
    await openCheck(page, true);
    await openExample(page, '01-lese-majeste');
    await page.waitForLoadState('networkidle');
    requests.length = 0;
    await chooseLanguage(page, 'ar');
    await page.waitForSelector('html[lang=ar] #verdict');
    assert.equal(await outcome(page), 'must-refuse');
    assert.deepEqual(
      requests.filter((request) => !request.startsWith('GET ')),
      [],
    );
    assert.equal(await page.evaluate('sessionStorage.length'), 0);
    const plain = await visit('en', { javaScriptEnabled: false });
    await openCheck(plain.page, false);
    await openExample(plain.page, '01-lese-majeste');
    await chooseLanguage(plain.page, 'ar');
    assert.equal(await plain.page.getAttribute('html', 'lang'), 'ar');
    assert.equal(await outcome(plain.page), 'must-refuse');
  });

  test('when the engine cannot be fetched, the page goes on working through the server', async () => {
    const { page } = await visit('en');
    await page.route('**/check/book/**', (route) => route.abort());
    await openCheck(page, false);
    await openExample(page, '01-lese-majeste');
    assert.equal(await outcome(page), 'must-refuse');
    assert.ok(await page.isVisible('#privacy-server'));
  });

  test('by keyboard alone: skip, choose, start, answer, next', async () => {
    const { page } = await visit('en');
    await openCheck(page, true);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Tab', 'Enter');
    assert.equal(await focused(page, 'id'), 'main');
    await press('Tab');
    assert.equal(await focused(page, 'id'), 'measure');
    await page.keyboard.type('Subscriber');
    await press('Tab');
    await page.keyboard.type('AA');
    await press('Tab');
    await page.keyboard.type('Kenya');
    await press('Enter');
    await page.waitForSelector('#verdict');
    assert.equal(await focused(page, 'id'), 'questions');
    await press('Tab');
    // A group of radio buttons is one stop; the arrow keys move within it.
    assert.equal(await focused(page, 'value'), '?');
    await press('ArrowUp');
    assert.equal(await focused(page, 'value'), 'false');
    assert.equal(await outcome(page), 'no-basis');
    const [first] = await questions(page);
    await press('Enter');
    await page.locator(`fieldset[data-fact="${first}"]`).waitFor({ state: 'detached' });
    assert.equal(await focused(page, 'id'), 'questions');
  });

  test('what has the focus can be seen to have it', async () => {
    const { page } = await visit('en');
    await openCheck(page, true);
    await openExample(page, '20-almost-empty');
    for (let i = 0; i < 25; i++) {
      await page.keyboard.press('Tab');
      const visible = await page.evaluate<boolean>(FOCUS_SHOWS);
      assert.ok(visible, `stop ${i}`);
    }
  });

  test('an error takes the focus to its summary, and the summary leads to the field', async () => {
    const { page } = await visit('en');
    await openCheck(page, true);
    await page.click('#check-form button[value=start]');
    assert.equal(await focused(page, 'id'), 'error-summary');
    await page.click('#error-summary a[href="#requestingState"]');
    assert.equal(await focused(page, 'id'), 'requestingState');
  });

  for (const language of ['en', 'ar'] as const) {
    test(`at 320 pixels nothing scrolls sideways, and nothing to press is too small (${language})`, async () => {
      const { page } = await visit(language, { viewport: { width: 320, height: 640 } });
      const fits = async (what: string) => {
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        assert.ok(width <= 320, `${what}: ${width}`);
        const small = await page.$$eval('button, select, input:not([type=hidden]), summary, .choice', (all) =>
          all
            .filter((one) => {
              const box = (one.closest('label') ?? one).getBoundingClientRect();
              return one.getAttribute('aria-hidden') !== 'true' && box.width > 0 && (box.height < 24 || box.width < 24);
            })
            .map((one) => one.outerHTML.slice(0, 80)),
        );
        assert.deepEqual(small, [], what);
      };
      await page.goto('/');
      await fits('home');
      await openCheck(page, true);
      await fits('start');
      await page.click('#check-form button[value=start]');
      await fits('errors');
      for (const example of ['01-lese-majeste', '14-hold-first', '20-almost-empty']) {
        await openCheck(page, true);
        await openExample(page, example);
        await unfold(page, 'main');
        await fits(example);
      }
    });
  }

  test('on a phone the outcome comes before the questions', async () => {
    const { page } = await visit('en', { viewport: { width: 390, height: 844 } });
    await openCheck(page, true);
    await openExample(page, '01-lese-majeste');
    const top = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => one.getBoundingClientRect().top);
    assert.ok((await top('#verdict')) < (await top('#questions')));
    assert.ok((await top('#questions')) < (await top('#follow')));
  });

  test('on paper stand the request, the outcome, the reasons, the answers and the law, and nothing to press', async () => {
    const { page } = await visit('en');
    await openCheck(page, true);
    await openExample(page, '01-lese-majeste');
    await page.emulateMedia({ media: 'print' });
    for (const shown of [
      'h1',
      '.request-line',
      '.verdict-word',
      '#verdict .finding',
      '#answers dl',
      '.follow-part',
      '.site-footer',
    ])
      assert.ok(await page.locator(shown).first().isVisible(), shown);
    for (const hidden of [
      'nav',
      '.site-languages',
      '.question',
      '.buttons',
      '.privacy:not([hidden])',
      'button[value=change-request]',
    ]) {
      assert.equal(await page.locator(`${hidden}:visible`).count(), 0, hidden);
    }
    assert.ok((await page.pdf({ format: 'A4' })).byteLength > 10_000);
  });
});
