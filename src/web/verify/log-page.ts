// `/log` for people: what the public log is, how far it has come, who watches it, and how to check it oneself.

import { Hono } from 'hono';
import type { LogPorts } from '../../app/log/ports.ts';
import { parseCheckpoint } from '../../transparency/checkpoint.ts';
import { formatKey } from '../../transparency/note.ts';
import { cosignedBy } from '../../transparency/policy.ts';
import { page } from '../components/layout.ts';
import type { PageContext, WebEnv } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayNumber } from '../messages.ts';

export type LogPagePorts = Pick<LogPorts, 'files' | 'keys' | 'policy' | 'cadence' | 'verify'>;

export const logPageRoutes = (ports: LogPagePorts): Hono<WebEnv> =>
  new Hono<WebEnv>().get('/log', async (c) =>
    c.html(await logPage(c.var.page, ports, await ports.files.published(), new URL(c.req.url).origin)),
  );

async function logPage(
  context: PageContext,
  ports: LogPagePorts,
  published: string | undefined,
  origin: string,
): Promise<Html> {
  const { t, language } = context;
  const { keys, policy, cadence } = ports;
  const read = published === undefined ? undefined : parseCheckpoint(published);
  const checkpoint = read?.ok ? read.value : undefined;
  const cosigners = checkpoint === undefined ? [] : await cosignedBy(policy, checkpoint, ports.verify);
  return page({
    context,
    title: t('verify.page.title'),
    description: t('verify.page.lead'),
    main: html`<h1>${t('verify.page.title')}</h1>
<p class="lead">${t('verify.page.lead')}</p>
${
  checkpoint === undefined || published === undefined
    ? html`<p class="empty">${t('verify.page.none')}</p>`
    : html`<section aria-labelledby="now"><h2 id="now">${t('verify.page.now')}</h2>
<p>${t('verify.page.size', { size: checkpoint.size, origin: keys.log[0].name })}</p>
<pre class="log-checkpoint" dir="ltr" tabindex="0"><code>${checkpoint.note.text}</code></pre>
<p class="no-print"><a class="ds-button" href="/verify">${t('verify.page.check')}</a></p></section>`
}
<section aria-labelledby="rhythm"><h2 id="rhythm">${t('verify.page.rhythm')}</h2>
<p>${t('verify.page.cadence', { seconds: cadence.every, places: sayNumber(cadence.places, language) })}</p></section>
<section aria-labelledby="watch"><h2 id="watch">${t('verify.page.witnesses')}</h2>
${
  policy.witnesses.length === 0
    ? html`<p>${t('verify.page.noWitness')}</p>`
    : html`<p>${t('verify.page.witnessed')}</p><ul>${policy.witnesses.map((witness) => {
        const word = cosigners.includes(witness) ? 'cosigned' : 'notCosigned';
        return html`<li>${bdi(witness.key.name)}: ${t(`verify.page.${word}`)}</li>`;
      })}</ul>`
}</section>
<section aria-labelledby="keys"><h2 id="keys">${t('verify.page.keys')}</h2>
<p>${t('verify.page.keep')}</p>
<pre class="log-checkpoint" dir="ltr" tabindex="0"><code>${formatKey(keys.log[0])}</code></pre></section>
<section aria-labelledby="addresses"><h2 id="addresses">${t('verify.page.addresses')}</h2>
<p>${t('verify.page.formats')}</p>
<ul>${['checkpoint', 'vkey', 'vkey-ml-dsa-44', 'witnesses', 'policy', 'cadence'].map(
      (name) => html`<li><a class="ds-link" href="/log/${name}"><code dir="ltr">${origin}/log/${name}</code></a></li>`,
    )}</ul></section>`,
  });
}
