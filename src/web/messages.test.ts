// The words of the pages: the same in both languages, and nothing in English where Arabic is asked for.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IntlMessageFormat } from 'intl-messageformat';
import { html } from './html.ts';
import { PAGE_LANGUAGES, sayDay, sayNumber, translator } from './messages.ts';
import { catalogues, examples, form, START, testApp } from './testing/web.ts';
import type { Day } from '../kernel/calendar.ts';

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** The names of the values a message needs. */
function placeholders(elements: Ast): Set<string> {
  const names = new Set<string>();
  for (const element of elements) {
    // Literal text, and the number sign within a plural, name no value.
    if (!('value' in element) || element.type === LITERAL) continue;
    names.add(element.value);
    if (!('options' in element)) continue;
    for (const option of Object.values(element.options)) for (const name of placeholders(option.value)) names.add(name);
  }
  return names;
}
const LITERAL = 0;
const parse = (message: string): Ast => new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst();

test('both languages have the same messages with the same values', () => {
  assert.deepEqual(Object.keys(catalogues.ar).sort(), Object.keys(catalogues.en).sort());
  for (const [key, message] of Object.entries(catalogues.en)) {
    const [en, ar] = [message, catalogues.ar[key] as string].map((one) => [...placeholders(parse(one))].sort());
    assert.deepEqual(ar, en, key);
  }
});

test('every message is used, and every message that is used is there', async () => {
  const { readFileSync, globSync } = await import('node:fs');
  const root = new URL('../../', import.meta.url).pathname;
  const source = globSync('src/web/**/*.ts', { cwd: root })
    .filter((file) => !file.includes('.test.'))
    .map((file) => readFileSync(`${root}${file}`, 'utf8'))
    .join('\n');
  const dynamic =
    /^(site\.(outcome|verdict|effect|strength|confidence|answer|home|nav|notFound|tooLarge|defect)\.|check\.(example|fault|error|clock|group|follows|sentence)\.)/;
  for (const key of Object.keys(catalogues.en)) {
    if (!/^(site|check)\./.test(key) || dynamic.test(key)) continue;
    assert.ok(
      source.includes(`'${key}'`) ||
        source.includes(key.replace(/\.[^.]+\./, `.${'$'}{name}.`)) ||
        source.includes(key.replace(/[^.]+$/, '$')),
      `${key} is not used`,
    );
  }
  for (const [, key = ''] of source.matchAll(/\bt(?:\.rich)?\('([a-zA-Z.-]+)'/g))
    assert.ok(Object.hasOwn(catalogues.en, key), `${key} is missing`);
});

test('markup given as a value stays markup, text given as a value is escaped', () => {
  const t = translator('en', { 'x.y': 'Read {link} by {name}' });
  assert.equal(
    t.rich('x.y', { link: html`<a href="/">it</a>`, name: '<b>' }).toString(),
    'Read <a href="/">it</a> by &lt;b&gt;',
  );
});

test('a message that is not there is a defect, not an empty page', () => {
  assert.throws(() => translator('en', {})('site.nothing'), /no message site.nothing/);
});

test('digits and months follow the language', () => {
  assert.equal(sayDay('2028-03-01' as Day, 'en'), '1 March 2028');
  assert.equal(sayDay('2028-03-01' as Day, 'ar'), '١ مارس ٢٠٢٨');
  assert.equal(sayNumber(151, 'ar'), '١٥١');
});

/** What a reader sees, without what is marked as foreign or as code. */
const seen = (markup: string): string =>
  markup
    .replace(/<(bdi|code|datalist)\b[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<(\w+)[^>]*\slang="en"[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<head>.*?<\/head>/gs, ' ')
    .replace(/<[^>]+>/g, ' ');

/** Abbreviations that Arabic legal texts leave in Latin letters, codes of States, and words of the data format. */
const FOREIGN = /^(?:[A-Z]{2,5}|Rogatory|true|false|null|life)$/;

test('no page contains English words in Arabic', async () => {
  const { app } = testApp();
  const cookie = { cookie: 'lang=ar' };
  const pages = [
    app.request('/', { headers: cookie }),
    app.request('/check', { headers: cookie }),
    app.request('/nowhere', { headers: cookie }),
    app.request('/check', { ...form({ do: 'start' }), headers: cookie }),
    app.request('/check', { ...form({ ...START, do: 'start' }), headers: cookie }),
    app.request('/check', {
      ...form({ do: 'file', file: '{"measure":"x","facts":{"a":1,"offence.minor":3}}' }),
      headers: cookie,
    }),
    ...Object.keys(examples).map((example) =>
      app.request('/check', { ...form({ do: 'example', example }), headers: cookie }),
    ),
  ];
  for (const response of await Promise.all(pages)) {
    const words = seen(await response.text()).match(/[A-Za-z]{2,}/g) ?? [];
    assert.deepEqual(
      [...new Set(words)].filter((word) => !FOREIGN.test(word)),
      [],
    );
  }
  assert.equal(PAGE_LANGUAGES.length, 2);
});
