// The pages as tests see them: the shipped law, the real words, a fixed day, and a record of what was logged.

import { loadExamples } from '../../adapters/files/example-store.ts';
import { loadLaw, loadPolicy } from '../../adapters/files/law-store.ts';
import { loadCatalogues } from '../../adapters/files/message-store.ts';
import { openLawBook } from '../../app/law-book.ts';
import type { Day } from '../../kernel/calendar.ts';
import { DEFAULT_POLICY, type Policy } from '../../law/profile.ts';
import { webApp } from '../app.ts';
import { openAssets } from '../assets.ts';
import { checkRoutes } from '../check/routes.ts';
import type { LawContext } from '../context.ts';
import { lawRoutes } from '../law/routes.ts';
import { PAGE_LANGUAGES, type PageLanguage, translator } from '../messages.ts';
import { ruleSetRoutes } from '../rule-set.ts';

const loaded = await loadLaw();
if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));

export const TODAY = '2028-03-02' as Day;
export const book = openLawBook(loaded.value.rules, loaded.value.hash, loaded.value.register);
export const catalogues = loadCatalogues(PAGE_LANGUAGES);
export const examples = loadExamples();
export const assets = openAssets(['check']);

/** The context that a part of a page is rendered with. */
export const contextIn = (language: PageLanguage, policy: Policy = DEFAULT_POLICY): LawContext => ({
  language,
  t: translator(language, catalogues[language]),
  book,
  policy,
  today: TODAY,
});

/** The policy of a State profile that ships with the product. */
export async function policyOf(state: string): Promise<Policy> {
  const policy = await loadPolicy(book.rules, new URL(`../../../law/states/${state}.yaml`, import.meta.url).pathname);
  if (!policy.ok) throw new Error(JSON.stringify(policy.faults));
  return policy.value;
}

/** The application as `npm start` puts it together, and what it logs. */
export function testApp(policy: Policy = DEFAULT_POLICY) {
  const logged: { id: string; err: unknown }[] = [];
  const app = webApp({
    book,
    policy,
    catalogues,
    assets,
    today: () => TODAY,
    log: { error: (fields) => void logged.push(fields) },
    newId: () => 'id-of-test',
  });
  app.route('/', ruleSetRoutes(book));
  app.route('/', checkRoutes({ book, policy, catalogues, examples }));
  app.route('/', lawRoutes({ book }));
  return { app, logged };
}

/** A form as a browser sends it. */
export const form = (fields: { readonly [name: string]: string }): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});

export const START = {
  measure: 'subscriber-data',
  requestingState: 'AA',
  requestedState: 'BB',
  receivedOn: '2028-03-01',
  instrument: 'uncc',
};
