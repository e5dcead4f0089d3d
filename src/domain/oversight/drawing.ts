// Drawing a sample so that nobody can choose it: from the list of cases and the seed alone. docs/spec/sample.md says the same
// for strangers, with commands; whoever changes one changes the other.
// Attackers: oversight, who would like to find nothing, and the office, which would like nothing to be found.

import type { CaseId, Reference } from '../docket/case-file.ts';

/** SHA-256 of a text in UTF-8, in hexadecimal. */
export type Hash = (text: string) => string;
/** HMAC-SHA256 under a key in hexadecimal, of a text in UTF-8, in hexadecimal. */
export type Hmac = (key: string) => (text: string) => string;

/** What makes a case worth a second look, as far as it can be read from outside the case. */
export const RISKS = [
  'override',
  'emergency',
  'late-notice',
  'long-secrecy',
  'complaint',
  'sealed',
  'refused',
] as const;
export type Risk = (typeof RISKS)[number];
export const isRisk = (text: string): text is Risk => (RISKS as readonly string[]).includes(text);

/** How many lots each adds in a sample by risk, in which every case has one. */
export const POINTS: { readonly [R in Risk]: number } = {
  override: 5,
  emergency: 5,
  'late-notice': 4,
  'long-secrecy': 3,
  complaint: 3,
  sealed: 2,
  refused: 1,
};

export const SAMPLE_KINDS = ['random', 'by-risk'] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

/** A case in a population. */
export type InDraw = {
  readonly reference: Reference;
  readonly id: CaseId;
  readonly lots: number;
  readonly risks: readonly Risk[];
};

export const lotsOf = (kind: SampleKind, risks: readonly Risk[]): number =>
  kind === 'random' ? 1 : risks.reduce((sum, risk) => sum + POINTS[risk], 1);

/** The population as it is hashed: a line a case, by reference. */
export const populationText = (cases: readonly InDraw[]): string =>
  [...cases]
    .sort((a, b) => (a.reference < b.reference ? -1 : 1))
    .map(({ reference, id, lots, risks }) => `${reference} ${id} ${lots} ${risks.join(',') || '-'}\n`)
    .join('');

const LINE = /^(\S+) ([0-9a-f-]{36}) ([1-9]\d{0,2}) (\S+)$/;

/** Reads it back; undefined for anything but the one text that `populationText` writes of these cases. */
export function readPopulation(text: string): readonly InDraw[] | undefined {
  const cases: InDraw[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    const [, reference, id, lots, risks = ''] = LINE.exec(line) ?? [];
    if (reference === undefined) return undefined;
    const read = risks === '-' ? [] : risks.split(',');
    if (!read.every(isRisk)) return undefined;
    cases.push({ reference: reference as Reference, id: id as CaseId, lots: Number(lots), risks: read });
  }
  return populationText(cases) === text && new Set(cases.map(({ id }) => id)).size === cases.length ? cases : undefined;
}

/** `root` of the announced tree of the log, in hexadecimal; `secret` is empty where none was locked in. */
export const seedOf = (sample: string, root: string, secret: string, hash: Hash): string =>
  hash(`rogatory/sample/v1\n${sample}\n${root}\n${secret}\n`);

/** A case with its best lot. */
export type Ranked = Pick<InDraw, 'reference' | 'id'> & { readonly rank: string };

/** The first `count` cases when each is ranked by the smallest HMAC of its lots under the seed. */
export function draw(cases: readonly InDraw[], seed: string, count: number, hmac: Hmac): readonly Ranked[] {
  const under = hmac(seed);
  const ranked = cases.map(({ reference, id, lots }) => {
    let rank = under(`${id} 1`);
    for (let lot = 2; lot <= lots; lot++) {
      const other = under(`${id} ${lot}`);
      if (other < rank) rank = other;
    }
    return { reference, id, rank };
  });
  return ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, count);
}
