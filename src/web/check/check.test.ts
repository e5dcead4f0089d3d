// Check a request, without a browser: what each button does, what is kept, what is said when something is wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessInput } from '../../app/assess-request.ts';
import { say } from '../../kernel/language.ts';
import { PAGE_LANGUAGES } from '../messages.ts';
import { book, catalogues, contextIn, examples, form, policyOf, START, testApp } from '../testing/web.ts';
import { browserBook } from './browser-book.ts';
import { numberIn, readForm } from './form.ts';
import { checkRegion } from './region.ts';
import { advance, type AnswerView, viewOfRequest } from './view.ts';

const { app } = testApp();
const context = contextIn('en');

const post = async (fields: Record<string, string>): Promise<{ status: number; text: string; response: Response }> => {
  const response = await app.request('/check', form(fields));
  return { status: response.status, text: await response.text(), response };
};
/** The hidden fields of a form, as the next submission carries them. */
const kept = (markup: string): Record<string, string> =>
  Object.fromEntries(
    [...markup.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
const asked = (markup: string): string[] => [...markup.matchAll(/data-fact="([^"]+)"/g)].map(([, fact = '']) => fact);
const outcomeOf = (markup: string): string | undefined => /data-outcome="([^"]+)"/.exec(markup)?.[1];

const step = (fields: Record<string, string>): AnswerView => {
  const view = advance(context, readForm(book.rules, new Map(Object.entries(fields))));
  assert.equal(view.stage, 'answer');
  return view as AnswerView;
};

test('the questions come in the order of the engine, three at a time, each not known until answered', async () => {
  const { text, status } = await post({ ...START, do: 'start' });
  assert.equal(status, 200);
  const assessed = assessInput(book, { ...START, facts: {} });
  assert.ok(assessed.ok);
  assert.deepEqual(
    asked(text),
    assessed.value.assessment.askNext.slice(0, 3).map((next) => next.fact),
  );
  assert.equal(text.match(/value="\?" checked/g)?.length, 3);
  assert.equal(outcomeOf(text), 'needs-information');
});

test('the Enter key goes on: the first button of the form in the page is the one for the next questions', async () => {
  const { text } = await post({ ...START, do: 'start' });
  const buttons = [...text.matchAll(/<button[^>]*\btype="submit"[^>]*>/g)].map(([button]) => button);
  assert.match(buttons[0] ?? '', /value="next"/);
  assert.ok(buttons.slice(1).some((button) => button.includes('formaction="/check?lang=ar"')));
});

test('an answer counts, is kept, and the next three are asked; "I don’t know" is kept too and not asked again', async () => {
  const first = await post({ ...START, do: 'start' });
  const [a = '', b = '', c = ''] = asked(first.text);
  const second = await post({ ...kept(first.text), [`q.${a}`]: 'true', [`q.${b}`]: '?', [`q.${c}`]: '?', do: 'next' });
  assert.equal(kept(second.text)[`f.${a}`], 'true');
  assert.equal(kept(second.text)[`f.${b}`], '?');
  assert.equal(
    asked(second.text).some((fact) => [a, b, c].includes(fact)),
    false,
  );
  assert.equal(asked(second.text).length, 3);
});

test('asking on to the end, every question is asked once and the last page says so', () => {
  let view = step({ ...START, do: 'start' });
  const seen: string[] = [];
  while (view.questions.length > 0) {
    seen.push(...view.questions.map((question) => question.spec.id));
    const fields = Object.fromEntries(
      Object.entries(view.kept).map(([fact, value]) => [`f.${fact}`, value === null ? '?' : String(value)]),
    );
    for (const question of view.questions) fields[`q.${question.spec.id}`] = '?';
    view = step({ ...START, ...fields, do: 'next' });
  }
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length > 20);
  assert.match(checkRegion(context, view, []).toString(), /Nothing more to ask/);
});

test('a kept answer can be changed, and comes first with its value', async () => {
  const start = { ...START, 'f.offence.protectedExpression': 'true', 'f.offence.maxPenaltyYears': '15' };
  const changing = await post({ ...start, do: 'change:offence.maxPenaltyYears' });
  assert.equal(asked(changing.text)[0], 'offence.maxPenaltyYears');
  assert.match(changing.text, /name="n\.offence\.maxPenaltyYears" value="15"/);
  assert.equal(kept(changing.text)['f.offence.maxPenaltyYears'], undefined);
  const changed = await post({ ...kept(changing.text), 'q.offence.maxPenaltyYears': 'life', do: 'next' });
  assert.equal(kept(changed.text)['f.offence.maxPenaltyYears'], 'life');
  assert.equal(kept(changed.text)['f.offence.protectedExpression'], 'true');
});

test('what register or profile supply is shown, can be changed, and stays unknown when a person says so', async () => {
  const own = testApp(await policyOf('BB'));
  const submit = async (fields: Record<string, string>) => (await own.app.request('/check', form(fields))).text();
  const first = await submit({ ...START, do: 'start' });
  assert.match(first, /from this node’s register/);
  assert.equal(kept(first)['f.basis.inForce'], undefined);
  const changing = await submit({ ...kept(first), do: 'change:basis.inForce' });
  assert.match(changing, /name="q\.basis\.inForce" value="true" checked/);
  const after = await submit({ ...kept(changing), 'q.basis.inForce': '?', do: 'next' });
  assert.equal(kept(after)['f.basis.inForce'], '?');
});

test('the request can be changed without losing an answer', async () => {
  const back = await post({ ...START, 'f.offence.minor': 'false', 'q.form.facts': 'true', do: 'change-request' });
  assert.deepEqual(kept(back.text), { 'f.offence.minor': 'false', 'f.form.facts': 'true' });
  const again = await post({ ...START, ...kept(back.text), measure: 'content-data', do: 'start' });
  assert.equal(kept(again.text)['f.form.facts'], 'true');
});

test('what is wrong stands beside the field and in a summary that links to it; nothing typed is lost', async () => {
  const { status, text } = await post({
    ...START,
    requestingState: 'Utopia',
    receivedOn: '2028-02-30',
    measure: '',
    do: 'start',
  });
  assert.equal(status, 422);
  assert.match(text, /<title>Error: /);
  for (const field of ['measure', 'requestingState', 'receivedOn']) {
    assert.match(text, new RegExp(`<a class="ds-link" href="#${field}">`));
    assert.match(text, new RegExp(`id="${field}-error"`));
    assert.match(
      text,
      new RegExp(`id="${field}"[^>]*aria-invalid="true" aria-describedby="${field}-help ${field}-error"`),
    );
  }
  assert.match(text, /value="Utopia"/);
  assert.match(text, /value="2028-02-30"/);
});

test('a number of years that is none is pointed at, and the other answers stay on the page', async () => {
  const { status, text } = await post({
    ...START,
    'q.offence.maxPenaltyYears': 'years',
    'n.offence.maxPenaltyYears': 'many',
    'q.offence.minor': 'true',
    do: 'next',
  });
  assert.equal(status, 422);
  assert.match(text, /href="#n-offence\.maxPenaltyYears"/);
  assert.match(text, /value="many"/);
  assert.match(text, /name="q\.offence\.minor" value="true" checked/);
});

test('numbers are read in the digits and with the point of either language', () => {
  assert.equal(numberIn('٢٫٥'), 2.5);
  assert.equal(numberIn(' 12 '), 12);
  assert.equal(numberIn('1,5'), 1.5);
  for (const wrong of ['', '-1', 'four', '1e9', '1.2.3', '99999', 'NaN'])
    assert.equal(numberIn(wrong), undefined, wrong);
});

test('States are understood by code, by name and as picked from the list, in any language', async () => {
  for (const [typed, language] of [
    ['ke', 'en'],
    ['Kenya', 'en'],
    ['Kenya (KE)', 'en'],
    ['كينيا', 'ar'],
    ['كينيا (KE)', 'ar'],
    ['肯尼亚 (KE)', 'zh'],
    ['Кения', 'ru'],
    ['kenia', 'es'],
  ] as const) {
    const view = advance(
      contextIn(language),
      readForm(book.rules, new Map(Object.entries({ ...START, requestingState: typed, do: 'start' }))),
    );
    assert.equal(view.stage === 'answer' && view.request.requestingState, 'KE', typed);
  }
});

test('names that are no facts, and values that do not fit, are nothing', () => {
  const read = readForm(
    book.rules,
    new Map([
      ['f.__proto__', 'true'],
      ['f.toString', '1'],
      ['f.offence.minor', 'perhaps'],
      ['q.nothing.here', 'true'],
      ['f.offence.conventionArticle', '99'],
    ]),
  );
  assert.deepEqual(read.kept, {});
  assert.equal(read.drafts.size, 0);
});

test('a downloaded request is the one on the page, and opens as the same page again', async () => {
  const view = viewOfRequest(context, JSON.parse(examples['01-lese-majeste'] as string));
  assert.equal(view.stage, 'answer');
  const { text, response } = await post({
    ...START,
    'f.offence.protectedExpression': 'true',
    'q.offence.political': 'true',
    'q.offence.minor': '?',
    do: 'download',
  });
  assert.match(response.headers.get('content-disposition') ?? '', /^attachment; filename="request\.json"$/);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const request = JSON.parse(text) as { facts: object };
  assert.deepEqual(request, { ...START, facts: { 'offence.protectedExpression': true, 'offence.political': true } });
  const opened = await post({ do: 'file', file: text });
  assert.equal(outcomeOf(opened.text), 'must-refuse');
});

for (const [what, file, expected] of [
  ['nothing', '', /The file is empty/],
  ['no JSON', '{"measure": ', /this is not JSON/],
  ['a list', '[]', /not a request/],
  [
    'an unknown fact',
    `{"measure":"extradition","requestingState":"AA","requestedState":"BB","receivedOn":"2028-03-01",\n"facts":{"no.such":true}}`,
    /<bdi>\/facts\/no\.such<\/bdi><\/code>, line 2/,
  ],
  ['a name twice', '{"measure":"extradition","measure":"extradition"}', /stands twice/],
] as const) {
  test(`a file with ${what} is not opened, and the page says what and where`, async () => {
    const { status, text } = await post({ do: 'file', file });
    assert.equal(status, 422);
    assert.match(text, expected);
    assert.match(text, /id="error-summary"/);
  });
}

test('every example gives the outcome of the engine, in both languages', async () => {
  for (const [example, text] of Object.entries(examples)) {
    const assessed = assessInput(book, JSON.parse(text));
    assert.ok(assessed.ok);
    for (const cookie of ['lang=en', 'lang=ar']) {
      const response = await app.request('/check', { ...form({ do: 'example', example }), headers: { cookie } });
      assert.equal(outcomeOf(await response.text()), assessed.value.assessment.outcome, example);
    }
  }
});

test('what would change it is true: each hypothetical, asked in earnest, has the outcome that was promised', async () => {
  const { otherAnswers, lesserMeasures } = await import('./what-if.ts');
  let tried = 0;
  for (const text of Object.values(examples)) {
    const input = JSON.parse(text) as { facts: Record<string, unknown> };
    const assessed = assessInput(book, input);
    assert.ok(assessed.ok);
    for (const other of otherAnswers(context, assessed.value)) {
      for (const value of other.values) {
        const asked = assessInput(book, { ...input, facts: { ...input.facts, [other.fact]: value } });
        assert.equal(asked.ok && asked.value.assessment.outcome, other.outcome, `${other.fact} ${value}`);
        assert.notEqual(other.outcome, assessed.value.assessment.outcome);
        tried++;
      }
    }
    for (const other of lesserMeasures(context, assessed.value)) {
      const asked = assessInput(book, { ...input, measure: other.measure.id });
      assert.equal(asked.ok && asked.value.assessment.outcome, other.outcome);
      tried++;
    }
  }
  assert.ok(tried > 30);
});

test('a profile names its State as the one that is asked, and its reservation is a hint where it matters', async () => {
  const policy = await policyOf('BB');
  const own = testApp(policy);
  assert.match(await (await own.app.request('/check')).text(), /name="requestedState" value="BB"/);
  const held = await (await own.app.request('/check', form({ ...START, measure: 'preservation', do: 'start' }))).text();
  assert.match(held, /<bdi>BB<\/bdi> has declared/);
  const asked = await (await own.app.request('/check', form({ ...START, do: 'start' }))).text();
  assert.doesNotMatch(asked, /has declared/);
});

test('what a person typed is never markup', async () => {
  const { text } = await post({ ...START, requestingState: '"><img src=x onerror=alert(1)>', do: 'start' });
  assert.doesNotMatch(text, /<img/);
});

test('the data a browser gets is the law in one language, and assesses alike', () => {
  for (const language of PAGE_LANGUAGES) {
    const slim = browserBook({ book, policy: context.policy, catalogues, examples }, language);
    assert.ok(
      slim.rules.facts.every((fact) => Object.keys(fact.question).every((one) => ['en', language].includes(one))),
    );
    assert.deepEqual(
      slim.rules.facts.map((fact) => say(fact.question, language)),
      book.rules.facts.map((fact) => say(fact.question, language)),
    );
    assert.equal(slim.rules.provisions.length, book.rules.provisions.length);
    assert.equal(
      slim.rules.provisions.every((one) => one.cases.length === 0),
      true,
    );
  }
});
