// The first tab of a case: the request as it was made, where it came from, what is missing, and what can be done about it.

import { contentPages, missingIn, nameOf, saysSomething } from '../../app/casework/drafts.ts';
import type { Alike } from '../../app/casework/front-desk.ts';
import type { Document } from '../../app/casework/ports.ts';
import type { Missing } from '../../domain/requests/completeness.ts';
import { formKey } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import { type CaseDesk, can } from '../casework/context.ts';
import { at, when } from '../casework/moments.ts';
import type { FieldError } from '../components/error-summary.ts';
import { shape } from '../components/outcome.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { answersOf } from './answers-view.ts';
import { documentsOfCase } from './documents-view.ts';
import { mayChange } from './form-routes.ts';
import { outgoingSection } from './outgoing-view.ts';
import { weightNote } from './progress.ts';
import { alikeList } from './summary-page.ts';
import { idOf, nameMissing } from './words.ts';

export type RequestTabParts = {
  readonly desk: CaseDesk;
  readonly documents: readonly Document[];
  readonly alike: readonly Alike[];
  readonly errors?: readonly FieldError[];
  /** The names of those who added documents. */
  readonly names: { readonly [person: string]: string };
  /** Right after it was opened. */
  readonly fresh?: boolean;
};

export function requestTab({ desk, documents, names, alike, errors = [], fresh = false }: RequestTabParts): Html {
  const { page: context, file } = desk;
  const { t } = context;
  const pages = contentPages(file.request.content, file.measure).filter(({ fields }) => fields.some(saysSomething));
  return casePage({
    desk,
    tab: 'request',
    errors,
    aside: acts(desk),
    main: html`${notices(desk, fresh)}
${firstAct(desk)}
${alikeSection(desk, alike)}
${file.direction === 'outgoing' && outgoingSection(desk)}
${missing(
  desk,
  pages.map(({ step }) => step),
)}
${contents(
  desk,
  pages.map(({ step }) => step),
)}
${origin(desk, html`${documentsOfCase(desk, documents, names)}`)}
${pages.map(
  ({
    step,
    fields,
  }) => html`<section class="said-part" aria-labelledby="said-${step}"><h2 id="said-${step}">${t(`request.step.${step}`)}</h2>
${answersOf(context, fields, t(`request.step.${step}`))}</section>`,
)}`,
  });
}

/** What has happened to the request as such, newest first. */
function notices(desk: CaseDesk, fresh: boolean): Fragment {
  const { t } = desk.page;
  const { request, reference, direction } = desk.file;
  const returned = request.returns.at(-1);
  const note = (text: Fragment): Html => html`<div class="note"><p>${text}</p></div>`;
  return [
    fresh &&
      html`<div class="note done" role="status"><p>${t.rich(`intake.opened.${direction}`, { reference: html`<b>${bdi(reference)}</b>` })}</p></div>`,
    request.withdrawn &&
      note(
        t.rich('intake.withdrawn', {
          when: at(desk, request.withdrawn.at),
          reason: html`<q>${bdi(request.withdrawn.reason)}</q>`,
        }),
      ),
    returned?.to === null && note(t.rich('intake.returned', { when: when(desk, returned.from) })),
    request.sentAt && note(t.rich('intake.sent', { when: at(desk, request.sentAt) })),
  ];
}

/** The one thing to do next here, for whoever may do it. */
function firstAct(desk: CaseDesk): Fragment {
  const { t } = desk.page;
  const { file } = desk;
  const { acknowledgedAt, withdrawn, sentAt } = file.request;
  if (file.closed || withdrawn) return null;
  if (file.direction === 'incoming')
    return (
      acknowledgedAt === null &&
      can(desk, 'request.receive') &&
      html`<form class="first-act no-print" id="first-act" method="post" action="${casePath(file.reference)}/acknowledge">${formKey(desk, file.version)}
<button class="ds-button" type="submit">${t('intake.acknowledge')}</button><p class="cite">${t('intake.acknowledge.text')}</p></form>`
    );
  if (sentAt) return null;
  const first = firstOfDraft(desk);
  return (
    first &&
    html`<p class="first-act no-print" id="first-act"><a class="ds-button" href="${casePath(file.reference)}/${first}">${t(first === 'send' ? 'intake.send.go' : 'intake.act.edit')}</a></p>`
  );
}

/** A draft is finished before it is sent; whoever may only send it sends it as it is. */
function firstOfDraft(desk: CaseDesk): 'amend' | 'send' | null {
  const lacking = missingIn(desk.work, desk.file).some(({ weight }) => weight === 'must');
  if (can(desk, 'request.amend') && (lacking || !can(desk, 'request.send'))) return 'amend';
  return can(desk, 'request.send') ? 'send' : null;
}

/** What else this person can do with the request as it stands. */
function acts(desk: CaseDesk): Fragment {
  const { t } = desk.page;
  const { file } = desk;
  const path = casePath(file.reference);
  const { withdrawn, returns, sentAt } = file.request;
  const open = !file.closed && !withdrawn;
  const incoming = file.direction === 'incoming';
  const offered = [
    open && incoming && returns.at(-1)?.to !== null && can(desk, 'request.return') && (['return', 'return'] as const),
    incoming &&
      mayChange(file, 'supplement') &&
      can(desk, 'request.supplement') &&
      (['supplement', 'supplement'] as const),
    mayChange(file, 'amend') && can(desk, 'request.amend') && (['amend', incoming ? 'amend' : 'edit'] as const),
    open && !incoming && !sentAt && can(desk, 'request.send') && (['send', 'send'] as const),
    can(desk, 'request.link') && (['link', 'link'] as const),
    open && can(desk, 'request.withdraw') && (['withdraw', incoming || sentAt ? 'withdraw' : 'abandon'] as const),
    ['request.json', 'download'] as const,
  ].filter((one) => one !== false);
  return html`<nav class="acts no-print" aria-labelledby="acts-title"><h2 id="acts-title">${t('intake.acts')}</h2><ul>${offered.map(
    ([page, key]) => html`
<li><a class="ds-link" href="${path}/${page}"${page === 'request.json' && html` download`}>${t(`intake.act.${key}`)}</a></li>`,
  )}</ul></nav>`;
}

/** `shown`: the parts that stand on this page. What is absent has no place of its own; its part has, if it says anything. */
function missing(desk: CaseDesk, shown: readonly string[]): Html {
  const { t } = desk.page;
  const found = missingIn(desk.work, desk.file);
  if (found.length === 0) return html`<p class="complete">${shape('go')} ${t('intake.missing.none')}</p>`;
  const item = (one: Missing): Html => {
    const name = nameMissing(desk.page, one);
    const place = one.why === 'missing' ? `said-${one.step}` : idOf(nameOf(one.pointer));
    return html`<li data-weight="${one.weight}">${shown.includes(one.step) ? html`<a class="ds-link" href="#${place}">${name}</a>` : name}${weightNote(desk.page, one)}</li>`;
  };
  const more = found.slice(SHOWN);
  return html`<section class="said-part missing" aria-labelledby="missing-title"><h2 id="missing-title">${t('intake.missing.title', { count: found.length })}</h2>
<ul class="missing-list">${found.slice(0, SHOWN).map(item)}</ul>
${more.length > 0 && html`<details><summary>${t('intake.missing.more', { count: more.length })}</summary><ul class="missing-list">${more.map(item)}</ul></details>`}</section>`;
}
/** More than these push the request itself out of sight. */
const SHOWN = 6;

/** A request is long: its parts, to go to. */
const contents = ({ page: { t } }: CaseDesk, steps: readonly string[]): Html =>
  html`<nav class="said-contents no-print" aria-label="${t('intake.steps')}"><ul>${steps.map((step) => html`<li><a class="ds-link" href="#said-${step}">${t(`request.step.${step}`)}</a></li>`)}</ul></nav>`;

/** How it came and with what, in which version its words are, and what it hangs together with. */
function origin(desk: CaseDesk, documents: Html): Html {
  const { t } = desk.page;
  const { file } = desk;
  const { channel, contentVersion, acknowledgedAt, links } = file.request;
  const row = (key: string, value: Fragment): Html =>
    html`<div><dt>${t(`intake.origin.${key}`)}</dt><dd>${value}</dd></div>`;
  return html`<section class="said-part origin" aria-labelledby="origin-title"><h2 id="origin-title">${t('intake.origin')}</h2><dl>
${channel !== null && row('channel', t(`intake.channel.${channel}`))}
${row(file.direction === 'incoming' ? 'received' : 'drafted', at(desk, file.receivedAt))}
${acknowledgedAt && row('acknowledged', at(desk, acknowledgedAt))}
${row('version', t('intake.origin.versionText', { count: contentVersion }))}
${links.length > 0 && row('links', html`<ul class="plain">${links.map(({ reference, kind }) => html`<li>${t(`intake.tie.${kind}`)} <a class="ds-link" href="${casePath(reference)}">${bdi(reference)}</a></li>`)}</ul>`)}
</dl>${documents}</section>`;
}

/** Cases with something in common: people tie them together, or leave them. */
function alikeSection(desk: CaseDesk, alike: readonly Alike[]): Fragment {
  const { t } = desk.page;
  return (
    alike.length > 0 &&
    html`<section class="note alike" aria-labelledby="alike-title"><h2 id="alike-title">${t('intake.alike.title', { count: alike.length })}</h2>
${alikeList(
  desk,
  alike,
  (
    one,
  ) => html`<form method="post" action="${casePath(desk.file.reference)}/link" class="no-print">${formKey(desk, desk.file.version)}<input type="hidden" name="reference" value="${one.reference}">
${(['duplicate', 'follow-up', 'related'] as const).map((kind) => html`<button class="${kind === one.tie ? 'ds-button' : 'as-link'}"${kind === one.tie && html` data-variant="secondary" data-size="sm"`} type="submit" name="kind" value="${kind}">${t(`intake.link.${kind}`)}<span class="ds-sr-only"> ${one.reference}</span></button> `)}</form>`,
)}</section>`
  );
}
