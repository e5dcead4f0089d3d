// Routes of findings: oversight makes them and follows them up below /oversight, the office reads and answers its own below /office.

import { type Context, Hono } from 'hono';
import type { OversightPorts } from '../../app/oversight/book-ports.ts';
import {
  answerFinding,
  endFinding,
  findingsFor,
  followUpFinding,
  isAddressee,
  readFinding,
  recordFinding,
} from '../../app/oversight/findings.ts';
import type { BookActed } from '../../app/oversight/samples.ts';
import { STANCES, type Stance } from '../../domain/oversight/finding.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { type Day, parseDay } from '../../kernel/calendar.ts';
import { type Fields, fieldsOf, one } from '../casework/answers.ts';
import { type DeskEnv, nothingHere } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import { findingPage, newFindingPage } from './finding-page.ts';
import { findingPath, findingsPage } from './findings-page.ts';
import { OFFICE_FINDINGS, OVERSIGHT, refusalsOf, type TypedFields } from './parts.ts';

type C = Context<DeskEnv>;
const NO = ':no{[1-9][0-9]{0,8}}';

type Sent = { readonly act: string; readonly typed: TypedFields; readonly errors: readonly FieldError[] };

async function show(c: C, ports: OversightPorts, sent: Sent = { act: '', typed: {}, errors: [] }): Promise<Response> {
  const { desk } = c.var;
  const finding = await readFinding(ports, desk.actor, Number(c.req.param('no')));
  if (finding === undefined) return nothingHere(c);
  const people = [...new Set([finding.by, ...finding.entries.map(({ by }) => by)])] as PersonId[];
  const names = await desk.work.store.names(people);
  const view = { finding, nameOf: (person: string): string => names[person] ?? person, ...sent };
  return c.html(findingPage(desk, view), sent.errors.length > 0 ? 422 : 200);
}

/** Takes one act from its form; `day` is its field of a day. */
const take =
  (
    ports: OversightPorts,
    act: string,
    day: string,
    work: (c: C, fields: Fields, day: Day | null) => Promise<BookActed>,
  ) =>
  async (c: C): Promise<Response> => {
    const { desk } = c.var;
    const fields = await fieldsOf(c);
    const typed = typedFrom(fields);
    const read = dayOf(one(fields, day));
    if (read === undefined) {
      const errors = [{ field: day, message: desk.page.t('oversight.day.wrong') }];
      return show(c, ports, { act, typed, errors });
    }
    const acted = await work(c, fields, read);
    if (acted.is === 'absent') return nothingHere(c);
    if (acted.is === 'refused') return show(c, ports, { act, typed, errors: refusalsOf(desk, acted, day) });
    return c.redirect(findingPath(desk, acted.no), 303);
  };

export function findingRoutes(ports: OversightPorts): Hono<DeskEnv> {
  const at = `${OVERSIGHT}/findings`;
  return new Hono<DeskEnv>()
    .get(at, async (c) => c.html(findingsPage(c.var.desk, await findingsFor(ports, c.var.desk.actor))))
    .get(`${at}/new`, (c) => {
      const typed = { cases: c.req.query('cases') ?? '', sample: c.req.query('sample') ?? '' };
      return c.html(newFindingPage(c.var.desk, { typed, errors: [] }));
    })
    .post(at, async (c) => {
      const { desk } = c.var;
      const fields = await fieldsOf(c);
      const typed = typedFrom(fields);
      const errors: FieldError[] = [];
      const replyBy = dayOf(one(fields, 'replyBy')) ?? null;
      if (replyBy === null) errors.push({ field: 'replyBy', message: desk.page.t('oversight.day.wrong') });
      const sample = one(fields, 'sample').trim();
      if (sample !== '' && !/^[1-9]\d{0,8}$/.test(sample))
        errors.push({ field: 'sample', message: desk.page.t('oversight.count.wrong') });
      if (replyBy === null || errors.length > 0) return c.html(newFindingPage(desk, { typed, errors }), 422);
      const to = one(fields, 'to');
      const acted = await recordFinding(ports, desk.actor, {
        to: isAddressee(to) ? to : 'approver',
        title: one(fields, 'title'),
        text: textIn(fields, 'text'),
        recommendation: textIn(fields, 'recommendation'),
        references: [
          ...new Set(
            one(fields, 'cases')
              .toUpperCase()
              .split(/[\s,;،؛]+/)
              .filter(Boolean),
          ),
        ],
        sample: sample === '' ? null : Number(sample),
        replyBy,
      });
      if (acted.is === 'absent') return nothingHere(c);
      if (acted.is === 'refused') return c.html(newFindingPage(desk, { typed, errors: refusalsOf(desk, acted) }), 422);
      return c.redirect(findingPath(desk, acted.no), 303);
    })
    .get(`${at}/${NO}`, (c) => show(c, ports))
    .post(
      `${at}/${NO}/follow-up`,
      take(ports, 'follow-up', 'replyBy', (c, fields, replyBy) =>
        followUpFinding(ports, c.var.desk.actor, numberIn(c), { text: textIn(fields, 'text'), replyBy }),
      ),
    )
    .post(
      `${at}/${NO}/close`,
      take(ports, 'close', '', (c, fields) =>
        endFinding(ports, c.var.desk.actor, numberIn(c), textIn(fields, 'end-text')),
      ),
    );
}

export function officeFindingRoutes(ports: OversightPorts): Hono<DeskEnv> {
  return new Hono<DeskEnv>()
    .get(OFFICE_FINDINGS, async (c) => c.html(findingsPage(c.var.desk, await findingsFor(ports, c.var.desk.actor))))
    .get(`${OFFICE_FINDINGS}/${NO}`, (c) => show(c, ports))
    .post(
      `${OFFICE_FINDINGS}/${NO}/reply`,
      take(ports, 'reply', 'doneBy', (c, fields, doneBy) => {
        const given = one(fields, 'stance');
        const stance = (STANCES as readonly string[]).includes(given) ? (given as Stance) : STANCES[0];
        return answerFinding(ports, c.var.desk.actor, numberIn(c), { stance, text: textIn(fields, 'text'), doneBy });
      }),
    );
}

const numberIn = (c: C): number => Number(c.req.param('no'));
const textIn = (fields: Fields, name: string): string => one(fields, name).replace(/\r\n?/g, '\n');
const typedFrom = (fields: Fields): TypedFields =>
  Object.fromEntries(Object.entries(fields).map(([name, [first = '']]) => [name, first]));

/** Null: none was given; undefined: what was given is no day. */
function dayOf(text: string): Day | null | undefined {
  if (text.trim() === '') return null;
  const day = parseDay(text.trim());
  return day.ok ? day.value : undefined;
}
