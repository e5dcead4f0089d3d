// Texts that look alike are looked at once, and no text that cannot be read hides behind one that can.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { skip, violations, visit } from './support.ts';

/** Each follows texts that differ from it in one thing only, and that pass or say nothing. */
const UNREADABLE = `
  <p id="grey" style="color: #999">Of another colour than those before.</p>
  <p id="grey-too" style="color: #999">As unreadable as the one before.</p>
  <div style="background: #333"><p id="on-dark">Of the same colour, on another ground.</p></div>
  <div style="background: #333"><section><p id="deep">The ground is further up.</p></section></div>
  <p style="color: #888; font-size: 30px">Large enough.</p>
  <p id="small" style="color: #888">The same, and small.</p>
  <p style="color: #888; font-size: 20px; font-weight: bold">Bold enough.</p>
  <p id="thin" style="color: #888; font-size: 20px">The same, and thin.</p>
  <div style="opacity: 0.4"><p id="faint">Of the same colour, and faint.</p></div>
  <p style="color: #bbb">A</p>
  <p id="long" style="color: #bbb">A single letter before it had nothing said of it.</p>
  <div style="position: relative; height: 40px"><p class="over">Over nothing.</p></div>
  <div style="position: relative; height: 40px"><i style="position: absolute; background: #333; width: 100%; height: 40px"></i>
    <p class="over" id="over">Over something that is no part of what it stands in.</p></div>`;

describe('contrast', { skip }, () => {
  test('whatever looks like no text that passed is looked at for itself', async () => {
    const { page } = await visit('en');
    await page.goto('about:blank');
    await page.setContent(`<!doctype html><html lang="en"><title>Texts</title><style>.over { position: absolute }</style>
      <main style="background: #fff; color: #000"><h1>Texts</h1><p>Black on white.</p><p>Black on white.</p>${UNREADABLE}</main>`);
    const found = await violations(page);
    assert.deepEqual(
      found.map((one) => /^color-contrast: #(\S+)/.exec(one)?.[1] ?? one),
      ['grey', 'grey-too', 'on-dark', 'deep', 'small', 'thin', 'faint', 'long', 'over'],
    );
  });
});
