// One rule in full: what it says, what it does, when, to what it applies, what the assessment says, and how far it was checked.

import { say } from '../../kernel/language.ts';
import type { MeasureId, Provision, Strength, Verdict } from '../../law/provision.ts';
import { settingOf } from '../../law/profile.ts';
import { citeName, confidence, review } from '../components/cite.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { sayList } from '../messages.ts';
import type { Reading } from './reading.ts';
import { ruleLink } from './articles.ts';
import { caseTable } from './cases.ts';
import { conditionBlock } from './condition.ts';
import { toneOfEffect } from './effects.ts';
import { effectTag } from './rule-item.ts';
import { inForceWords, officialText } from './source-words.ts';

export function provisionSection(reading: Reading, rule: Provision): Html {
  const { context, law } = reading;
  const { t, language } = context;
  const tone = toneOfEffect(rule.effect);
  const heading = `title-${rule.id}`;
  const text = (of: Provision['what']) => of && law.text(rule, of, language);
  return html`
<section class="provision" id="${rule.id}" aria-labelledby="${heading}"${tone && html` data-tone="${tone}"`}>
<p class="provision-place"><a href="#${rule.id}">${citeName(context, rule.id)}</a>${effectTag(context, rule)}</p>
<h2 id="${heading}">${say(rule.title, language)}</h2>
${!law.stands(rule) && html`<p class="note">${t('law.notLaw')} ${inForceWords(context, rule)}.</p>`}
<p class="paraphrase">${text(rule.source.paraphrase)}</p>
<p class="cite">${t('law.ourWords')} ${confidence(context, rule.source.confidence)} ${review(context, rule.reviewed.length > 0)}</p>
<div class="parts">
${part(t('law.part.does'), html`<p>${doesWords(reading, rule)}</p>${rule.what !== null && html`<p class="what">${text(rule.what)}</p>`}${clockWords(reading, rule)}`)}
${part(t('law.part.when'), conditionBlock(reading, rule))}
${part(t('law.part.measures'), measures(reading, rule))}
${rule.gap !== null && part(t('law.part.gap'), gap(reading, rule))}
${part(t('law.part.says'), verdicts(reading, rule))}
${part(t('law.part.checked'), checked(reading, rule))}
</div>
${caseTable(reading, rule)}
</section>`;
}

const part = (name: string, content: Fragment): Html =>
  html`<div class="part"><h3>${name}</h3><div>${content}</div></div>
`;

/** What follows when the rule speaks; for a safeguard that depends on how strong it is where. */
function doesWords({ context: { t } }: Reading, rule: Provision): string {
  if (rule.effect !== 'safeguard') return t(`law.does.${rule.effect}`);
  const strengths = new Set(Object.values(rule.concerns));
  return t(`law.does.safeguard.${strengths.size > 1 ? 'mixed' : [...strengths][0]}`);
}

/** How long it runs, from when, and what comes after. */
function clockWords({ context: { t, language }, law }: Reading, rule: Provision): Html | false {
  const { clock } = rule;
  if (!clock) return false;
  const { value, unit } = law.number(rule, clock.parameter);
  const sentence = t(`check.clock.${clock.bound}`, {
    length: t(`check.clock.${unit}`, { amount: value }),
    from: t(`check.clock.from.${clock.from}`),
  });
  return html`<p class="clock"><strong>${t('law.clock')}</strong> ${sentence}</p>
${clock.then && html`<p><span class="sentence">${law.text(rule, clock.then, language)}</span></p>`}`;
}

const STRENGTHS: readonly Strength[] = ['required', 'recommended'];

/** The measures, by strength where strength differs; what this office has set otherwise is said below. */
function measures(reading: Reading, rule: Provision): Html {
  const { t } = reading.context;
  const ids = Object.keys(rule.concerns);
  const strengths = STRENGTHS.filter((strength) => Object.values(rule.concerns).includes(strength));
  return html`${
    rule.effect === 'safeguard'
      ? html`<dl class="strengths">${strengths.map(
          (strength) =>
            html`<dt>${t(`law.strength.${strength}`)}</dt><dd>${measureNames(
              reading,
              ids.filter((id) => rule.concerns[id] === strength),
            )}</dd>`,
        )}</dl>`
      : html`<p>${measureNames(reading, ids)}</p>`
  }${officeSettings(reading, rule)}`;
}

/** Leaving out at most this many is said as "all but". */
const FEW = 3;

function measureNames({ context }: Reading, ids: readonly MeasureId[]): string {
  const { t, book, language } = context;
  const { measures } = book.rules;
  const names = (some: typeof measures) =>
    sayList(
      some.map((one) => say(one.title, language)),
      language,
    );
  const others = measures.filter((one) => !ids.includes(one.id));
  if (others.length === 0) return t('law.measures.every');
  if (others.length <= FEW) return t('law.measures.allBut', { others: names(others) });
  return names(measures.filter((one) => ids.includes(one.id)));
}

/** What the profile of this office says of a rule of policy, with its reason. */
function officeSettings(reading: Reading, rule: Provision): Html | false {
  const { t, policy, language } = reading.context;
  const { profile } = policy;
  if (!profile) return false;
  const set = Map.groupBy(Object.keys(rule.concerns), (measure) => settingOf(policy, rule.id, measure));
  set.delete(undefined);
  if (set.size === 0) return false;
  const reasons = profile.policy.filter((one) => one.provision === rule.id).map((one) => say(one.reason, language));
  return html`<div class="office"><p><strong>${t.rich('law.office', { office: html`${say(profile.title, language)}` })}</strong></p>
<dl class="strengths">${[...set].map(([setting, ids]) => html`<dt>${t(`law.setting.${setting}`)}</dt><dd>${measureNames(reading, ids)}</dd>`)}</dl>
${reasons.map((reason) => html`<p>${reason}</p>`)}</div>`;
}

function gap({ context, law }: Reading, rule: Provision): Html {
  const { t, language } = context;
  return html`<p class="gap">${rule.gap && law.text(rule, rule.gap, language)}</p>
${
  rule.beside.length > 0 &&
  html`<p class="cite">${t('site.beside')} ${rule.beside.map((id, i) => [i > 0 && ' · ', ruleLink(context, id, law.day)])}</p>`
}`;
}

const VERDICTS: readonly Verdict[] = ['met', 'not-met', 'undetermined', 'not-applicable'];

/** The sentence a person reads for each verdict the rule can have. */
function verdicts({ context, law }: Reading, rule: Provision): Html {
  const { t, language } = context;
  return html`<dl class="verdicts">${VERDICTS.map((verdict) => {
    const sentence = rule.explain[verdict];
    return (
      sentence &&
      html`
<dt>${t(`law.verdict.${verdict}`)}</dt><dd>${law.text(rule, sentence, language)}</dd>`
    );
  })}
</dl>`;
}

/** How far the text was read, by whom it was compared, who signed it, since when it is law. */
function checked({ context }: Reading, rule: Provision): Html {
  const { t, language, book } = context;
  const { source, reviewed } = rule;
  const english = (text: string) =>
    language === 'en' ? html`${text}` : html`<span class="foreign" lang="en" dir="ltr">${text}</span>`;
  const pack = book.rules.packs.find((one) => one.id === rule.pack);
  const certified = source.certified;
  return html`<p><strong class="sentence">${t(`site.confidence.${source.confidence}`)}.</strong> ${say(source.basis, language)}</p>
${certified && html`<p>${t.rich('law.certified', { by: bdi(certified.by), on: html`<time datetime="${certified.on}">${certified.on}</time>` })}</p>`}
${
  reviewed.length > 0
    ? reviewed.map(
        (one) =>
          html`<p>${t.rich('law.reviewed', { by: bdi(one.by), on: html`<time datetime="${one.on}">${one.on}</time>` })}</p>`,
      )
    : html`<p><span class="sentence">${t('site.unreviewed')}.</span></p>`
}
${source.standard !== undefined && html`<p>${t.rich('law.standard', { standard: english(source.standard) })}</p>`}
<p>${inForceWords(context, rule)}. ${source.address !== pack?.address || pack.kind !== 'policy' ? officialText(context, source.address) : false}</p>`;
}
