// Samples and findings as their events make them.

import type { Instant } from '../../kernel/instant.ts';
import { Defect } from '../../kernel/outcome.ts';
import type { PersonId } from '../registry/person.ts';
import type { Entered } from './book.ts';
import type { Finding, FindingEvent } from './finding.ts';
import type { Sample, SampleEvent } from './sample.ts';

type Later<E extends { readonly type: string }, First extends string> = Exclude<E, { readonly type: First }>;

/** The sample that its steps make; the first of them fixes it. */
export function sampleFrom(steps: readonly Entered[]): Sample {
  const [first, ...others] = steps as readonly Entered<SampleEvent>[];
  if (first?.event.type !== 'sample.fixed') throw new Defect('a sample that nobody fixed');
  const { type: _, ...fixed } = first.event;
  const { at: fixedAt, by } = first;
  const begun: Sample = { ...fixed, fixedAt, by, drawn: null, lapsed: null, looks: {} };
  return others.reduce((sample, one) => {
    if (one.event.type === 'sample.fixed') throw new Defect('a sample that was fixed twice');
    return evolveSample(sample, one.event, one.at, one.by);
  }, begun);
}

function evolveSample(sample: Sample, event: Later<SampleEvent, 'sample.fixed'>, at: Instant, by: PersonId): Sample {
  switch (event.type) {
    case 'sample.drawn': {
      const { type: _, ...drawn } = event;
      return { ...sample, drawn: { ...drawn, at, by } };
    }
    case 'sample.lapsed':
      return { ...sample, lapsed: at };
    case 'sample.looked': {
      const { reference, result, note } = event;
      return { ...sample, looks: { ...sample.looks, [reference]: { result, note, by, at } } };
    }
  }
}

/** The finding that its steps make. */
export function findingFrom(steps: readonly Entered[]): Finding {
  const [first, ...others] = steps as readonly Entered<FindingEvent>[];
  if (first?.event.type !== 'finding.made') throw new Defect('a finding that nobody made');
  const { type: _, ...made } = first.event;
  const begun: Finding = { ...made, madeAt: first.at, by: first.by, entries: [] };
  return others.reduce((finding, one) => {
    if (one.event.type === 'finding.made') throw new Defect('a finding that was made twice');
    return evolveFinding(finding, one.event, one.at, one.by);
  }, begun);
}

function evolveFinding(finding: Finding, event: Later<FindingEvent, 'finding.made'>, at: Instant, by: PersonId) {
  const added = (entry: Finding['entries'][number]): Finding => ({ ...finding, entries: [...finding.entries, entry] });
  switch (event.type) {
    case 'finding.replied':
      return added({ is: 'reply', stance: event.stance, text: event.text, doneBy: event.doneBy, by, at });
    case 'finding.followed-up':
      return added({ is: 'follow-up', text: event.text, replyBy: event.replyBy, by, at });
    case 'finding.closed':
      return added({ is: 'close', text: event.text, by, at });
  }
}
