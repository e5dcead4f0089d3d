// `npm start`: reads the law and serves the node's pages. The one place where adapters and web meet.

import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import pino from 'pino';
import { loadExamples } from './adapters/files/example-store.ts';
import { loadLaw, loadPolicy } from './adapters/files/law-store.ts';
import { loadCatalogues } from './adapters/files/message-store.ts';
import { apiApp } from './api/app.ts';
import { openLawBook } from './app/law-book.ts';
import type { Day } from './kernel/calendar.ts';
import type { Fault, Outcome } from './kernel/outcome.ts';
import { DEFAULT_POLICY } from './law/profile.ts';
import { webApp } from './web/app.ts';
import { openAssets } from './web/assets.ts';
import { checkRoutes } from './web/check/routes.ts';
import { lawRoutes } from './web/law/routes.ts';
import { PAGE_LANGUAGES } from './web/messages.ts';
import { referenceRoutes } from './web/reference/page.ts';
import { ruleSetRoutes } from './web/rule-set.ts';

const { PORT = '8787', HOST = '127.0.0.1', ROGATORY_PROFILE } = process.env;

/** The value, or the faults on standard error and the end: a node without sound law does not serve. */
function orStop<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  for (const fault of outcome.faults) process.stderr.write(`${lineFor(fault)}\n`);
  process.exit(2);
}
const lineFor = ({ pointer, line, detail }: Fault): string =>
  `${pointer}${line === undefined ? '' : `:${line}`}: ${detail}`;

if (!/^\d{1,5}$/.test(PORT) || Number(PORT) > 65_535) {
  process.stderr.write(`PORT: must be a number from 0 to 65535 (0: any free port)\n`);
  process.exit(2);
}
const { rules, hash, register } = orStop(await loadLaw());
const policy = ROGATORY_PROFILE ? orStop(await loadPolicy(rules, ROGATORY_PROFILE)) : DEFAULT_POLICY;
// Stripping types for browsers is stable enough for us to rely on; Node's note about it is no news to an operator.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.stack ?? warning.message}\n`);
});

const log = pino({ level: 'info' }, pino.destination(2));

const book = openLawBook(rules, hash, register);
const catalogues = loadCatalogues(PAGE_LANGUAGES);
const today = (): Day => new Date().toISOString().slice(0, 10) as Day;
const app = webApp({
  book,
  policy,
  log,
  catalogues,
  assets: openAssets(['check']),
  today,
  newId: () => randomUUID().slice(0, 8),
});
app.route('/', ruleSetRoutes(book));
const examples = loadExamples();
const api = apiApp({ book, policy, today, examples, words: catalogues.en });
app.route('/', referenceRoutes(api.document));
app.route('/', api.routes);
app.route('/', checkRoutes({ book, policy, catalogues, examples }));
app.route('/', lawRoutes({ book }));

const server = serve({ fetch: app.fetch, port: Number(PORT), hostname: HOST }, ({ port }) => {
  process.stdout.write(`Rogatory: http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}\n`);
});
server.on('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(
    error.code === 'EADDRINUSE' ? `port ${PORT} is in use; set PORT to another one\n` : `${error.message}\n`,
  );
  process.exit(2);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    // Answers under way are finished; idle connections are not waited for, and nothing is after eight seconds.
    server.close(() => process.exit(0));
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    setTimeout(() => process.exit(0), 8_000).unref();
  });
}
