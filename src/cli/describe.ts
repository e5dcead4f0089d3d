// An assessment in words for a terminal: outcome first, then why, what to ask, what follows, every line with its citation.

import type { Assessed } from '../app/assess-request.ts';
import type { LawBook } from '../app/law-book.ts';
import type { Listed, RunningClock } from '../law/assessment.ts';
import type { Finding } from '../law/findings.ts';
import type { OutcomeName } from '../law/verdict.ts';

const WORDS: { readonly [O in OutcomeName]: string } = {
  'no-basis': 'NO BASIS: the instrument does not cover this request',
  'must-refuse': 'MUST BE REFUSED',
  'may-refuse': 'MAY BE REFUSED',
  'needs-information': 'NEEDS INFORMATION: nothing is disclosed until the open questions are answered',
  'needs-conditions': 'NEEDS CONDITIONS: may be executed once they are agreed',
  'may-execute': 'MAY BE EXECUTED',
};
const CONFIDENCE = {
  certified: 'checked against the certified text',
  secondary: 'from a secondary source',
  unverified: 'not checked against the certified text',
};
const SIGN = { met: '+', 'not-met': '-', undetermined: '?', 'not-applicable': ' ' };

export function describeAssessment(book: LawBook, { request, instrument, assessment, fromRegister }: Assessed): string {
  const name = (id: string) => book.rules.packs.find((pack) => pack.prefix === id || pack.id === id)?.short.en ?? id;
  const byId = new Map(assessment.findings.map((finding) => [finding.provision, finding]));
  const measure = book.rules.measures.find((one) => one.id === request.measure)?.title.en ?? request.measure;
  const lines: string[] = [];
  const section = (title: string, rows: readonly string[]): void =>
    void (rows.length > 0 && lines.push('', title, ...rows));
  const cite = (finding: Finding | undefined): string =>
    finding?.cites
      .slice(0, 1)
      .map(
        (one) =>
          `${name(one.instrument)} ${one.place}, ${CONFIDENCE[one.confidence]}${finding.reviewed ? '' : ', not yet reviewed by a jurist'}`,
      )
      .join() ?? '';
  const withConfidence = (id: string): string => `${id} (${byId.get(id)?.cites[0]?.confidence})`;
  const listed = (one: Listed, more = ''): string[] => [
    ...wrap(`  * ${one.what}${more}`, 4),
    `      [${one.provision}] ${cite(byId.get(one.provision))}`,
  ];

  lines.push(
    `${WORDS[assessment.outcome]}${assessment.stable || assessment.outcome === 'needs-information' ? '' : ' (as far as is known today: an answer still open could change this)'}`,
  );
  lines.push(
    '',
    ...wrap(
      `${measure} asked of ${request.requestedState} by ${request.requestingState} under ${name(instrument)}, received ${request.receivedOn}.`,
      0,
    ),
  );
  lines.push(...wrap(standing(assessment), 0));
  const filled = Object.entries(fromRegister).map(([fact, value]) => `${fact} = ${value}`);
  if (filled.length > 0) lines.push(...wrap(`Taken from the treaty-status register: ${filled.join(', ')}.`, 0));
  section(
    'Why',
    assessment.because.slice(0, 12).flatMap((id) => {
      const finding = byId.get(id) as Finding;
      return [
        ...wrap(`  ${SIGN[finding.verdict]} ${finding.explanation}`, 4),
        ...(finding.gap ? wrap(`      ${finding.gap}`, 6) : []),
        `      [${id}] ${cite(finding)}`,
      ];
    }),
  );
  if (assessment.because.length > 12) lines.push(`  ... and ${assessment.because.length - 12} more (--json shows all)`);
  section(
    `Ask next, most decisive first (${assessment.askNext.length} open)`,
    assessment.askNext
      .slice(0, 8)
      .flatMap((next, i) => [
        ...wrap(`  ${i + 1}. ${next.question}${next.judgement ? ' (a person answers, with reasons)' : ''}`, 5),
        `     [${next.fact}]${next.couldReach.length > 0 ? ` one answer could make it: ${next.couldReach.join(', ')};` : ''} decides ${next.decides.map(withConfidence).join(', ') || 'nothing alone'}`,
      ]),
  );
  section(
    'Conditions to agree',
    assessment.conditions.flatMap((one) => listed(one)),
  );
  section(
    'Other courses open',
    assessment.options.flatMap((one) => listed(one)),
  );
  section(
    'Duties',
    assessment.duties.flatMap((one) => listed(one, one.clock ? ` (${clockWords(one.clock)})` : '')),
  );
  section(
    'May not be refused on these grounds',
    assessment.barsToRefusal.flatMap((one) => listed(one)),
  );
  if (assessment.instruments.length > 1)
    section(
      'Under each instrument',
      assessment.instruments.map((one) => `  ${one.outcome.padEnd(18)} ${name(one.instrument)}`),
    );
  const policy = assessment.law.policy
    ? `policy of ${assessment.law.policy.state}, ${assessment.law.policy.hash}`
    : "the packs' own policy";
  lines.push(
    '',
    `Law of ${assessment.law.asOf}, rule set ${assessment.law.ruleSet},`,
    `packs ${assessment.law.packs.map((pack) => `${pack.id} ${pack.version}`).join(', ')}; ${policy}.`,
    'Advice with reasons: a person decides, and a second person countersigns. Not legal advice.',
    '',
  );
  return lines.join('\n');
}

/** How far the assessment has come, in a sentence. */
function standing({ open, because, outcome }: Assessed['assessment']): string {
  const still = open.length === 0 ? 'Every check is answered' : `${open.length} checks are still open`;
  if (outcome === 'may-execute') return `${still} and nothing stands in the way.`;
  if (outcome === 'needs-information') return `${still}; none of those answered stops the request.`;
  return `${because.length === 1 ? 'One rule leads' : `${because.length} rules lead`} to this. ${still}.`;
}

function clockWords(clock: RunningClock): string {
  const bound = { 'at-least': 'at least', 'at-most': 'at most', within: 'within' }[clock.bound];
  const start = {
    receipt: 'from receipt',
    hold: 'from the day of the hold',
    order: 'from the order',
    disclosure: 'from the disclosure',
  }[clock.from];
  const end = clock.ifStartedOnReceipt ? `: until ${clock.ifStartedOnReceipt} if that was the day of receipt` : '';
  return `${bound} ${clock.amount} ${clock.unit} ${start}${end}${clock.then ? `; ${clock.then}` : ''}`;
}

/** Folds a line at 100 columns, further lines indented. */
function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) /)) {
    if (line !== '' && line.length + word.length + 1 > 100) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
