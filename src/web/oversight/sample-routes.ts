// Routes of samples: the form that fixes one, the page on which it is drawn and looked through, and its files for strangers.

import { type Context, Hono } from 'hono';
import type { OversightPorts } from '../../app/oversight/book-ports.ts';
import { sampleFile } from '../../app/oversight/sample-file.ts';
import {
  beginSample,
  type BookActed,
  drawNow,
  populationFile,
  populationOf,
  readSample,
  recordLook,
  type SampleAsked,
  samplesOf,
} from '../../app/oversight/samples.ts';
import { isRisk, SAMPLE_KINDS, type SampleKind } from '../../domain/oversight/drawing.ts';
import { LOOKS, type LookResult } from '../../domain/oversight/sample.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { type Day, parseDay } from '../../kernel/calendar.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { type Fields, fieldsOf, one } from '../casework/answers.ts';
import { type Desk, type DeskEnv, nothingHere } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import { OVERSIGHT, refusalsOf, samplePath, type TypedFields } from './parts.ts';
import { samplePage } from './sample-page.ts';
import { newSamplePage, type NewSampleView, samplesPage } from './samples-page.ts';

type C = Context<DeskEnv>;
const AT = `${OVERSIGHT}/samples`;

export function sampleRoutes(ports: OversightPorts): Hono<DeskEnv> {
  const form = (c: C, view: Partial<NewSampleView>, status: 200 | 422 = 200) => {
    const { every } = ports.log.cadence;
    const minutes = Math.max(1, Math.ceil((every * 2) / 60));
    return c.html(newSamplePage(c.var.desk, { typed: {}, errors: [], counted: null, minutes, ...view }), status);
  };
  const show = async (c: C, errors: readonly FieldError[] = [], typed: TypedFields = {}) => {
    const { desk } = c.var;
    const read = await readSample(ports, desk.actor, numberIn(c));
    if (read === undefined) return nothingHere(c);
    const people = [...new Set(read.file.steps.map(({ by }) => by))] as PersonId[];
    const names = await desk.work.store.names(people);
    const nameOf = (person: string): string => names[person] ?? person;
    return c.html(samplePage(desk, { read, errors, typed, nameOf }), errors.length > 0 ? 422 : 200);
  };
  const after = (c: C, acted: BookActed, typed: TypedFields = {}) => {
    if (acted.is === 'absent') return nothingHere(c);
    if (acted.is === 'refused') return show(c, refusalsOf(c.var.desk, acted), typed);
    return c.redirect(samplePath(acted.no), 303);
  };

  return new Hono<DeskEnv>()
    .get(AT, async (c) => c.html(samplesPage(c.var.desk, await samplesOf(ports, c.var.desk.actor))))
    .get(`${AT}/new`, (c) => form(c, {}))
    .post(AT, async (c) => {
      const { desk } = c.var;
      const fields = await fieldsOf(c);
      const { asked, errors } = readAsked(desk, fields);
      if (errors.length > 0) return form(c, { typed: fields, errors }, 422);
      if (one(fields, 'do') === 'count') {
        const counted = (await populationOf(ports, desk.actor, asked)).length;
        return form(c, { typed: fields, counted });
      }
      const acted = await beginSample(ports, desk.actor, asked);
      if (acted.is === 'absent') return nothingHere(c);
      if (acted.is === 'refused') return form(c, { typed: fields, errors: refusalsOf(desk, acted) }, 422);
      return c.redirect(samplePath(acted.no), 303);
    })
    .get(`${AT}/:no{[1-9][0-9]{0,8}}`, (c) => show(c))
    .post(`${AT}/:no{[1-9][0-9]{0,8}}/draw`, async (c) => {
      const fields = await fieldsOf(c);
      const secret = one(fields, 'secret');
      return after(c, await drawNow(ports, c.var.desk.actor, numberIn(c), secret), { secret });
    })
    .post(`${AT}/:no{[1-9][0-9]{0,8}}/look`, async (c) => {
      const fields = await fieldsOf(c);
      const result = (LOOKS as readonly string[]).includes(one(fields, 'result')) ? one(fields, 'result') : LOOKS[0];
      const look = { reference: one(fields, 'reference'), result: result as LookResult, note: textIn(fields, 'note') };
      const acted = await recordLook(ports, c.var.desk.actor, numberIn(c), look);
      if (acted.is !== 'done') return after(c, acted, look);
      return c.redirect(`${samplePath(acted.no)}#case-${look.reference}`, 303);
    })
    .get(`${AT}/:no{[1-9][0-9]{0,8}}/population.txt`, async (c) => {
      const text = await populationFile(ports, c.var.desk.actor, numberIn(c));
      if (text === undefined) return nothingHere(c);
      return c.body(text, 200, attached('text/plain', `sample-${numberIn(c)}-population.txt`));
    })
    .get(`${AT}/:no{[1-9][0-9]{0,8}}/sample.json`, async (c) => {
      const file = await sampleFile(ports, c.var.desk.actor, numberIn(c));
      if (file === undefined) return nothingHere(c);
      const text = `${canonicalJson(file as unknown as Json)}\n`;
      return c.body(text, 200, attached('application/json', `sample-${file.no}.json`));
    });
}

const numberIn = (c: C): number => Number(c.req.param('no'));
const textIn = (fields: Fields, name: string): string => one(fields, name).replace(/\r\n?/g, '\n');
const attached = (type: string, name: string) => ({
  'content-type': `${type}; charset=utf-8`,
  'content-disposition': `attachment; filename="${name}"`,
});

/** Digits as Arabic and Persian write them, made the common ones. */
const commonDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

function readAsked(
  desk: Desk,
  fields: Fields,
): { readonly asked: SampleAsked; readonly errors: readonly FieldError[] } {
  const { t } = desk.page;
  const errors: FieldError[] = [];
  const day = (name: string): Day | null => {
    const text = one(fields, name).trim();
    const read = parseDay(text);
    if (text !== '' && !read.ok) errors.push({ field: name, message: t('oversight.day.wrong') });
    return read.ok ? read.value : null;
  };
  const count = commonDigits(one(fields, 'count').trim());
  if (!/^\d{1,4}$/.test(count)) errors.push({ field: 'count', message: t('oversight.count.wrong') });
  const kind = one(fields, 'kind');
  const lock = one(fields, 'lock').trim().toLowerCase();
  return {
    asked: {
      kind: (SAMPLE_KINDS as readonly string[]).includes(kind) ? (kind as SampleKind) : 'random',
      purpose: one(fields, 'purpose'),
      from: day('from'),
      to: day('to'),
      only: (fields['only'] ?? []).filter(isRisk),
      count: Number(count),
      lock: lock === '' ? null : lock,
    },
    errors,
  };
}
