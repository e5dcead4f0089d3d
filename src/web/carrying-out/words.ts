// The words that both tabs say of accounts, categories, choices and people, and how a box stands for an item.

import { ASSURANCE_KINDS } from '../../app/casework/disclosing.ts';
import { CALL_OUTCOMES } from '../../app/casework/executing.ts';
import { type Item, RELEASE_GROUNDS } from '../../app/casework/holding.ts';
import { COMPLAINT_OUTCOMES, NOT_NEEDED_GROUNDS, REVIEW_OUTCOMES } from '../../app/casework/notifying.ts';
import type { CaseDesk } from '../casework/context.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import type { Area, Control, Option } from './act-form.ts';

export const RELEASES = RELEASE_GROUNDS;
export const CALLS = CALL_OUTCOMES;
export const ASSURANCES = ASSURANCE_KINDS;
export const NOT_NEEDED = NOT_NEEDED_GROUNDS;
export const COMPLAINTS = COMPLAINT_OUTCOMES;
export const REVIEWS = REVIEW_OUTCOMES;
export const YES_NO = ['yes', 'no'] as const;
export const ASKED_BY = ['person', 'requesting-state'] as const;

/** An account and a category as the value of a box. */
export const boxOf = ({ target, category }: Item): string => JSON.stringify([target, category]);

/** The items of the boxes that were ticked; a value that is none of ours stands for nothing, which no order contains. */
export const itemsFrom = (values: readonly string[]): Item[] =>
  values.map((value) => {
    try {
      const [target, category] = JSON.parse(value) as unknown[];
      return { target: String(target ?? ''), category: String(category ?? '') };
    } catch {
      return { target: '', category: '' };
    }
  });

/** "Content of intruder@mail.example". */
export const sayItem = ({ page: { t } }: Pick<CaseDesk, 'page'>, { target, category }: Item): Html => {
  const key = `request.option.dataCategories.category.${category}`;
  return html`${t.has(key) ? t(key) : bdi(category)} · ${bdi(target)}`;
};

/** A choice among codes, each in words. */
export const choice = (
  { page: { t } }: Pick<CaseDesk, 'page'>,
  area: Area,
  id: string,
  values: readonly string[],
): Control => ({
  id,
  kind: 'choice',
  options: values.map((value): Option => ({ value, text: t(`${area}.${id}.${value}`) })),
});

/** A line of what is on record: what it is, and beneath it whatever there is to say. */
export const record = (
  title: Fragment,
  state: Fragment,
  lines: readonly Fragment[],
  acts: readonly Fragment[],
): Html => {
  const said = lines.filter((line) => line !== false && line !== null && line !== undefined && line !== '');
  const there = acts.filter((act) => act !== false);
  return html`<li class="record"><div class="record-head"><h3>${title}</h3>${state}</div>
${said.map((line) => html`<p class="record-line">${line}</p>`)}
${there.length > 0 && html`<div class="record-acts no-print">${there}</div>`}</li>`;
};

/** How something stands, as a word in a frame; its shape says as much as its colour. */
export const mark = (text: string, tone: 'open' | 'go' | 'maybe' | 'stop'): Html =>
  html`<span class="state" data-tone="${tone}">${text}</span>`;

export const records = (items: readonly Html[], empty: string): Html =>
  items.length === 0 ? html`<p class="cite">${empty}</p>` : html`<ul class="records">${items}</ul>`;
