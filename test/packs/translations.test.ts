// Translations of the law: what is put where, what a translation may not lose, and what becomes of one whose text was changed.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { loadLaw, loadPolicy, loadTranslationReport, ruleSetHash } from '../../src/adapters/files/law-store.ts';
import { openLawBook } from '../../src/app/law-book.ts';
import type { Fault } from '../../src/kernel/outcome.ts';
import { readTranslations, reportTranslations, translated } from '../../src/law/pack/translations.ts';
import { DEFAULT_POLICY } from '../../src/law/profile.ts';
import { ROOT } from '../../tools/tree.ts';
import { folder, rogatory, write } from '../support/cli.ts';
import { day } from '../support/law.ts';
import { altered, GROUNDS, rulesOf } from '../support/packs.ts';

const FR = 'translations/fr/some.yaml';
type Pair = readonly [en: string, fr: string | null];
const french = (...pairs: readonly Pair[]): string =>
  [
    'language: fr',
    'texts:',
    ...pairs.map(([en, fr]) => `  - en: ${JSON.stringify(en)}\n    fr: ${JSON.stringify(fr)}`),
  ].join('\n');

function reading(...files: readonly (readonly [path: string, text: string])[]) {
  const read = readTranslations(files.map(([path, text]) => ({ path, text })));
  assert.ok(read.ok, JSON.stringify(!read.ok && read.faults));
  return read.value;
}
function faultsOf(...files: readonly (readonly [path: string, text: string])[]): readonly Fault[] {
  const read = readTranslations(files.map(([path, text]) => ({ path, text })));
  assert.ok(!read.ok, 'nothing was found wrong');
  return read.faults;
}

const rules = rulesOf();
const provision = rules.provisions.find((one) => one.id === 'uncc:40.8');
assert.ok(provision);
const title = provision.title.en;

test('a translation is put wherever its English text stands: in facts, measures, packs and provisions', () => {
  const texts = [rules.facts[0]?.question, rules.measures[0]?.title, rules.packs[0]?.short, provision.explain.met];
  const pairs = texts.map((text, i): Pair => [text?.en ?? '', `texte ${i}`]);
  const said = translated(rules, reading([FR, french(...pairs)]));
  assert.equal(said.facts[0]?.question.fr, 'texte 0');
  assert.equal(said.measures[0]?.title.fr, 'texte 1');
  assert.equal(said.packs[0]?.short.fr, 'texte 2');
  assert.equal(said.provisions.find((one) => one.id === provision.id)?.explain.met?.fr, 'texte 3');
  assert.equal(said.provisions.find((one) => one.id === provision.id)?.title.fr, undefined);
});

test('what stands at the place itself goes before what stands beside the law', () => {
  const own = rulesOf({ [GROUNDS]: altered(GROUNDS, `title: { en: ${title},`, `title: { en: ${title}, fr: ici,`) });
  const said = translated(own, reading([FR, french([title, 'ailleurs'])]));
  assert.equal(said.provisions.find((one) => one.title.en === title)?.title.fr, 'ici');
});

test('when the English text changes, its translation is no longer shown, and is reported as serving no text', () => {
  const translations = reading([FR, french([title, 'titre'])]);
  const before = translated(rules, translations);
  assert.deepEqual(reportTranslations(before, translations).unused, []);
  const changed = { ...rules, provisions: [{ ...provision, title: { ...provision.title, en: `${title}, or it is` } }] };
  const after = translated(changed, translations);
  assert.equal(after.provisions[0]?.title.fr, undefined);
  const { unused, sentences } = reportTranslations(after, translations);
  assert.deepEqual(
    unused.map(({ file, line, en }) => [file, line, en]),
    [[FR, 3, title]],
  );
  assert.deepEqual(sentences.find(({ en }) => en.endsWith('or it is'))?.lacks, ['zh', 'fr', 'ru', 'es']);
});

test('a translation that loses a parameter, adds one or mistypes one does not load, and the fault names file and line', () => {
  const en = 'From {first-number} days to {uncc:second}.';
  for (const fr of [
    'De jours à {uncc:second}.',
    'De {first-number} à {uncc:second} à {third}.',
    'De {first} à {uncc:second}.',
    'De {first-number} à {first-number}.',
  ]) {
    const [fault, ...more] = faultsOf([FR, french(['Fine.', 'Bien.'], [en, fr])]);
    assert.deepEqual([fault?.pointer, fault?.line, more.length], [FR, 5, 0], fr);
    assert.match(fault?.detail ?? '', /where the English text names \{first-number\} \{uncc:second\}$/);
  }
  assert.match(faultsOf([FR, french(['Fine.', 'Bien, {days}.'])])[0]?.detail ?? '', /names \{days\}, where .* none$/);
  reading([FR, french([en, 'Jusqu’à {uncc:second}, dès {first-number} jours.'])]);
});

test('one text has one translation in a language, in whichever file', () => {
  const other = 'translations/fr/other.yaml';
  assert.deepEqual(faultsOf([other, french(['Yes', 'Oui'])], [FR, french(['No', 'Non'], ['Yes', 'Si'])]), [
    { pointer: FR, line: 5, detail: `is translated twice; the other is at ${other}:3` },
  ]);
  const spanish = 'language: es\ntexts:\n  - { en: "Yes", es: Sí }';
  assert.equal(reading([FR, french(['Yes', 'Oui'])], ['translations/es/some.yaml', spanish]).length, 2);
});

test('a file in the folder of another language, of an unknown one or of a mistyped key is a fault', () => {
  const says = (path: string, text: string) => faultsOf([path, text])[0]?.detail ?? '';
  assert.match(
    says('translations/ru/some.yaml', french(['Yes', 'Oui'])),
    /^is in fr; its place is translations\/fr\/$/,
  );
  assert.match(says('translations/some.yaml', french(['Yes', 'Oui'])), /its place is translations\/fr\//);
  assert.match(says('translations/ar/some.yaml', 'language: ar\ntexts: []'), /language/);
  assert.match(says(FR, 'language: fr\ntexts:\n  - { en: "Yes" }'), /^lacks texts\.0\.fr$/);
  assert.match(says(FR, 'language: fr\ntexts:\n  - { en: "Yes", es: Sí }'), /texts\.0/);
  assert.match(says(FR, 'language: fr\ntexts:\n  - { en: Yes: no, fr: Oui }'), /./);
});

test('a place that is there and not yet filled counts as not translated, and hides nothing', () => {
  const translations = reading([FR, french([title, ''], [provision.source.paraphrase.en, null])]);
  const said = translated(rules, translations);
  assert.equal(said.provisions.find((one) => one.id === provision.id)?.title.fr, undefined);
  const { sentences } = reportTranslations(said, translations);
  assert.ok(sentences.find(({ en }) => en === title)?.lacks.includes('fr'));
});

test('a text that lacks a language in one of its places lacks it', () => {
  const text = (fr?: string) => ({ en: 'Same', ar: 'نفسه', ...(fr === undefined ? {} : { fr }) });
  for (const parts of [
    { a: text('Idem'), b: text() },
    { a: text(), b: text('Idem') },
  ])
    assert.deepEqual(reportTranslations(parts, []).sentences, [
      { en: 'Same', at: 'a', lacks: ['zh', 'fr', 'ru', 'es'] },
    ]);
});

test('translated from end to end: fill in what the command prints, put it in its place, and the law is said in it', async () => {
  const law = `${folder()}/law`;
  cpSync(`${ROOT}/law`, law, { recursive: true });
  rmSync(`${law}/translations/fr`, { recursive: true });
  const printed = await rogatory(['law', 'translations', '--language', 'fr', '--law', law]);
  assert.deepEqual([printed.status, printed.err], [0, '']);
  const filled = printed.out.replace(
    /en: "(.*)"\n {4}fr: ""/g,
    (_whole, en: string) => `en: "${en}"\n    fr: "« ${en} »"`,
  );
  mkdirSync(`${law}/translations/fr`, { recursive: true });
  write(`${law}/translations/fr/filled.yaml`, `${filled}  - en: "No such text"\n    fr: "Rien"\n`);

  const report = await loadTranslationReport(law);
  assert.ok(report.ok, JSON.stringify(!report.ok && report.faults));
  assert.ok(report.value.sentences.length > 1_000);
  assert.deepEqual(
    report.value.sentences.filter(({ lacks }) => lacks.includes('fr')),
    [],
  );
  const warning = /^warning: translations\/fr\/filled\.yaml:\d+: no text of the law reads "No such text"; /;
  const [rest, check] = await Promise.all([
    rogatory(['law', 'translations', '--language', 'fr', '--law', law]),
    rogatory(['law', 'check', '--quick', '--law', law]),
  ]);
  assert.match(rest.out, /\ntexts: \[\]\n$/);
  assert.equal(check.status, 0, check.err);
  assert.match(check.err, warning);

  const [shipped, said] = [await loadLaw(), await loadLaw(law)];
  assert.ok(shipped.ok && said.ok);
  assert.notEqual(said.value.hash, shipped.value.hash, 'a translation is part of what the law says');
  assert.equal(said.value.hash, ruleSetHash(said.value.rules));
  assert.match(said.value.register.instruments.find(({ note }) => note)?.note?.fr ?? '', /^« .* »$/);
  const book = openLawBook(said.value.rules, said.value.hash, said.value.register);
  const engine = book.engine('uncc', 'content-data', day('2028-03-01'), DEFAULT_POLICY, 'fr');
  for (const finding of engine.assess({}, day('2028-03-01')).findings) {
    // What the engine says of itself has no place in the law.
    assert.match(finding.explanation, /^« .* »$|^Cette règle/s);
    assert.doesNotMatch(finding.explanation, /\{/);
    assert.match(finding.title, /^« .* »$/);
  }
  const profile = await loadPolicy(said.value.rules, `${law}/states/AA.yaml`);
  assert.ok(profile.ok);
  assert.match(profile.value.profile.title.fr ?? '', /^« .* »$/);
});

test('the command tells how much is translated, and knows only languages that are translated', async () => {
  const { out, status } = await rogatory(['law', 'translations']);
  assert.equal(status, 0);
  const [total] = out.match(/^\d+/) ?? [];
  for (const language of ['zh', 'fr', 'ru', 'es']) {
    const [, done, open] = new RegExp(`\\n  ${language}  \\w+ +(\\d+) translated +(\\d+) in English`).exec(out) ?? [];
    assert.equal(Number(done) + Number(open), Number(total), language);
  }
  for (const language of ['ar', 'de', '__proto__'])
    assert.equal((await rogatory(['law', 'translations', '--language', language])).status, 2, language);
});
