// How a step that somebody took from a page ends on a page: gone on, refused with reasons, overtaken, or nothing here.

import type { Context } from 'hono';
import type { Acted, Target } from '../../app/casework/act.ts';
import type { Reference } from '../../domain/docket/case-file.ts';
import { parseDay } from '../../kernel/calendar.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { labelOf } from '../check/words.ts';
import { citeName } from '../components/cite.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayDay } from '../messages.ts';
import { type Desk, type DeskEnv, nothingHere } from './context.ts';

/** What a form sends: each name with its values; files are read apart. */
export type Fields = { readonly [name: string]: readonly string[] };

/** Reads a form; the session's middleware has checked where it comes from. */
export async function fieldsOf(c: Context<DeskEnv>): Promise<Fields> {
  const body = await c.req.parseBody({ all: true });
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string'),
    ]),
  );
}

/** The first value of a field, or nothing. */
export const one = (fields: Fields, name: string): string => fields[name]?.[0] ?? '';

/** The case of the address and the version that was on the page. */
export const targetOf = (c: Context<DeskEnv>, fields: Fields): Target => ({
  reference: c.req.param('reference') as Reference,
  version: /^\d{1,9}$/.test(one(fields, 'version')) ? Number(one(fields, 'version')) : null,
});

/** What every form that does something carries: whose session it is, and the version of the case that was read. */
export const formKey = (desk: Desk, version?: number): Html =>
  html`<input type="hidden" name="csrf" value="${desk.who.csrf}">${
    version !== undefined && html`<input type="hidden" name="version" value="${version}">`
  }`;

/** A refusal in words: what is wrong and what to do. */
export function sayRefusal({ page: context }: Pick<Desk, 'page'>, { code, facts = {} }: Refusal): Html {
  const { t } = context;
  if (!t.has(`refusals.${code}`)) return t.rich('refusals.unnamed', { code: bdi(code) });
  const said = Object.entries(facts).map(([name, value]) => [name, sayFact(context, name, value)]);
  return t.rich(`refusals.${code}`, Object.fromEntries(said));
}

/** What a refusal names, in the reader's language: days in full, provisions by their place, facts by their question. */
function sayFact(context: PageContext, name: string, value: string | number): string | number | Html {
  if (typeof value === 'number') return value;
  const day = parseDay(value);
  if (day.ok) return sayDay(day.value, context.language);
  if (name === 'outcome') return context.t(`site.outcome.${value}`);
  if (name === 'fact') return labelOf(context, value);
  if (name === 'provision') return citeName(context, value);
  return bdi(value);
}

export const refusalErrors = (
  desk: Desk,
  refusals: readonly Refusal[],
  fieldOf: { readonly [code: string]: string } = {},
): FieldError[] =>
  refusals.map((refusal) => ({ field: fieldOf[refusal.code] ?? '', message: sayRefusal(desk, refusal) }));

/**
 * Answers a step. `again` shows the page once more with what was typed and what is wrong with it; on a conflict it shows
 * the case as it is now with what was typed, so that nothing is lost.
 */
export async function answered(
  c: Context<DeskEnv>,
  acted: Acted,
  next: string,
  again: (errors: readonly FieldError[], refusals: readonly Refusal[]) => Html | Promise<Html>,
  fieldOf: { readonly [code: string]: string } = {},
): Promise<Response> {
  const { desk } = c.var;
  switch (acted.is) {
    case 'done':
      return c.redirect(next, 303);
    case 'refused':
      return c.html(await again(refusalErrors(desk, acted.refusals, fieldOf), acted.refusals), 422);
    case 'conflict':
      return c.html(await again([{ field: '', message: desk.page.t('casework.conflict') }], []), 409);
    case 'absent':
    case 'not-allowed':
      return nothingHere(c);
  }
}
