// The timeline of an exported case as one page that needs nothing else: no scripts, nothing fetched, its looks in a file beside it.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ExportPorts } from '../../app/casework/export-ports.ts';
import type { CaseExport } from '../../app/casework/export-ports.ts';
import type { LawBook } from '../../app/law-book.ts';
import { dayIn } from '../../domain/calendar/moment.ts';
import type { Recorded } from '../../domain/docket/case-file.ts';
import { directionOf, type Language } from '../../kernel/language.ts';
import type { Policy } from '../../law/profile.ts';
import { sayEvent } from '../casework/event-words.ts';
import { byDay, stepsOf } from '../casework/steps.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { type Catalogues, madeOnce, sayDay, sayNumber, tagOf, translator } from '../messages.ts';

type Parts = {
  readonly book: LawBook;
  readonly policy: Policy;
  readonly catalogues: Catalogues;
  readonly timeZone: () => string;
};
type Words = {
  readonly page: PageContext;
  readonly nameOf: (person: string | null) => string;
  readonly zone: string;
  readonly copy: CaseExport;
};

const css = readFileSync(fileURLToPath(new URL('../styles/export.css', import.meta.url)), 'utf8');
const timeFormat = madeOnce((locale, timeZone) => new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone }));

/** What `index.html` of an export says; the words of the law are those of today. */
export const readableCase =
  ({ book, policy, catalogues, timeZone }: Parts): ExportPorts['readable'] =>
  (copy, history, language) => {
    const zone = timeZone();
    const page: PageContext = {
      language,
      t: translator(language, catalogues[language]),
      book,
      policy,
      today: dayIn(copy.exportedAt, zone),
      path: '',
      query: new URLSearchParams(),
      assets: { css: () => [], script: () => ({ src: '', imports: [] }) },
    };
    const nameOf = (person: string | null): string =>
      person === null || person === 'clock' ? page.t('casework.clock') : (copy.people[person] ?? person);
    const text = String(whole({ page, nameOf, zone, copy }, history));
    // Other cases are not in the copy, so nothing leads to them.
    return { page: text.replace(/<a href="\/requests\/[^"]*">(.*?)<\/a>/gs, '$1'), css };
  };

function whole(words: Words, history: readonly Recorded[]): Html {
  const { page, copy } = words;
  const { t, language } = page;
  const { reference } = copy.case;
  const days = byDay(stepsOf(history), words.zone);
  return html`<!doctype html>
<html lang="${tagOf(language as Language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('export.file.title', { reference })}</title>
<link rel="stylesheet" href="export.css">
</head>
<body>
<header><p>${bdi(copy.office.name)} (${bdi(copy.office.state)})</p>
<h1>${bdi(reference)}</h1>
<p>${t.rich('export.file.lead', { at: moment(words, copy.exportedAt), steps: copy.length })}</p>
${copy.case.sealed && html`<p><strong>${t('export.file.sealed')}</strong></p>`}</header>
<main>
<section aria-labelledby="steps"><h2 id="steps">${t('export.file.steps')}</h2>
${days.map(
  ({ day, steps }) => html`
<h3><time datetime="${day}">${sayDay(day, language)}</time></h3>
<ol class="steps">${steps.flatMap(({ act, followed }) => [
    item(words, act, false),
    ...followed.map((one) => item(words, one, true)),
  ])}
</ol>`,
)}</section>
${documents(words)}
<section aria-labelledby="check"><h2 id="check">${t('export.file.check')}</h2>
<p>${t('export.file.check.files')}</p><pre dir="ltr"><code>sha256sum -c manifest-sha256.txt</code></pre>
<p>${t('export.file.check.steps')}</p><pre dir="ltr"><code>rogatory verify case case.json</code></pre>
<p>${t('export.file.check.limits')}</p></section>
</main>
</body>
</html>
`;
}

function item(words: Words, { seq, at, by, event }: Recorded, followed: boolean): Html {
  const { t, language } = words.page;
  const { sentence, quotes, items } = sayEvent(words, event);
  const mark = words.copy.steps[seq - 1]?.commitment ?? '';
  return html`
<li id="step-${seq}"${followed && html` class="followed"`}><span class="no">${sayNumber(seq, language)}</span>
<p>${sentence}</p>${items.length > 0 && html`<ul>${items.map((one) => html`<li>${one}</li>`)}</ul>`}${quotes.map(
    (quote) => html`<blockquote>${bdi(quote)}</blockquote>`,
  )}
<p class="cite">${t.rich('export.file.by', { who: bdi(words.nameOf(by)), at: clock(words, at) })} · <code>${bdi(mark.slice(0, 16))}</code></p></li>`;
}

function documents({ page: { t }, copy }: Words): Html {
  return html`<section aria-labelledby="documents"><h2 id="documents">${t('export.file.documents')}</h2>
${
  copy.documents.length === 0
    ? html`<p>${t('export.file.documents.none')}</p>`
    : html`<table><thead><tr><th scope="col">${t('export.file.name')}</th><th scope="col">${t('export.file.size')}</th><th scope="col">SHA-256</th></tr></thead>
<tbody>${copy.documents.map(
        ({ name, path, size, sha256 }) => html`
<tr><th scope="row">${path === null ? bdi(name) : html`<a href="${path}">${bdi(name)}</a>`}</th><td>${t('export.file.bytes', { size })}</td><td><code>${bdi(sha256)}</code></td></tr>`,
      )}
</tbody></table>`
}${copy.documents.some(({ path }) => path === null) && html`<p>${t('export.file.documents.gone')}</p>`}</section>`;
}

const clock = ({ page, zone }: Words, at: Recorded['at']): Html =>
  html`<time datetime="${at}">${timeFormat(page.language, zone).format(new Date(at))}</time>`;
const moment = (words: Words, at: Recorded['at']): Html =>
  html`${sayDay(dayIn(at, words.zone), words.page.language)}, ${clock(words, at)}`;
