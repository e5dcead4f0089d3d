// For tests of deciders: an office, people, rules and days, and a way to play commands one after the other.

import assert from 'node:assert/strict';
import { addDays, type Day } from '../../../kernel/calendar.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import type { Refusal } from '../../../kernel/refusal.ts';
import type { OfficeCalendar } from '../../calendar/office.ts';
import type { By, PersonId } from '../../registry/person.ts';
import type { DayRule } from '../deadline.ts';

/** Three hours ahead of UTC, so that its day begins while it is still yesterday there. */
export const OFFICE: OfficeCalendar = { timeZone: 'Africa/Nairobi', weekend: [5, 6], holidays: [] };
export const AMINA = 'amina' as PersonId;
export const BORIS = 'boris' as PersonId;

export const days = (count: number): DayRule => ({ kind: 'calendar-days', count, source: 'setting' });

export const FIRST = '2028-03-01' as Day;
/** The day so many days after the first. */
export const day = (offset: number): Day => addDays(FIRST, offset);
/** Ten in the morning of that day, where the office is. */
export const morning = (offset: number): Instant => `${day(offset)}T07:00:00.000Z` as Instant;

/** The events of an outcome that must be accepted. */
export function accepted<Event>(outcome: Outcome<Event[], Refusal>): Event[] {
  assert.ok(outcome.ok, outcome.ok ? '' : `refused: ${JSON.stringify(outcome.faults)}`);
  return outcome.value;
}

/** The code of an outcome that must be refused. */
export function refusedAs(outcome: Outcome<unknown, Refusal>): string | undefined {
  assert.ok(!outcome.ok, 'was not refused');
  return outcome.faults[0]?.code;
}

export type Evolve<State, Event> = (state: State, event: Event, at: Instant, by: By) => State;

/** A state that remembers its events; a refused command leaves both as they were. */
export class Story<State, Event> {
  readonly events: Event[] = [];
  state: State;
  readonly #evolve: Evolve<State, Event>;

  constructor(initial: State, evolve: Evolve<State, Event>) {
    this.state = initial;
    this.#evolve = evolve;
  }

  /** Plays what a decider answered; the events are kept as they come back from storage. */
  play(outcome: Outcome<Event[], Refusal>, at: Instant, by: By = AMINA): Event[] {
    if (!outcome.ok) return [];
    const stored = JSON.parse(JSON.stringify(outcome.value)) as Event[];
    assert.deepEqual(stored, outcome.value, 'an event is not plain JSON');
    for (const event of stored) this.state = this.#evolve(this.state, event, at, by);
    this.events.push(...stored);
    return stored;
  }

  /** Plays what must be accepted. */
  must(outcome: Outcome<Event[], Refusal>, at: Instant, by: By = AMINA): Event[] {
    accepted(outcome);
    return this.play(outcome, at, by);
  }
}
