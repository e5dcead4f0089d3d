// A request that comes as a JSON file: read, checked, and every fault said in the language of the page with its place.

import type { Fault } from '../../kernel/outcome.ts';
import { parseJson } from '../../kernel/strict-json.ts';
import { readRequest } from '../../law/request.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { LawContext } from '../context.ts';
import { emptyStart, type View, viewOfRequest } from './view.ts';
import { pointerText } from './start.ts';

/** Faults shown at most: beyond these, the file is something else. */
const SHOWN = 12;

/** The view of a request file, or the start with what is wrong in it. */
export function viewOfFile(context: LawContext, text: string): View {
  const parsed = parseJson(text);
  if (!parsed.ok)
    return withFaults(
      context,
      parsed.faults.map((fault) =>
        say(context, fault, text.trim() === '' ? 'empty' : fault.pointer === '' ? 'notJson' : 'twice'),
      ),
    );
  const request = readRequest(context.book.rules, parsed.value.value);
  if (!request.ok)
    return withFaults(
      context,
      request.faults.map((fault) =>
        say(context, { ...fault, line: parsed.value.lineOf(fault.pointer) ?? 1 }, kindOf(context, fault)),
      ),
    );
  return viewOfRequest(context, request.value);
}

const withFaults = (context: LawContext, errors: readonly FieldError[]): View => ({
  ...emptyStart(context),
  errors: errors.slice(0, SHOWN),
});

/** What is wrong, by the place where it is wrong: the core's own sentences are for programs, and in English. */
function kindOf({ book }: LawContext, { pointer }: Fault): string {
  const [, first = '', second] = pointer.split('/');
  if (pointer === '') return 'notObject';
  if (first === 'facts' && second !== undefined) {
    const spec = book.rules.facts.find((one) => one.id === second.replaceAll('~1', '/').replaceAll('~0', '~'));
    return spec ? spec.type : 'unknownFact';
  }
  return ['instrument', 'requestingState', 'requestedState', 'receivedOn', 'measure', 'facts'].includes(first)
    ? first
    : 'unknownKey';
}

function say({ t }: LawContext, { pointer, line }: Fault & { readonly line?: number }, kind: string): FieldError {
  return { field: 'file', message: t.rich(`check.fault.${kind}`, { pointer: pointerText(pointer), line: line ?? 1 }) };
}
