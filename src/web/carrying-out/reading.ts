// Reads what was typed into the form of an act: days, moments, numbers, choices; what cannot be read is a fault beside its field.

import { instantOf, parseMoment } from '../../domain/calendar/moment.ts';
import { type Day, parseDay } from '../../kernel/calendar.ts';
import { type Instant, startOfDay } from '../../kernel/instant.ts';
import { type Fields, one } from '../casework/answers.ts';
import type { Desk } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import { type Area, controlId } from './act-form.ts';

export type Reading = {
  readonly no: number;
  readonly text: (id: string) => string;
  readonly day: (id: string) => Day;
  /** Null where nothing was typed. */
  readonly dayOrNone: (id: string) => Day | null;
  readonly moment: (id: string) => Instant;
  readonly count: (id: string) => number;
  readonly choice: <T extends string>(id: string, among: readonly T[]) => T;
  /** Texts of a field, one a line. */
  readonly lines: (id: string) => readonly string[];
  readonly all: (id: string) => readonly string[];
  readonly faults: readonly FieldError[];
};

/** Values that cannot be read come back as ones that stand for nothing; nothing is done while there is a fault. */
export function reading({ page: { t }, work }: Desk, area: Area, act: string, fields: Fields): Reading {
  const faults: FieldError[] = [];
  const no = Number(/^\d{1,6}$/.exec(one(fields, 'no'))?.[0] ?? 0);
  const fault = <T>(id: string, kind: string, instead: T): T => {
    faults.push({ field: controlId(act, no, id), message: t(`${area}.fault.${kind}`) });
    return instead;
  };
  const NONE = '0001-01-01' as Day;
  const day = (id: string): Day => {
    const parsed = parseDay(one(fields, id));
    return parsed.ok ? parsed.value : fault(id, 'day', NONE);
  };
  return {
    no,
    faults,
    text: (id) => one(fields, id),
    day,
    dayOrNone: (id) => (one(fields, id).trim() === '' ? null : day(id)),
    moment: (id) => {
      const parsed = parseMoment(one(fields, id));
      const at = parsed.ok ? instantOf(parsed.value, work.office().settings.calendar.timeZone) : undefined;
      return at ?? fault(id, 'moment', startOfDay(NONE));
    },
    // Nothing typed is nothing counted; whether that will do, the decider says.
    count: (id) => {
      const typed = one(fields, id).trim();
      return typed === '' ? 0 : /^\d{1,9}$/.test(typed) ? Number(typed) : fault(id, 'count', 0);
    },
    choice: (id, among) => {
      const chosen = among.find((value) => value === one(fields, id));
      return chosen ?? fault(id, 'choice', among[0] as (typeof among)[number]);
    },
    lines: (id) =>
      one(fields, id)
        .split(/\r?\n/)
        .map((line) => line.trim().toLowerCase())
        .filter((line) => line !== ''),
    all: (id) => fields[id] ?? [],
  };
}
