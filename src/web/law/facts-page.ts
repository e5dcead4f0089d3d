// /law/facts: every question a request can raise, who may answer it, how to find out, and the rules that ask for it.

import { factsIn, lawOnDay } from '../../app/law-on-day.ts';
import { say } from '../../kernel/language.ts';
import type { Provision } from '../../law/provision.ts';
import type { FactSpec } from '../../law/rule-set.ts';
import { page } from '../components/layout.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayList } from '../messages.ts';
import { ruleLink } from './articles.ts';
import { contentsNav } from './contents.ts';
import { keepDay, readQuery } from './query.ts';

export function factsPage(context: PageContext): Html {
  const { t, book, policy, language, today } = context;
  const { day } = readQuery(context);
  const { standing } = lawOnDay(book, policy, day);
  const asked = (fact: FactSpec): Provision[] =>
    standing.filter((rule) => [rule.gate, rule.when].some((condition) => factsIn(condition).includes(fact.id)));
  const groups = book.rules.groups
    .map((group) => ({ group, facts: book.rules.facts.filter((fact) => fact.group === group.id) }))
    .filter(({ facts }) => facts.length > 0);
  return page({
    context,
    title: t('law.facts.title'),
    description: t('law.facts.lead'),
    main: html`<nav class="law-crumbs no-print" aria-label="${t('law.crumbs')}"><ol><li><a href="/law${keepDay(day, today)}">${t('law.title')}</a></li></ol></nav>
<h1>${t('law.facts.title')}</h1>
<p class="lead">${t('law.facts.lead')}</p>
<div class="article-grid" data-rules="many">
${contents(context, groups)}
<div class="facts">${groups.map(
      ({ group, facts }) => html`
<section aria-labelledby="group-${group.id}"><h2 id="group-${group.id}">${say(group.title, language)}</h2>
${facts.map((fact) => factEntry(context, fact, asked(fact)))}</section>`,
    )}</div></div>`,
  });
}

type Group = { readonly group: PageContext['book']['rules']['groups'][number]; readonly facts: readonly FactSpec[] };

function contents({ t, language }: PageContext, groups: readonly Group[]): Html {
  return contentsNav(
    t('law.facts.groups'),
    groups.map(
      ({ group, facts }) => html`
<li><a href="#group-${group.id}"><span>${say(group.title, language)}</span> <span class="count">${t('law.facts.count', { count: facts.length })}</span></a></li>`,
    ),
  );
}

function factEntry(context: PageContext, fact: FactSpec, rules: readonly Provision[]): Html {
  const { t, language, book } = context;
  const { day } = readQuery(context);
  const names = book.rules.measures
    .filter((one) => fact.concerns.includes(one.id))
    .map((one) => say(one.title, language));
  return html`
<article class="fact" id="${fact.id}"><h3>${say(fact.question, language)}</h3>
<p class="fact-help">${say(fact.help, language)}</p>
<dl class="fact-lines">
<div><dt>${t('law.facts.who')}</dt><dd>${t(fact.judgement ? 'law.facts.person' : 'law.facts.record')}</dd></div>
<div><dt>${t('law.facts.statement')}</dt><dd>${say(fact.label, language)}</dd></div>
<div><dt>${t('law.facts.answer')}</dt><dd>${
    fact.type === 'choice'
      ? html`<ul>${fact.choices.map((choice) => html`<li>${say(choice.label, language)}</li>`)}</ul>`
      : t(`law.facts.type.${fact.type}`)
  }</dd></div>
<div><dt>${t('law.facts.concerns')}</dt><dd>${names.length === book.rules.measures.length ? t('law.measures.every') : sayList(names, language)}</dd></div>
<div><dt>${t('law.facts.code')}</dt><dd><code>${bdi(fact.id)}</code></dd></div>
</dl>
${
  rules.length > 0
    ? html`<details class="asked"><summary>${t('law.facts.rules', { count: rules.length })}</summary><ul>${rules.map((rule) => html`<li>${ruleLink(context, rule.id, day)} ${say(rule.title, language)}</li>`)}</ul></details>`
    : html`<p class="cite">${t('law.facts.noRule')}</p>`
}</article>`;
}
