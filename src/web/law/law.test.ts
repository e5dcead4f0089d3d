// The pages of the law: everything that ships can be read and cited, filters filter, and hostile addresses find nothing.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { book, catalogues, policyOf, testApp } from '../testing/web.ts';
import { lawHref } from '../components/cite.ts';
import { folded } from './search.ts';

const { app, logged } = testApp();
const get = async (path: string, language = 'en', of = app) => {
  const response = await of.request(path, { headers: { cookie: `lang=${language}` } });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const articles = [...new Set(book.rules.provisions.map((one) => lawHref({ book }, one.id).split('#')[0] as string))];
const count = (text: string, what: RegExp): number => [...text.matchAll(what)].length;

/** What a reader sees, without what is marked as foreign or as code. */
const seen = (markup: string): string =>
  markup
    .replace(/<(bdi|code)\b[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<(\w+)[^>]*\slang="(?!ar")[\w-]+"[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<head>.*?<\/head>/gs, ' ')
    .replace(/<[^>]+>/g, ' ');
const FOREIGN = /^(?:[A-Z]{2,5}|Rogatory)$/;

describe('articles', () => {
  test('every citation of every provision leads to an anchor that is there once', async () => {
    for (const provision of book.rules.provisions) {
      const [path = '', fragment = ''] = lawHref({ book }, provision.id).split('#');
      const { status, text } = await get(path);
      assert.equal(status, 200, path);
      assert.equal(text.split(` id="${fragment}"`).length, 2, provision.id);
    }
  });

  test('every article says in both languages how far it was checked, who reviewed it, and that its cases agree', async () => {
    for (const path of articles) {
      for (const language of ['en', 'ar']) {
        const { text } = await get(path, language);
        const sections = count(text, /<section class="provision"/g);
        assert.ok(sections > 0, path);
        assert.equal(count(text, /<details class="cases">/g), sections, path);
        assert.equal(count(text, /data-level="unreviewed"/g), sections, path);
        assert.doesNotMatch(text, /class="differs"/, path);
        assert.doesNotMatch(text, /undefined|NaN|\[object|\{[a-z0-9:-]+\}/, path);
        assert.doesNotMatch(text, /<style|\sstyle=|<script|\son[a-z]+=/, path);
      }
    }
  });

  test('no page of the law has English words in Arabic', async () => {
    const lists = [
      '/law',
      '/law?view=measure',
      '/law?view=measure&measure=interception',
      '/law?as-of=2028-02-30',
      '/law/facts',
      '/law/x/y',
    ];
    for (const path of [...lists, ...articles]) {
      const words = seen((await get(path, 'ar')).text).match(/[A-Za-z]{2,}/g) ?? [];
      assert.deepEqual(
        [...new Set(words)].filter((word) => !FOREIGN.test(word)),
        [],
        path,
      );
    }
  });

  test('several files of one article are shown together, in the order of their paragraphs', async () => {
    const twice = book.rules.packs
      .flatMap((pack) => pack.articles.map((one) => `${pack.prefix}/${one.article}`))
      .find((one, i, all) => all.indexOf(one) < i) as string;
    const { text } = await get(`/law/${twice}`);
    const ids = [...text.matchAll(/<section class="provision" id="([^"]+)"/g)].map((found) => found[1] as string);
    const sorted = [...ids].sort(new Intl.Collator('en', { numeric: true }).compare);
    assert.deepEqual(ids, sorted);
    assert.equal(
      new Set(book.rules.provisions.filter((one) => ids.includes(one.id)).map((one) => one.file)).size > 1,
      true,
    );
  });

  test('what an office has set for itself stands beside the rule, with its reason', async () => {
    const policy = await policyOf('BB');
    const set = policy.profile?.policy[0];
    assert.ok(set);
    const { text } = await get(lawHref({ book }, set.provision).split('#')[0] as string, 'en', testApp(policy).app);
    assert.match(text, /class="office"/);
    assert.ok(text.includes(set.reason.en.slice(0, 20)));
  });

  test('on a day before it was law, an article says so and is shown as it came to be', async () => {
    const later = book.rules.provisions.find(
      (one) => one.inForce !== 'always',
    ) as (typeof book.rules.provisions)[number];
    const path = lawHref({ book }, later.id).split('#')[0];
    const { status, text } = await get(`${path}?as-of=1990-01-01`);
    assert.equal(status, 200);
    assert.match(text, /Not law on this day\. Law from/);
    assert.match(text, /as-of=1990-01-01/);
  });
});

describe('the list', () => {
  const ruleLinks = (text: string): number => count(text, /class="rule-title"/g);

  test('each filter leaves what it says, and they combine', async () => {
    const [measure, effect] = ['interception', 'safeguard'] as const;
    const expected = book.rules.provisions.filter(
      (one) => Object.hasOwn(one.concerns, measure) && one.effect === effect,
    );
    for (const view of ['source', 'measure'])
      assert.equal(
        ruleLinks((await get(`/law?view=${view}&measure=${measure}&effect=${effect}`)).text),
        expected.length,
      );
    const word = (await get(`/law?effect=${effect}&q=judge`)).text;
    assert.ok(ruleLinks(word) > 0 && ruleLinks(word) < expected.length);
    assert.match((await get('/law?q=zzzzzz')).text, /No rule of \d+/);
  });

  test('the law of a day is what stood that day', async () => {
    const { text } = await get('/law?as-of=1999-12-31');
    const policy = book.rules.provisions.filter((one) => one.inForce === 'always').length;
    assert.ok(
      text.includes(`${policy} rules of ${policy}, as the law stands on`) || /The first is law from/.test(text),
    );
    assert.match(text, /href="\/law\/[^"]+\?as-of=1999-12-31"/);
  });

  test('a day that does not exist is said to be none, beside its field and above, and nothing else is lost', async () => {
    const { status, text } = await get('/law?q=judge&measure=interception&as-of=2028-02-30');
    assert.equal(status, 422);
    assert.match(text, /href="#as-of"/);
    assert.match(text, /id="as-of-error"/);
    assert.match(text, /<bdi>2028-02-30<\/bdi> is not a day/);
    assert.match(text, /value="judge"/);
    assert.match(text, /value="interception" selected/);
  });

  test('words are found whatever their case, accents, vowel signs and kinds of alef', async () => {
    assert.equal(folded('  Écoute  THE\tLaw '), 'ecoute the law');
    assert.equal(folded('القُضاة ٤٠ أحكام إجراءٍ'), folded('القضاه 40 احكام اجراء'));
    assert.ok(ruleLinks((await get(`/law?q=${encodeURIComponent('التَّشفير')}`, 'ar')).text) > 0);
  });
});

describe('the questions', () => {
  test('every fact is there with its question, who answers, and the rules that ask', async () => {
    const { text } = await get('/law/facts');
    for (const fact of book.rules.facts) assert.equal(text.split(` id="${fact.id}"`).length, 2, fact.id);
    const judged = book.rules.facts.filter((fact) => fact.judgement).length;
    assert.equal(count(text, /A named person, with reasons/g), judged);
    assert.match(text, /rules ask for it/);
  });
});

describe('attacks', () => {
  test('markup in a search, a measure or a day is shown as text', async () => {
    const evil = '"><script>alert(1)</script><b x="';
    for (const name of ['q', 'measure', 'effect', 'as-of', 'view']) {
      const { text, status } = await get(`/law?${name}=${encodeURIComponent(evil)}`);
      assert.ok(status < 500);
      assert.doesNotMatch(text, /<script>alert|<b x=/);
    }
    assert.match((await get(`/law?q=${encodeURIComponent(evil)}`)).text, /&quot;&gt;&lt;script&gt;/);
  });

  test('no address but that of an article finds one', async () => {
    const some = articles[0] as string;
    for (const path of [
      '/law/__proto__/constructor',
      '/law/constructor/name',
      '/law/toString',
      '/law/..%2f..%2fetc/passwd',
      `${some}%00`,
      `${some}/more`,
      '/law/%E0%A4%A/1',
      '/law/<script>alert(1)</script>/1',
      '/law/facts/1',
      '/law/rule-set/0000.json',
    ]) {
      const { status, text } = await get(path);
      assert.equal(status, 404, path);
      assert.doesNotMatch(text, /<script>alert/);
    }
    assert.deepEqual(logged, []);
  });

  test('a source without an article leads to its place in the list, and nowhere else', async () => {
    const pack = book.rules.packs[0]?.prefix ?? '';
    assert.equal((await get(`/law/${pack}`)).headers.get('location'), `/law#${pack}`);
  });

  test('a search of any length is answered, and cut', async () => {
    const { status, text } = await get(`/law?q=${'a '.repeat(4000)}`);
    assert.equal(status, 200);
    assert.equal(/name="q" value="([^"]*)"/.exec(text)?.[1]?.length, 200);
  });
});

test('the markup is valid', async () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:standard'],
    // Roles are said outright where a narrow screen lays a table out as a list; ids are those of citations.
    rules: {
      'no-redundant-role': 'off',
      'valid-id': 'off',
      'long-title': 'off',
      'no-trailing-whitespace': 'off',
      'doctype-style': 'off',
      'void-style': 'off',
    },
  });
  for (const path of ['/law', '/law?view=measure', '/law?q=judge', '/law/facts', ...articles.slice(0, 6)]) {
    for (const language of ['en', 'ar']) {
      const report = await validator.validateString((await get(path, language)).text);
      const faults = report.results.flatMap((result) =>
        result.messages.map((one) => `${one.line}: ${one.ruleId} ${one.message}`),
      );
      assert.deepEqual([...new Set(faults)].slice(0, 5), [], path);
    }
  }
});

test('every word of these pages is said somewhere', async () => {
  const { globSync, readFileSync } = await import('node:fs');
  const folder = new URL('.', import.meta.url).pathname;
  const source = globSync('*.ts', { cwd: folder })
    .filter((file) => !file.includes('.test.'))
    .map((file) => readFileSync(folder + file, 'utf8'))
    .join('\n');
  const made = [...source.matchAll(/`(law\.[a-zA-Z.-]*)\$\{/g)].map((found) => found[1] as string);
  const unsaid = Object.keys(catalogues.en).filter(
    (key) => key.startsWith('law.') && !source.includes(`'${key}'`) && !made.some((start) => key.startsWith(start)),
  );
  assert.deepEqual(unsaid, []);
});
