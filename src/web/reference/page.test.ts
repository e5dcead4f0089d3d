// The reference page says what the API does: its example of a problem and its list of parts are those of real answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { api, ask, problemOf, send } from '../../api/testing/api.ts';
import type { WebEnv } from '../context.ts';
import { assets, contextIn } from '../testing/web.ts';
import { ASSESSMENT_PARTS, PROBLEM, referenceRoutes } from './page.ts';

const example = (receivedOn: string): string =>
  JSON.stringify({ requestingState: 'AA', requestedState: 'BB', receivedOn, measure: 'subscriber-data', facts: {} });

/** The page in a language, as a reader at this origin gets it. */
async function reference(language: 'en' | 'ar', origin = 'http://127.0.0.1:8787'): Promise<string> {
  const app = new Hono<WebEnv>();
  app.use(async (c, next) => {
    c.set('page', { ...contextIn(language), path: '/api', query: new URLSearchParams(), assets: assets.links });
    await next();
  });
  app.route('/', referenceRoutes(api.document));
  return (await app.request(`${origin}/api`)).text();
}

test('the problem that is shown is the one that is given', async () => {
  assert.deepEqual(await problemOf(422, '/api/assessments', send(example('2028-02-30'))), PROBLEM);
});

test('the parts of an assessment that are explained are the parts it has', async () => {
  const { text } = await ask('/api/assessments', send(example('2028-02-28')));
  assert.deepEqual(Object.keys(JSON.parse(text)), [...ASSESSMENT_PARTS]);
});

for (const language of ['en', 'ar'] as const) {
  test(`every operation and every status has words (${language})`, async () => {
    const page = await reference(language);
    for (const [path, item] of Object.entries(api.document.paths)) {
      assert.ok(page.includes(path.replaceAll('"', '&quot;')), path);
      for (const described of Object.values(item))
        assert.ok(page.includes(`id="${(described as { operationId: string }).operationId}"`));
    }
  });
}

test('the page is Arabic but for names and commands', async () => {
  const seen = (await reference('ar'))
    .replace(/<head>.*?<\/head>/gs, ' ')
    .replace(/<(bdi|code|pre)\b[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<(\w+)[^>]*\slang="(?!ar")[\w-]+"[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ');
  const known = /^(?:[A-Z]{2,}|OpenAPI|null|application|ndjson|as|of|Accept|Language|law|archive|errors?|ETag)$/;
  assert.deepEqual(
    (seen.match(/[A-Za-z]{2,}/g) ?? []).filter((word) => !known.test(word)),
    [],
  );
});

test('a host that lies cannot put markup or a command into the page', async () => {
  const page = await reference('en', "http://a'$(id)b.example");
  assert.ok(!page.includes("'http://a'$(id)"));
});
