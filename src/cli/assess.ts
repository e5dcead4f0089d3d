// `rogatory assess`: one request, or one a line, to a reasoned assessment; for people or as JSON (contract, section 1).

import { buildCommand } from '@stricli/core';
import { type AssessOptions, assessInput } from '../app/assess-request.ts';
import type { LawBook } from '../app/law-book.ts';
import { parseDay } from '../kernel/calendar.ts';
import { isLanguage, type Language, LANGUAGES } from '../kernel/language.ts';
import type { Fault, Outcome } from '../kernel/outcome.ts';
import { parseJson } from '../kernel/strict-json.ts';
import type { Policy } from '../law/profile.ts';
import { type Context, unusable } from './context.ts';
import { describeAssessment } from './describe.ts';

type Flags = {
  readonly asOf?: string;
  readonly profile?: string;
  readonly law?: string;
  readonly language?: string;
  readonly json: boolean;
  readonly ndjson: boolean;
};

export const assessCommand = buildCommand<Flags, [string], Context>({
  docs: {
    brief: 'Assess a request: the outcome, why, what to ask next, what follows',
    fullDescription:
      'Reads a request (docs/API.md, schemas/request.schema.json) from a file, or from standard input when the name is -. Runs without server, database or network.\nExit status: 0 assessed, 2 unusable input, 1 a defect of the program.',
  },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'The request, a JSON file; .ndjson holds one a line; - is standard input',
          parse: String,
          placeholder: 'REQUEST.json',
        },
      ],
    },
    flags: {
      asOf: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Apply the law of this day, not of the day of receipt',
        placeholder: 'YYYY-MM-DD',
      },
      profile: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: "Apply this State profile's policy",
        placeholder: 'PROFILE.yaml',
      },
      law: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Use this law folder, or an archived rule set (rogatory law archive)',
        placeholder: 'PATH',
      },
      language: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: `Language of the explanations: ${LANGUAGES.join(', ')}`,
        placeholder: 'TAG',
      },
      json: { kind: 'boolean', default: false, withNegated: false, brief: 'Print the assessment as JSON' },
      ndjson: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Read one request a line, print one JSON result a line',
      },
    },
  },
  func: async function (this: Context, flags, path) {
    const book = await this.openLaw(flags.law);
    if (!book.ok) return unusable(this, null, book.faults);
    const options = await readOptions(this, book.value, flags);
    if (!options.ok) return unusable(this, null, options.faults);
    return flags.ndjson || path.endsWith('.ndjson')
      ? assessLines(this, book.value, path, options.value)
      : assessOne(this, book.value, path, options.value, flags.json);
  },
});

async function readOptions(context: Context, book: LawBook, flags: Flags): Promise<Outcome<AssessOptions>> {
  const faults: Fault[] = [];
  const day = flags.asOf === undefined ? undefined : parseDay(flags.asOf, '--as-of');
  if (day && !day.ok) faults.push(...day.faults);
  let policy: Policy | undefined;
  if (flags.profile !== undefined) {
    const loaded = await context.loadPolicy(book.rules, flags.profile);
    if (loaded.ok) policy = loaded.value;
    else faults.push(...loaded.faults);
  }
  const language: Language | undefined =
    flags.language !== undefined && isLanguage(flags.language) ? flags.language : undefined;
  if (flags.language !== undefined && language === undefined)
    faults.push({ pointer: '--language', detail: `must be one of ${LANGUAGES.join(', ')}` });
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    value: {
      ...(day?.ok ? { asOf: day.value } : {}),
      ...(policy ? { policy } : {}),
      ...(language ? { language } : {}),
    },
  };
}

async function assessOne(
  context: Context,
  book: LawBook,
  path: string,
  options: AssessOptions,
  json: boolean,
): Promise<void> {
  const text = await context.readText(path);
  if (!text.ok) return unusable(context, path, text.faults);
  const parsed = parseJson(text.value);
  if (!parsed.ok) return unusable(context, path, parsed.faults);
  const assessed = assessInput(book, parsed.value.value, options);
  if (!assessed.ok) {
    const faults = assessed.faults.map((fault) => withLine(fault, parsed.value.lineOf(fault.pointer)));
    return unusable(context, path, faults);
  }
  await context.out(
    json ? `${JSON.stringify(assessed.value.assessment, null, 2)}\n` : describeAssessment(book, assessed.value),
  );
}

const withLine = (fault: Fault, line: number | undefined): Fault => (line === undefined ? fault : { ...fault, line });

/** One result a line, in order; an unusable line gives its error there and status 2 at the end. */
async function assessLines(context: Context, book: LawBook, path: string, options: AssessOptions): Promise<void> {
  const lines = context.readLines(path);
  if (!lines.ok) return unusable(context, path, lines.faults);
  let unusableLines = 0;
  for await (const line of lines.value) {
    if (line.ok && line.value.trim() === '') continue;
    const parsed = line.ok ? parseJson(line.value) : line;
    const assessed = parsed.ok ? assessInput(book, parsed.value.value, options) : parsed;
    if (assessed.ok) await context.out(`${JSON.stringify(assessed.value.assessment)}\n`);
    else {
      unusableLines++;
      await context.out(
        `${JSON.stringify({ error: assessed.faults.map((fault) => `${fault.pointer || '(whole line)'}: ${fault.detail}`).join('; ') })}\n`,
      );
    }
  }
  if (unusableLines > 0) context.exit(2);
}
