// `/api`: the reference of the HTTP API for people, drawn from the document that programs read.

import { Hono } from 'hono';
import { page } from '../components/layout.ts';
import type { PageContext, WebEnv } from '../context.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';

/** What the page needs of an OpenAPI document; whoever puts the node together hands one in. */
export type ApiDescription = { readonly paths: { readonly [path: string]: { readonly [method: string]: unknown } } };

type Media = { readonly [media: string]: { readonly example?: unknown } };
type Parameter = { readonly name: string; readonly in: string; readonly required: boolean; readonly example?: string };
type Described = {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Media };
  /** Answered only to whoever shows a key. */
  readonly security?: readonly object[];
  readonly responses: { readonly [status: string]: { readonly content?: Media } };
};
type Entry = { readonly method: string; readonly path: string; readonly operation: Described };

export function referenceRoutes(document: ApiDescription): Hono<WebEnv> {
  const entries: Entry[] = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation: operation as Described,
    })),
  );
  return new Hono<WebEnv>().get('/api', (c) => c.html(referencePage(c.var.page, entries, new URL(c.req.url).origin)));
}

function referencePage(context: PageContext, entries: readonly Entry[], origin: string): Html {
  const { t } = context;
  return page({
    context,
    title: t('api.title'),
    description: t('api.lead'),
    main: html`<h1>${t('api.title')}</h1>
<p class="lead">${t('api.lead')}</p>
<p>${t.rich('api.document', { link: codeLink('/api/openapi.json') })}</p>
<nav class="api-contents" aria-label="${t('api.contents')}"><ul>
${entries.map(
  ({
    method,
    path,
    operation,
  }) => html`<li><a class="ds-link" href="#${operation.operationId}">${t(`api.${operation.operationId}.summary`)}</a>
${address(method, path)}</li>
`,
)}</ul></nav>
${entries.map((entry) => section(context, entry, origin))}
<section class="api-operation" aria-labelledby="errors"><h2 id="errors">${t('api.errors.title')}</h2>
<p>${t('api.errors.text')}</p>
<h3 id="errors-example">${t('api.errors.example')}</h3>
${block(JSON.stringify(PROBLEM, null, 2), 'errors-example')}
</section>
<section class="api-operation" aria-labelledby="limits"><h2 id="limits">${t('api.limits.title')}</h2>
<p>${t('api.limits.text')}</p></section>`,
  });
}

/** What an unusable request is answered with; a test holds it against the real answer. */
export const PROBLEM = {
  type: 'urn:rogatory:problem:unusable-request',
  title: 'The request cannot be assessed as it stands',
  status: 422,
  detail: 'one fault stands in the way; nothing was assessed',
  errors: [{ pointer: '/receivedOn', detail: '2028-02-30 does not exist in the calendar', line: 1 }],
};

/** The parts of an assessment, in their order; a test holds them against the real answer. */
export const ASSESSMENT_PARTS = [
  'outcome',
  'stable',
  'because',
  'open',
  'findings',
  'askNext',
  'conditions',
  'options',
  'duties',
  'barsToRefusal',
  'instruments',
  'law',
] as const;

function section(context: PageContext, { method, path, operation }: Entry, origin: string): Html {
  const { t } = context;
  const id = operation.operationId;
  const done = (status: string): boolean => status.startsWith('2');
  const [own = {}] = Object.entries(operation.responses).flatMap(([status, one]) =>
    done(status) ? [one.content] : [],
  );
  const failures = Object.keys(operation.responses).filter((status) => !done(status));
  return html`<section class="api-operation" aria-labelledby="${id}">
<h2 id="${id}">${t(`api.${id}.summary`)}</h2>
<p class="api-address">${address(method, path)}</p>
<p>${t(`api.${id}.text`)}</p>
${operation.security && html`<p>${t('api.key')}</p>`}
${operation.parameters.length > 0 && parameters(context, operation.parameters)}
<h3 id="${id}-try">${t('api.try')}</h3>
${block(curl(origin, method, path, operation), `${id}-try`, id)}
<dl class="api-facts">
${operation.requestBody && html`<dt>${t('api.body')}</dt><dd>${mediaTypes(operation.requestBody.content)}</dd>`}
<dt>${t('api.answer')}</dt><dd>${mediaTypes(own)}</dd>
<dt>${t('api.statuses')}</dt><dd><ul>${failures.map((status) => html`<li>${bdi(status)} ${t(`api.status.${status}`)}</li>`)}</ul></dd>
</dl>
${id === 'assess' && assessmentParts(context)}
</section>`;
}

const parameters = ({ t }: PageContext, all: readonly Parameter[]): Html => html`<table class="ds-table api-table">
<caption>${t('api.parameters')}</caption>
<thead><tr><th scope="col">${t('api.column.name')}</th><th scope="col">${t('api.column.meaning')}</th><th scope="col">${t('api.column.example')}</th></tr></thead>
<tbody>${all.map(
  (one) => html`
<tr><th scope="row">${code(one.name)}${one.required && html` <span class="api-needed">${t('api.needed')}</span>`}</th><td>${t(`api.parameter.${one.name}`)}</td><td>${code(one.example ?? '')}</td></tr>`,
)}
</tbody></table>`;

const assessmentParts = ({ t }: PageContext): Html => html`<table class="ds-table api-table">
<caption>${t('api.answer.assess')}</caption>
<thead><tr><th scope="col">${t('api.column.name')}</th><th scope="col">${t('api.column.meaning')}</th></tr></thead>
<tbody>${ASSESSMENT_PARTS.map((part) => html`<tr><th scope="row">${code(part)}</th><td>${t(`api.answer.${part}`)}</td></tr>`)}</tbody></table>
<p>${t.rich('api.schema.link', { link: codeLink('/api/schemas/assessment.json') })}</p>`;

const code = (text: string): Html => html`<code><bdi>${text}</bdi></code>`;
const codeLink = (path: string): Html => html`<a class="ds-link" href="${path}">${bdi(path)}</a>`;
const address = (method: string, path: string): Html =>
  html`<code class="api-line" dir="ltr"><strong>${method}</strong> ${path}</code>`;
const mediaTypes = (content: Media): Fragment => Object.keys(content).map((media, i) => [i > 0 && ' · ', code(media)]);

/** Text to copy, scrolled within itself on a narrow page, so it can be reached with the keyboard; named by the headings given. */
const block = (text: string, ...headings: readonly string[]): Html =>
  html`<pre class="api-block" dir="ltr" tabindex="0" role="group" aria-labelledby="${headings.join(' ')}"><code>${text}</code></pre>`;

/** A command that works as it stands against this node; a test runs each of them. */
function curl(origin: string, method: string, path: string, operation: Described): string {
  const filled = operation.parameters
    .filter((one) => one.in === 'path')
    .reduce((sofar, one) => sofar.replace(`{${one.name}}`, one.example ?? ''), path);
  const query = operation.parameters
    .filter((one) => one.required && one.in === 'query')
    .map((one) => `${one.name}=${one.example}`);
  const command = `curl ${quoted(`${origin}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`)}`;
  const headers = operation.parameters.filter((one) => one.in === 'header');
  const shown = [
    command,
    // In double quotes, so that a shell puts the key in.
    ...(operation.security ? ['--header "authorization: Bearer $ROGATORY_KEY"'] : []),
    ...headers.map((one) => `--header ${quoted(`${one.name}: ${one.example}`)}`),
  ];
  const [body] = Object.entries(operation.requestBody?.content ?? {});
  if (method === 'GET' || !body) return shown.join(' \\\n  ');
  const [media, { example }] = body;
  return [
    ...shown,
    `--header ${quoted(`content-type: ${media}`)}`,
    `--data ${quoted(JSON.stringify(example, null, 2))}`,
  ].join(' \\\n  ');
}

/** A word for a POSIX shell. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
