// What every letter of a case has in common, taken from its file: who writes, to whom, about what, and in which words.

import { dayIn } from '../../domain/calendar/moment.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import { holdUntil } from '../../domain/preservation/preservation.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { type Language, say as sayText, type Text } from '../../kernel/language.ts';
import { STATE_CODES } from '../../kernel/state-code.ts';
import type { About, Addressee, Head, Held, Office, Signatory } from '../letters/letter.ts';
import { cited, spelled } from '../citation.ts';
import type { LetterWords, Say } from '../letters/ports.ts';
import type { Casework } from './act.ts';

/** Everything a letter is written from. */
export type Desk = {
  readonly work: Pick<Casework, 'law' | 'office' | 'world'>;
  readonly file: CaseFile;
  readonly language: Language;
  readonly date: Day;
  readonly words: LetterWords;
  /** The names of people who sign. */
  readonly names: { readonly [person: string]: string };
};

export const sayer = ({ words, language }: Desk): Say => words(language);
export const said = ({ language }: Desk, text: Text): string => sayText(text, language);

/** The parts of every letter. `subject` is what it is about in a few words. */
export const headOf = (desk: Desk, to: Addressee, subject: string): Head => ({
  language: desk.language,
  reference: desk.file.reference,
  theirReference: desk.file.request.content.caseReference ?? '',
  date: desk.date,
  from: officeOf(desk),
  to,
  subject,
});

/** The authority of the State's profile that writes; undefined where this office has no profile. */
export function authorityOf({ law, office }: Pick<Casework, 'law' | 'office'>) {
  const profile = law.policy.profile?.state === office().state ? law.policy.profile : null;
  return profile?.authorities.find(({ role }) => role === 'central-authority') ?? profile?.authorities[0];
}

/** This office as its State profile names it; the office's own name where there is none. */
export function officeOf(desk: Desk): Office {
  const { state, name } = desk.work.office();
  const authority = authorityOf(desk.work);
  return {
    state: stateIn(desk, state),
    name: authority ? said(desk, authority.title) : name,
    address: [],
    reach: authority?.reach ?? '',
  };
}

/** The authority on the other side. */
export function otherSide(desk: Desk): Addressee {
  const { direction, request, requestingState, requestedState } = desk.file;
  const { requestingAuthority, addressee } = request.content;
  const incoming = direction === 'incoming';
  const name = (incoming ? requestingAuthority?.name : addressee?.name) ?? '';
  const state = stateIn(desk, incoming ? requestingState : requestedState);
  if (name === '') return { name: state, address: [] };
  const lines = incoming
    ? [requestingAuthority?.personInCharge, requestingAuthority?.email, state]
    : [addressee?.address, state];
  return { name, address: lines.filter((line) => line !== undefined) };
}

export function aboutOf(desk: Desk): About {
  const { file, work } = desk;
  return {
    measure: measureOf(desk),
    requestingState: stateIn(desk, file.requestingState),
    requestedState: stateIn(desk, file.requestedState),
    receivedOn: dayHere(work, file.receivedAt),
  };
}

export function measureOf(desk: Desk): string {
  const measure = desk.work.law.book.rules.measures.find((one) => one.id === desk.file.measure);
  return measure ? said(desk, measure.title) : desk.file.measure;
}

/** The name of a State in the language of the letter; our own as its profile names it, its code where that is given to none. */
export function stateIn({ work, language }: Desk, code: string): string {
  const { profile } = work.law.policy;
  if (profile?.state === code) return sayText(profile.title, language);
  if (!STATE_CODES.includes(code) && code !== 'EU') return code;
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}

/** The day it is in the office at that moment. */
export const dayHere = ({ office }: Desk['work'], at: Instant): Day => dayIn(at, office().settings.calendar.timeZone);

/** A category of data in words of the form. */
export const categoryOf = (desk: Desk, category: string): string =>
  ['subscriber', 'traffic', 'content'].includes(category)
    ? sayer(desk)(`request.option.dataCategories.category.${category}`)
    : category;

/** Whether the data are kept meanwhile; null where nobody asked for it. */
export function heldOf({ file }: Desk): Held | null {
  const until = holdUntil(file.preservation);
  return until === null ? null : { held: true, until };
}

/** A person as they sign: by name, for this office. */
export const signatory = (desk: Desk, person: PersonId): Signatory => ({
  name: desk.names[person] ?? '',
  function: officeOf(desk).name,
});

/** Where a provision stands: the short name of its source and the place in it. */
export function citationOf(desk: Desk, id: string): string {
  const say = sayer(desk);
  const found = cited(desk.work.law.book.rules, id, desk.language);
  if (found === undefined) return id;
  if ('title' in found) return say('site.pair', { name: found.source, value: found.title });
  const place = spelled(
    found.place,
    (word) => say(`site.place.${word}`),
    (text) => text,
  );
  return `${found.source} ${place.join('')}`;
}

/** Where what this office decides can be challenged by the person or by the other State, as the State's profile says. */
export function remediesFor(desk: Desk, whom: 'person' | 'requesting-state') {
  const { law, office } = desk.work;
  const profile = law.policy.profile?.state === office().state ? law.policy.profile : null;
  return (profile?.remedies ?? [])
    .filter((one) => one.for === whom)
    .map(({ body, how, days, law: source }) => ({ body: said(desk, body), how: said(desk, how), days, law: source }));
}
