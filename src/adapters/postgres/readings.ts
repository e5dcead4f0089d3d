// The record of what oversight read: whole for oversight, counted without a case for the registrar; the database decides which.

import { sql } from 'kysely';
import type { DayOfReading, Reading, ReadingRecords } from '../../app/oversight/ports.ts';
import { asPerson } from './casework/store.ts';
import type { Db } from './connection.ts';

export const readingRecords = (db: Db): ReadingRecords => ({
  each: (asked, most, below) =>
    asPerson(db, asked, async (tx) => {
      let found = tx
        .selectFrom('reading')
        .innerJoin('case_file', 'case_file.id', 'reading.case_id')
        .select(['reading.id as no', 'reading.at', 'reading.person as by', 'reference', 'part'])
        .orderBy('reading.id', 'desc')
        .limit(most);
      if (below !== null) found = found.where('reading.id', '<', below);
      return (await found.execute()).map((row) => ({ ...row, no: Number(row.no) }) as Reading);
    }),
  byDay: (asked, since, timeZone) =>
    asPerson(db, asked, async (tx) => {
      const { rows } = await sql<DayOfReading>`
        select day::text as day, person as by, cases::integer as cases, times::integer as times, parts
        from rogatory_readings(${since}, ${timeZone})`.execute(tx);
      return rows;
    }),
});
