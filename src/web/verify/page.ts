// `/verify`: anybody checks a receipt, an export, a package or this node's log. The check runs in the browser; no file leaves it.

import { type Key, SENTENCES } from '../../../verify/verify.ts';
import { page } from '../components/layout.ts';
import type { PageContext } from '../context.ts';
import { type Html, html } from '../html.ts';

/** The names that a sentence leaves open, as `{size}`: the script fills them in. */
function sentence({ t }: PageContext, key: Key): string {
  const names = SENTENCES[key].match(/\{\w+\}/g) ?? [];
  return t(`verify.${key}`, Object.fromEntries(names.map((name) => [name.slice(1, -1), name])));
}

const COMMANDS = [
  ['log', 'node verify/command.ts log ADDRESS/log --policy POLICY --since CHECKPOINT'],
  ['receipt', 'node verify/command.ts receipt FILE.tlog-proof --policy POLICY'],
  ['case', 'node verify/command.ts case FILE.tar --policy POLICY'],
  ['report', 'node verify/command.ts report FILE.json --policy POLICY'],
  ['sample', 'node verify/command.ts sample FILE.json --policy POLICY'],
  ['evidence', 'age -d -i KEY FILE.tar.age > FILE.tar && node verify/command.ts evidence FILE.tar'],
] as const;

export function verifyPage(context: PageContext, origin: string): Html {
  const { t } = context;
  return page({
    context,
    title: t('verify.title'),
    description: t('verify.lead'),
    scripts: ['verify'],
    main: html`<h1>${t('verify.title')}</h1>
<p class="lead">${t('verify.lead')}</p>
<noscript><div class="note"><p>${t('verify.noScript')}</p></div></noscript>
<div id="verify" class="verify-desk" hidden>
<section class="verify-way" aria-labelledby="verify-file-title"><h2 id="verify-file-title">${t('verify.file.title')}</h2>
<p>${t('verify.file.text')}</p>
<div class="ds-field"><label class="ds-label" for="verify-file">${t('verify.file.label')}</label>
<input class="file-input" type="file" id="verify-file"></div></section>
<section class="verify-way" aria-labelledby="verify-log-title"><h2 id="verify-log-title">${t('verify.log.title')}</h2>
<p>${t('verify.log.text')}</p>
<button class="ds-button" data-variant="secondary" type="button" id="verify-log">${t('verify.log.button')}</button></section>
<details class="verify-trust"><summary>${t('verify.trust.title')}</summary>
<p>${t('verify.trust.text')}</p>
<div class="ds-field"><label class="ds-label" for="verify-policy">${t('verify.trust.policy')}</label>
<input class="file-input" type="file" id="verify-policy"></div>
<div class="ds-field"><label class="ds-label" for="verify-since">${t('verify.trust.since')}</label>
<input class="file-input" type="file" id="verify-since"></div></details>
</div>
<section id="verify-result" class="verify-result" tabindex="-1" aria-labelledby="verify-answer" hidden>
<h2 id="verify-answer"></h2>
<p id="verify-of" class="cite"></p>
<progress id="verify-progress" hidden aria-label="${t('verify.progress')}"></progress>
${(['wrong', 'shown', 'open'] as const).map(
  (
    part,
  ) => html`<div id="verify-${part}" class="verify-part" data-part="${part}" hidden><h3>${t(`verify.part.${part}`)}</h3><ul></ul></div>
`,
)}</section>
<p id="verify-status" class="ds-sr-only" role="status"></p>
<template id="verify-words">${(['proven', 'notProven', 'unusable', 'reading'] as const).map(
      (word) => html`<p data-key="${word}">${t(`verify.answer.${word}`)}</p>`,
    )}${(Object.keys(SENTENCES) as Key[]).map((key) => html`<p data-key="${key}">${sentence(context, key)}</p>`)}</template>
<section aria-labelledby="verify-yourself"><h2 id="verify-yourself">${t('verify.yourself.title')}</h2>
<p>${t('verify.yourself.text')}</p>
<dl class="verify-commands">${COMMANDS.map(
      ([what, command]) => html`
<dt>${t(`verify.yourself.${what}`)}</dt><dd><code dir="ltr">${command.replace('ADDRESS', origin)}</code></dd>`,
    )}</dl>
<p><a class="ds-link" href="/verify/verify.ts" download>${t('verify.yourself.file')}</a> · <a class="ds-link" href="/verify/command.ts" download>${t('verify.yourself.command')}</a> · <a class="ds-link" href="/verify/sample.ts" download>${t('verify.yourself.sampleFile')}</a></p>
<p class="cite">${t('verify.yourself.where')}</p></section>`,
  });
}
