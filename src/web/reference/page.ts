// `/api`: the reference of the HTTP API for people, drawn from the document that programs read.

import { Hono } from 'hono';
import { page } from '../components/layout.ts';
import type { PageContext, WebEnv } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';

/** What the page needs of an OpenAPI document; whoever puts the node together hands one in. */
export type ApiDescription = { readonly paths: { readonly [path: string]: { readonly [method: string]: unknown } } };

type Described = {
  readonly operationId: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly example?: string;
  }[];
  readonly requestBody?: { readonly content: { readonly [media: string]: { readonly example: unknown } } };
  readonly responses: { readonly [status: string]: { readonly content?: { readonly [media: string]: unknown } } };
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
<p>${t.rich('api.document', { link: html`<a class="ds-link" href="/api/openapi.json"><bdi>/api/openapi.json</bdi></a>` })}</p>
<nav class="api-contents" aria-label="${t('api.contents')}"><ul>
${entries.map(
  ({
    method,
    path,
    operation,
  }) => html`<li><a class="ds-link" href="#${operation.operationId}">${t(`api.${operation.operationId}.summary`)}</a>
<bdi class="api-line">${method} ${path}</bdi></li>
`,
)}</ul></nav>
${entries.map((entry) => section(context, entry, origin))}
<section aria-labelledby="errors"><h2 id="errors">${t('api.errors.title')}</h2>
<p>${t('api.errors.text')}</p>
${block(t('api.errors.example'), `${JSON.stringify(PROBLEM, null, 2)}`)}
</section>`,
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

function section({ t }: PageContext, { method, path, operation }: Entry, origin: string): Html {
  const id = operation.operationId;
  const statuses = Object.keys(operation.responses).filter((status) => status !== '200');
  return html`<section class="api-operation" aria-labelledby="${id}">
<h2 id="${id}">${t(`api.${id}.summary`)}</h2>
<p class="api-line"><bdi><strong>${method}</strong> ${path}</bdi></p>
<p>${t(`api.${id}.text`)}</p>
${
  operation.parameters.length > 0 &&
  html`<table class="ds-table api-parameters"><caption>${t('api.parameters')}</caption>
<thead><tr><th scope="col">${t('api.column.name')}</th><th scope="col">${t('api.column.meaning')}</th><th scope="col">${t('api.column.example')}</th></tr></thead>
<tbody>${operation.parameters.map(
    (one) => html`
<tr><th scope="row"><bdi>${one.name}</bdi>${one.required && html` <span class="api-needed">${t('api.needed')}</span>`}</th><td>${t(`api.parameter.${one.name}`)}</td><td><bdi>${one.example ?? ''}</bdi></td></tr>`,
  )}
</tbody></table>`
}
${block(t('api.try'), curl(origin, method, path, operation))}
<p class="api-answers">${t.rich('api.answers', {
    media: bdi(Object.keys(operation.responses['200']?.content ?? {}).join(', ')),
    statuses: bdi(statuses.join(', ')),
  })}</p>
</section>`;
}

/** Text to copy, scrolled within itself on a narrow page, so it can be reached with the keyboard. */
const block = (label: string, text: string): Html =>
  html`<pre class="api-block" dir="ltr" tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`;

/** A command that works as it stands against this node; a test runs each of them. */
function curl(origin: string, method: string, path: string, operation: Described): string {
  const filled = operation.parameters
    .filter((one) => one.in === 'path')
    .reduce((address, one) => address.replace(`{${one.name}}`, encodeURIComponent(one.example ?? '')), path);
  const query = operation.parameters
    .filter((one) => one.required && one.in === 'query')
    .map((one) => `${one.name}=${one.example}`);
  const address = `${origin}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  if (method === 'GET') return `curl '${address}'`;
  const [media, { example }] = Object.entries(operation.requestBody?.content ?? {})[0] as [
    string,
    { example: unknown },
  ];
  return `curl '${address}' \\\n  -H 'content-type: ${media}' \\\n  -d '${JSON.stringify(example)}'`;
}
