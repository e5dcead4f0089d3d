// The words of the pages: the same messages in every language that is done, and nothing in English where Arabic is asked for.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { IntlMessageFormat } from 'intl-messageformat';
import { loadCatalogues, translatedMessages } from '../adapters/files/message-store.ts';
import { html } from './html.ts';
import { localeOf, PAGE_LANGUAGES, type PageLanguage, sayDay, sayNumber, translator } from './messages.ts';
import { catalogues, examples, form, START, testApp } from './testing/web.ts';
import type { Day } from '../kernel/calendar.ts';

type Ast = ReturnType<IntlMessageFormat['getAst']>;
const [LITERAL, PLURAL, POUND] = [0, 6, 7];
const parse = (message: string): Ast => new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst();

/** The names of the values a message needs, and of the choices it makes by a word (not by a number: languages count differently). */
function placeholders(elements: Ast): Set<string> {
  const names = new Set<string>();
  for (const element of elements) {
    // Literal text, and the number sign within a plural, name no value.
    if (!('value' in element) || element.type === LITERAL) continue;
    names.add(element.value);
    if (!('options' in element)) continue;
    for (const [choice, option] of Object.entries(element.options)) {
      if (element.type !== PLURAL) names.add(`${element.value}=${choice}`);
      for (const name of placeholders(option.value)) names.add(name);
    }
  }
  return names;
}

/** The forms that a language has for numbers of things. */
function formsOf(language: PageLanguage): readonly Intl.LDMLPluralRule[] {
  const rules = new Intl.PluralRules(localeOf(language));
  return [...new Set(Array.from({ length: 100 }, (_, number) => rules.select(number + 1)))];
}

/** The forms that the plurals of a message lack: one that tells one from more and shows the number must tell all that the language does. */
function formsLacking(elements: Ast, needed: readonly Intl.LDMLPluralRule[]): string[] {
  return elements.flatMap((element) => {
    if (!('options' in element)) return [];
    const inner = Object.values(element.options).flatMap((option) => formsLacking(option.value, needed));
    const { one, other } = element.options;
    const counts = element.type === PLURAL && one && other?.value.some(({ type }) => type === POUND);
    return counts ? [...inner, ...needed.filter((form) => !element.options[form])] : inner;
  });
}

const english = translatedMessages('en');
const wantedBy = new Map(Object.entries(english).map(([key, message]) => [key, placeholders(parse(message))]));

for (const language of PAGE_LANGUAGES) {
  const own = translatedMessages(language);

  test(`every message of English has its translation (${language})`, () => {
    assert.deepEqual(
      Object.keys(english).filter((key) => own[key] === undefined),
      [],
    );
  });

  test(`each message takes the values of the English one, chooses among the same words, and counts as the language does (${language})`, () => {
    const forms = formsOf(language);
    for (const [key, message] of Object.entries(own)) {
      const wanted = wantedBy.get(key);
      assert.ok(wanted !== undefined, `${key} is no message in English`);
      const parsed = parse(message);
      const taken = placeholders(parsed);
      // A language may tell more apart than English does ("1er mars"), never less.
      const choice = (name: string): boolean => name.includes('=') && !wanted.has(name);
      assert.deepEqual([...taken].filter((name) => !choice(name)).sort(), [...wanted].sort(), key);
      assert.deepEqual(formsLacking(parsed, forms), [], key);
    }
  });
}

test('a message without a translation is said in English, one that has it is not', () => {
  const folder = mkdtempSync(`${tmpdir()}/rogatory-locales-`);
  try {
    for (const [path, messages] of [
      ['en/site.json', { yes: 'Yes', no: 'No' }],
      ['fr/site.json', { yes: 'Oui' }],
    ] as const) {
      mkdirSync(dirname(`${folder}/${path}`), { recursive: true });
      writeFileSync(`${folder}/${path}`, JSON.stringify(messages));
    }
    assert.deepEqual(loadCatalogues(['fr', 'zh'], folder), {
      fr: { 'site.yes': 'Oui', 'site.no': 'No' },
      zh: { 'site.yes': 'Yes', 'site.no': 'No' },
    });
    assert.deepEqual(translatedMessages('fr', folder), { 'site.yes': 'Oui' });
  } finally {
    rmSync(folder, { recursive: true });
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
    /^(site\.(outcome|verdict|effect|strength|confidence|answer|home|nav|notFound|tooLarge|uploadTooLarge|fileTooLarge|defect)\.|check\.(example|fault|error|clock|group|follows|sentence)\.)/;
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
  assert.equal(sayDay('2028-03-01' as Day, 'zh'), '2028年3月1日');
  assert.equal(sayDay('2028-03-01' as Day, 'fr'), '1er mars 2028');
  assert.equal(sayDay('2028-03-01' as Day, 'ru'), '1 марта 2028 г.');
  assert.equal(sayDay('2028-03-01' as Day, 'es'), '1 de marzo de 2028');
  assert.equal(sayNumber(151, 'ar'), '١٥١');
});

/** What a reader sees, without what is marked as foreign or as code. */
const seen = (markup: string): string =>
  markup
    .replace(/<(bdi|code|datalist)\b[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<(\w+)[^>]*\slang="(?!ar")[\w-]+"[^>]*>.*?<\/\1>/gs, ' ')
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
});
