// A request as a file that one office hands to another: its header, its content, and nothing else.

import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { accept, type Fault, type Outcome, refuse } from '../../kernel/outcome.ts';
import { isStateCode } from '../../kernel/state-code.ts';
import { escapePointer, parseJson } from '../../kernel/strict-json.ts';
import { type ContentFault, readContent, type RequestContent } from './content.ts';
import { isMeasure, MEASURES, type Measure } from './fields-measures.ts';

/** The version of the format: a reader that knows another one refuses the file instead of misreading it. */
export const FORMAT = 'request/1';
/** The id of an instrument: which ids there are, the law says. */
export const INSTRUMENT = /^[a-z0-9][a-z0-9-]{0,39}$/;

export type RequestFile = {
  readonly rogatory: typeof FORMAT;
  readonly measure: Measure;
  /** ISO 3166-1 alpha-2. */
  readonly requestingState: string;
  readonly requestedState: string;
  /** The instrument relied on; without it, whichever binds the two States. */
  readonly instrument?: string;
  readonly content: RequestContent;
};

/** A fault with a code for the pages' own words: the header's key that is wrong, `key`, `object`, or a fault of content. */
export type FileFault = Fault & Partial<Pick<ContentFault, 'code' | 'values'>>;

const KEYS = ['rogatory', 'measure', 'requestingState', 'requestedState', 'instrument', 'content'];

/** Reads the text of a file; every fault with its JSON Pointer and its line. */
export function parseRequestFile(text: string): Outcome<RequestFile, FileFault> {
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  const file = readRequestFile(parsed.value.value);
  if (file.ok) return file;
  return refuse(
    ...file.faults.map((fault): FileFault => {
      const line = parsed.value.lineOf(fault.pointer);
      return line === undefined ? fault : { ...fault, line };
    }),
  );
}

/** Reads a file that is JSON already; every fault with its JSON Pointer. `$schema` is for editors and is not kept. */
export function readRequestFile(input: unknown): Outcome<RequestFile, FileFault> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return refuse({ pointer: '', code: 'object', detail: `must be a JSON object with ${KEYS.join(', ')}` });
  const faults: FileFault[] = [];
  const own = (key: string): unknown =>
    Object.hasOwn(input, key) ? (input as Record<string, unknown>)[key] : undefined;
  for (const key of Object.keys(input))
    if (!KEYS.includes(key) && key !== '$schema')
      faults.push({
        pointer: `/${escapePointer(key.slice(0, 60))}`,
        code: 'key',
        detail: `unknown key; a request has ${KEYS.join(', ')}`,
      });
  const must = (key: string, good: boolean, expected: string): void => {
    if (!good)
      faults.push({
        pointer: `/${key}`,
        code: key,
        detail: `${own(key) === undefined ? 'is missing; ' : ''}must be ${expected}`,
      });
  };
  const { measure, instrument } = { measure: own('measure'), instrument: own('instrument') };
  must('rogatory', own('rogatory') === FORMAT, `"${FORMAT}", the version of this format`);
  must('measure', isMeasure(measure), `one of ${MEASURES.join(', ')}`);
  for (const key of ['requestingState', 'requestedState']) {
    const code = own(key);
    must(
      key,
      typeof code === 'string' && isStateCode(code),
      "a State's two capital letters (ISO 3166-1 alpha-2), like KE",
    );
  }
  const named = typeof instrument === 'string' && INSTRUMENT.test(instrument);
  must('instrument', instrument === undefined || named, 'the id of an instrument, or left out');
  const content = readContent(own('content'));
  if (!content.ok) faults.push(...content.faults.map((fault) => ({ ...fault, pointer: `/content${fault.pointer}` })));
  if (faults.length > 0 || !content.ok || !isMeasure(measure)) return refuse(...faults);
  return accept({
    rogatory: FORMAT,
    measure,
    requestingState: own('requestingState') as string,
    requestedState: own('requestedState') as string,
    ...(named ? { instrument } : {}),
    content: content.value,
  });
}

/** The one text of a request, to be hashed, signed and sent (RFC 8785). */
export const writeRequestFile = (file: RequestFile): string => canonicalJson(file as Json);
