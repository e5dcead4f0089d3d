// What oversight may enter in its book, and what the office may answer. No rule of a case is touched here.

import type { Day } from '../../kernel/calendar.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { draw, type Hash, type Hmac, type InDraw, populationText, readPopulation, seedOf } from './drawing.ts';
import type { Finding, FindingEvent, Made, Stance } from './finding.ts';
import type { Fixed, LookResult, Sample, SampleEvent } from './sample.ts';

/** Why oversight's book does not go on; said in words by `oversight.refusal.<code>`. */
export const REFUSALS = [
  'purpose-missing',
  'period-backwards',
  'population-empty',
  'population-too-large',
  'count',
  'lock-form',
  'already-drawn',
  'lapsed',
  'not-in-log',
  'no-seed-yet',
  'population-changed',
  'secret-missing',
  'secret-wrong',
  'not-drawn',
  'not-in-sample',
  'note-missing',
  'title-missing',
  'text-missing',
  'registrar-sees-no-case',
  'day-past',
  'closed',
  'no-such-case',
  'no-such-sample',
] as const;
export type BookRefusal = (typeof REFUSALS)[number];

const not = (code: BookRefusal, facts?: Refusal['facts']) => no(`oversight.${code}`, facts);
type Decided<E> = Outcome<E, Refusal>;

/** More cases than this make a list that nobody can hand over and check. */
export const LARGEST_POPULATION = 200_000;
export const LARGEST_SAMPLE = 500;

export type ToFix = Omit<Fixed, 'population' | 'seed'> & {
  readonly cases: readonly InDraw[];
  /** The log as it stands: how many entries it has, and how many each batch adds. */
  readonly log: { readonly origin: string; readonly size: number; readonly places: number };
};

/**
 * Fixes who can be drawn and which tree gives the seed: the one two batches on. The fixing enters with the first of them; what
 * is in the second, nobody knows yet.
 */
export function fixSample({ cases, log, ...own }: ToFix, hash: Hash): Decided<SampleEvent> {
  const { purpose, from, to, count, lock } = own;
  if (purpose.trim() === '') return not('purpose-missing');
  if (from !== null && to !== null && to < from) return not('period-backwards');
  if (cases.length === 0) return not('population-empty');
  if (cases.length > LARGEST_POPULATION) return not('population-too-large', { most: LARGEST_POPULATION });
  const most = Math.min(cases.length, LARGEST_SAMPLE);
  if (!Number.isInteger(count) || count < 1 || count > most) return not('count', { most });
  if (lock !== null && !/^[0-9a-f]{64}$/.test(lock)) return not('lock-form');
  const below = log.size + log.places;
  return accept({
    type: 'sample.fixed',
    ...own,
    purpose: purpose.trim(),
    population: {
      cases: cases.length,
      lots: cases.reduce((sum, one) => sum + one.lots, 0),
      sha256: hash(populationText(cases)),
    },
    seed: { origin: log.origin, below, size: below + log.places },
  });
}

export type ToDraw = {
  /** Where the fixing stands in the log; null while it waits. */
  readonly entry: number | null;
  /** The root of the announced tree, in hexadecimal; null while no checkpoint that covers it is published. */
  readonly root: string | null;
  /** The population as it was kept. */
  readonly population: string;
  readonly secret: string;
};

/** Draws what seed and population give; nothing else can be entered. A fixing that came too late is void. */
export function drawSample(sample: Sample, given: ToDraw, hash: Hash, hmac: Hmac): Decided<SampleEvent> {
  const { entry, root, population } = given;
  if (sample.drawn !== null) return not('already-drawn');
  if (sample.lapsed !== null) return not('lapsed');
  if (entry === null) return not('not-in-log');
  if (entry >= sample.seed.below) return accept({ type: 'sample.lapsed', entry });
  if (root === null) return not('no-seed-yet', { size: sample.seed.size });
  const cases = hash(population) === sample.population.sha256 ? readPopulation(population) : undefined;
  if (cases === undefined) return not('population-changed');
  const secret = sample.lock === null ? '' : given.secret.trim();
  if (sample.lock !== null && secret === '') return not('secret-missing');
  if (sample.lock !== null && hash(secret) !== sample.lock) return not('secret-wrong');
  const seed = seedOf(sample.id, root, secret, hash);
  const drawn = draw(cases, seed, sample.count, hmac).map(({ reference, id }) => ({ reference, id }));
  return accept({ type: 'sample.drawn', entry, root, secret, seed, drawn });
}

/** What oversight saw in a case that was drawn; looking again puts another word in the place of the last. */
export function lookAt(
  sample: Sample,
  { reference, result, note }: { readonly reference: string; readonly result: LookResult; readonly note: string },
): Decided<SampleEvent> {
  if (sample.drawn === null) return not('not-drawn');
  const found = sample.drawn.drawn.find((one) => one.reference === reference);
  if (found === undefined) return not('not-in-sample');
  if (result === 'finding' && note.trim() === '') return not('note-missing');
  return accept({ type: 'sample.looked', reference: found.reference, result, note: note.trim() });
}

/** Makes a finding. Whoever heads the office sees no case, so what is addressed to them names none. */
export function makeFinding(made: Made, today: Day): Decided<FindingEvent> {
  const [title, text, recommendation] = [made.title.trim(), made.text.trim(), made.recommendation.trim()];
  if (title === '') return not('title-missing');
  if (text === '') return not('text-missing');
  if (made.to === 'registrar' && made.cases.length > 0) return not('registrar-sees-no-case');
  if (made.replyBy < today) return not('day-past');
  return accept({ type: 'finding.made', ...made, title, text, recommendation });
}

const isClosed = ({ entries }: Finding): boolean => entries.at(-1)?.is === 'close';

/** The office answers; again, where it has more to say. */
export function replyTo(
  finding: Finding,
  { stance, text, doneBy }: { readonly stance: Stance; readonly text: string; readonly doneBy: Day | null },
  today: Day,
): Decided<FindingEvent> {
  if (isClosed(finding)) return not('closed');
  if (text.trim() === '') return not('text-missing');
  if (doneBy !== null && doneBy < today) return not('day-past');
  return accept({ type: 'finding.replied', stance, text: text.trim(), doneBy });
}

/** Oversight looks again. */
export function followUp(
  finding: Finding,
  { text, replyBy }: { readonly text: string; readonly replyBy: Day | null },
  today: Day,
): Decided<FindingEvent> {
  if (isClosed(finding)) return not('closed');
  if (text.trim() === '') return not('text-missing');
  if (replyBy !== null && replyBy < today) return not('day-past');
  return accept({ type: 'finding.followed-up', text: text.trim(), replyBy });
}

/** Oversight is content, or lets it rest, and says why. */
export function closeFinding(finding: Finding, { text }: { readonly text: string }): Decided<FindingEvent> {
  if (isClosed(finding)) return not('closed');
  if (text.trim() === '') return not('text-missing');
  return accept({ type: 'finding.closed', text: text.trim() });
}
