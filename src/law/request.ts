// A request as outsiders hand it in (contract, section 2): read strictly, every fault with its place, nothing guessed.
// Attacker: whoever writes the file. Names are looked up as own keys only, so __proto__ and its kin are just unknown names.

import { type Day, parseDay } from '../kernel/calendar.ts';
import { accept, type Fault, type Outcome, refuse } from '../kernel/outcome.ts';
import { isStateCode } from '../kernel/state-code.ts';
import { escapePointer } from '../kernel/strict-json.ts';
import type { FactValue } from './provision.ts';
import type { FactSpec, RuleSet } from './rule-set.ts';

export type Request = {
  /** Null: every instrument that may bind the two States. */
  readonly instrument: string | null;
  readonly requestingState: string;
  readonly requestedState: string;
  readonly receivedOn: Day;
  readonly measure: string;
  /** Null where the request says outright that the fact is not known. */
  readonly facts: { readonly [fact: string]: FactValue | null };
};

const KEYS = ['$schema', 'instrument', 'requestingState', 'requestedState', 'receivedOn', 'measure', 'facts'];

export function readRequest(rules: RuleSet, input: unknown): Outcome<Request> {
  if (!isObject(input))
    return refuse({
      pointer: '',
      detail: 'a request is a JSON object with instrument, States, date, measure and facts',
    });
  const faults: Fault[] = [];
  const fault = (pointer: string, detail: string): void => void faults.push({ pointer, detail });
  for (const key of Object.keys(input))
    if (!KEYS.includes(key)) fault(`/${escapePointer(key)}`, `unknown key; a request has ${KEYS.slice(1).join(', ')}`);
  const own = (key: string): unknown => (Object.hasOwn(input, key) ? input[key] : undefined);

  const instruments = rules.packs.filter((pack) => pack.kind === 'instrument').map((pack) => pack.id);
  const instrument = own('instrument') ?? null;
  if (instrument !== null && !instruments.includes(instrument as string))
    fault('/instrument', `must be one of ${instruments.join(', ')}, or left out`);
  for (const key of ['requestingState', 'requestedState']) {
    const code = own(key);
    if (typeof code !== 'string' || !isStateCode(code))
      fault(
        `/${key}`,
        `${code === undefined ? 'is missing; ' : ''}must be a State's two capital letters (ISO 3166-1 alpha-2), like KE`,
      );
  }
  const receivedOn =
    own('receivedOn') === undefined
      ? refuse({ pointer: '/receivedOn', detail: 'is missing; must be the day of receipt, like 2028-03-01' })
      : parseDay(own('receivedOn'), '/receivedOn');
  if (!receivedOn.ok) faults.push(...receivedOn.faults);
  const measures = rules.measures.map((measure) => measure.id);
  if (!measures.includes(own('measure') as string))
    fault('/measure', `${own('measure') === undefined ? 'is missing; ' : ''}must be one of ${measures.join(', ')}`);
  const facts = readFacts(rules, own('facts') === undefined ? {} : own('facts'), fault);

  if (faults.length > 0 || !receivedOn.ok) return refuse(...faults);
  return accept({
    instrument: instrument as string | null,
    requestingState: own('requestingState') as string,
    requestedState: own('requestedState') as string,
    receivedOn: receivedOn.value,
    measure: own('measure') as string,
    facts,
  });
}

function readFacts(
  rules: RuleSet,
  input: unknown,
  fault: (pointer: string, detail: string) => void,
): Record<string, FactValue | null> {
  const facts: Record<string, FactValue | null> = {};
  if (!isObject(input)) {
    fault('/facts', 'must be an object: the name of each known fact and its value');
    return facts;
  }
  const specs = new Map(rules.facts.map((spec) => [spec.id, spec]));
  let names: ReadonlyMap<string, string> | undefined;
  for (const name of Object.keys(input)) {
    const spec = specs.get(name);
    const value = input[name];
    if (!spec) {
      names ??= namesOf(rules.facts);
      fault(`/facts/${escapePointer(name)}`, `unknown fact${suggestion(name, names)}`);
    } else if (value === null) facts[name] = null;
    else {
      const wrong = faultOf(spec, value);
      if (wrong) fault(`/facts/${escapePointer(name)}`, wrong);
      else facts[name] = value as FactValue;
    }
  }
  return facts;
}

/** What is wrong with a fact's value, if anything. */
export function faultOf(spec: FactSpec, value: unknown): string | undefined {
  switch (spec.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true, false or null (unknown)';
    case 'years':
      if (value === 'life') return undefined;
      if (typeof value !== 'number' || !Number.isFinite(value))
        return 'must be a number of years, "life" or null (unknown)';
      return value < 0 ? 'must not be negative' : undefined;
    case 'choice':
      return spec.choices.some((choice) => choice.value === value)
        ? undefined
        : `must be one of ${spec.choices.map((choice) => `"${choice.value}"`).join(', ')} or null (unknown)`;
    case 'date': {
      const day = parseDay(value);
      return day.ok ? undefined : day.faults[0]?.detail;
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Facts by what they are likely to be called: their name or its last word, in small letters; of equals the first. */
function namesOf(facts: readonly FactSpec[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { id } of facts)
    for (const name of [id, id.split('.')[1] ?? id].map((one) => one.toLowerCase()))
      if (!names.has(name)) names.set(name, id);
  return names;
}

/** The fact that was probably meant. Attacker: sends a hundred thousand names, so that the facts are not gone through for each. */
function suggestion(name: string, names: ReadonlyMap<string, string>): string {
  const lower = name.toLowerCase();
  const near = names.get(lower) ?? names.get(lower.split('.').at(-1) ?? lower);
  return near ? `; did you mean ${near}?` : '; docs/LAW.md and `rogatory law list` tell the names';
}
