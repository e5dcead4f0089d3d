// Use case: a registrar changes the office. All that was typed is taken at once or none of it, and what changed is on record.

import type { Json } from '../../kernel/canonical-json.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { Actor, World } from '../casework/ports.ts';
import { may } from '../../domain/registry/policy.ts';
import { FIGURES_LEAST, LONG_SECRECY, type Office, TERMS } from '../casework/office.ts';
import type { Change, OfficeRecords, Standing } from './ports.ts';
import { type OfficeFault, readOffice, type TypedOffice } from './read-office.ts';

export type ChangeEnded =
  /** `terms`: open cases are counted anew. */
  | { readonly is: 'done'; readonly changes: readonly Change[]; readonly terms: boolean }
  | { readonly is: 'refused'; readonly faults: readonly OfficeFault[] }
  /** Somebody else changed it meanwhile; this is how it stands. */
  | { readonly is: 'conflict'; readonly standing: Standing }
  | { readonly is: 'not-allowed' };

/** Changes the office that stood at that version on the page. */
export async function changeOffice(
  { records, world }: { readonly records: OfficeRecords; readonly world: Pick<World, 'now'> },
  actor: Actor,
  typed: TypedOffice,
  version: number,
): Promise<ChangeEnded> {
  if (!may(actor.roles, 'office.manage')) return { is: 'not-allowed' };
  const standing = await records.standing();
  if (standing.version !== version) return { is: 'conflict', standing };
  const read = readOffice(typed, standing.office);
  if (!read.ok) return { is: 'refused', faults: read.faults };
  const changes = changesBetween(standing.office, read.value);
  if (changes.length === 0) return { is: 'done', changes, terms: false };
  // Every reference begins with the State, and every case names it as one of its two sides.
  if (changes.some(({ setting }) => setting === 'state') && (await records.hasCases()))
    return { is: 'refused', faults: [{ field: 'state', code: 'state-stays' }] };
  const change = { at: world.now(), by: actor.id, version: version + 1, changes };
  if (!(await records.change(read.value, change))) return { is: 'conflict', standing: await records.standing() };
  return { is: 'done', changes, terms: changes.some(({ setting }) => countsTerms(setting)) };
}

/** Settings by which terms are counted. */
const countsTerms = (setting: string): boolean => /^(?:term|holiday|time-zone|weekend|soon)\b/.test(setting);

/** What differs, setting by setting. */
export function changesBetween(before: Office, after: Office): Change[] {
  const [was, is] = [settingsOf(before), settingsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((setting) => {
    const [from, to] = [was.get(setting) ?? null, is.get(setting) ?? null];
    return canonicalJson(from) === canonicalJson(to) ? [] : [{ setting, from, to }];
  });
}

/** Every setting by its name, as the record of changes tells of it. */
export function settingsOf({ state, name, languages, settings }: Office): Map<string, Json> {
  const { calendar, terms, alerts } = settings;
  return new Map<string, Json>([
    ['state', state],
    ['name', name],
    ['languages', [...languages]],
    ['time-zone', calendar.timeZone],
    ['weekend', [...calendar.weekend].sort()],
    ...calendar.holidays.map((one) => [`holiday.${one.day}`, one.name?.en ?? ''] as const),
    ...TERMS.map((term) => [`term.${term}`, terms[term].otherwise] as const),
    ['soon', alerts.soon],
    ['long-secrecy', alerts['long-secrecy'] ?? LONG_SECRECY],
    ['wide-period', settings['wide-period']],
    ['figures-least', settings['figures-least'] ?? FIGURES_LEAST],
    ['approvers-need-hardware', settings['approvers-need-hardware'] === true],
  ]);
}
