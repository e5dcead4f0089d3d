// Over-disclosure: what an object holds, held against the lines of the request and the items that two people decided on.
// Unknown counts as beyond: what cannot be placed in time is flagged, and a named person says what it is.

import { addDays } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { dayOfMoment, hasTime, instantOf, type Moment } from '../calendar/moment.ts';
import type { Item } from '../decisions/decision.ts';
import type { RequestContent } from '../requests/content.ts';
import type { Coverage, Flag, FlagCode } from './evidence.ts';

/** What an object is held against: the request as it stands, and what of it was decided. */
export type Asked = { readonly content: RequestContent; readonly items: readonly Item[] };

/** Who somebody is has no date; what they did and wrote has. */
const DATELESS = 'subscriber';

/** Every way in which what an object covers goes beyond the request; none when all of it was asked for. */
export function scopeFlags(covers: readonly Coverage[], { content, items }: Asked): Flag[] {
  const flags: Flag[] = [];
  for (const one of covers) {
    const flag = (code: FlagCode, line: string, limit: string, found: string) =>
      flags.push({ code, line, limit, found });
    const accounts = (content.targets ?? []).map(({ identifierValue }) => identifierValue);
    if (!accounts.includes(one.account)) flag('account', '/targets', accounts.join(', '), one.account);
    const lines = (content.dataCategories ?? []).map((line, n) => ({ ...line, at: `/dataCategories/${n}` }));
    const ofCategory = lines.filter(({ category }) => category === one.category);
    const [nearest] = ofCategory;
    if (nearest === undefined) {
      flag('category', '/dataCategories', lines.map(({ category }) => category).join(', '), one.category);
      continue;
    }
    if (
      accounts.includes(one.account) &&
      !items.some(({ target, category }) => target === one.account && category === one.category)
    )
      flag('not-decided', `${nearest.at}/category`, one.category, one.account);
    const best = ofCategory.map((line) => outside(one, line)).sort((a, b) => a.length - b.length)[0] ?? [];
    flags.push(...best);
  }
  return distinct(flags);
}

type Line = NonNullable<RequestContent['dataCategories']>[number] & { readonly at: string };

/** How the time that is covered leaves the time of a line. */
function outside({ category, from, to }: Coverage, line: Line): Flag[] {
  if (from === null && to === null && category === DATELESS) return [];
  const zone = line.timeZone;
  const limits = [begin(line.from, zone), end(line.to, zone)] as const;
  const found = [begin(from, zone), end(to, zone)] as const;
  if (found[0] === undefined || found[1] === undefined)
    return [{ code: 'undated', line: `${line.at}/from`, limit: span(line.from, line.to), found: span(from, to) }];
  const flags: Flag[] = [];
  // A line that says no time itself can hold nothing that is dated: what it meant is for a person to say.
  if (limits[0] === undefined || found[0] < limits[0])
    flags.push({ code: 'before', line: `${line.at}/from`, limit: String(line.from ?? ''), found: String(from) });
  if (limits[1] === undefined || found[1] > limits[1])
    flags.push({ code: 'after', line: `${line.at}/to`, limit: String(line.to ?? ''), found: String(to) });
  return flags;
}

const begin = (moment: string | null | undefined, zone: string | undefined): Instant | undefined =>
  typeof moment === 'string' ? instantOf(moment as Moment, zone) : undefined;

/** The end that a moment stands for: a day alone lasts until the next one begins. */
function end(moment: string | null | undefined, zone: string | undefined): Instant | undefined {
  if (typeof moment !== 'string') return undefined;
  const said = moment as Moment;
  return instantOf(hasTime(said) ? said : (addDays(dayOfMoment(said), 1) as string as Moment), zone);
}

const span = (from: unknown, to: unknown): string => `${from ?? '?'} – ${to ?? '?'}`;

const distinct = (flags: readonly Flag[]): Flag[] => [
  ...new Map(flags.map((flag) => [JSON.stringify([flag.code, flag.line, flag.found]), flag])).values(),
];
