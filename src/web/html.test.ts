// What a template does to what is put into it. Attacker: a name or a reason that is typed as markup.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bdi, html, type Fragment } from './html.ts';

const unescaped = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|#39|amp);/g, (one) => {
    const named = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
    return named[one as keyof typeof named];
  });

test('no text that is typed opens an element, closes an attribute or begins a reference', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', 'amp;', ' ', 'ع') }), (typed) => {
      const made = String(html`${typed}`);
      assert.doesNotMatch(made.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, ''), /[<>&"']/);
      assert.equal(unescaped(made), typed);
    }),
  );
});

test('markup stays as it is, and what looks like it does not', () => {
  const own = html`<b>${'<i>'}</b>`;
  assert.equal(
    String(html`<p title="${'"'}">${own} ${[own, ', ', 2]}</p>`),
    '<p title="&quot;"><b>&lt;i&gt;</b> <b>&lt;i&gt;</b>, 2</p>',
  );
  const forged = Object.assign(new String('<script>'), { isEscaped: true }) as unknown as Fragment;
  assert.doesNotMatch(String(html`${forged}`), /<script>/);
});

test('what is not there leaves nothing behind, but nought is a number', () => {
  assert.equal(String(html`<i>${false}${null}${undefined}${[]}${0}</i>`), '<i>0</i>');
  assert.equal(String(bdi('')), '<bdi></bdi>');
});
