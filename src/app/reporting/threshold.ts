// Use case: below which number figures are withheld. One person proposes another number, another confirms just that.

import { may } from '../../domain/registry/policy.ts';
import { agree, LARGEST_THRESHOLD, type Proposed, SMALLEST_THRESHOLD } from '../../domain/reporting/proposal.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { Actor, Office } from '../casework/ports.ts';
import { FIGURES_LEAST } from '../casework/office.ts';
import { changesBetween } from '../office/change-office.ts';
import type { OfficeRecords, Standing } from '../office/ports.ts';
import { readNumber } from '../office/read-office.ts';
import type { ThresholdProposals } from './ports.ts';

export type ThresholdPorts = {
  readonly proposals: ThresholdProposals;
  readonly records: Pick<OfficeRecords, 'standing' | 'change'>;
  readonly now: () => Instant;
};

export const thresholdOf = ({ settings }: Pick<Office, 'settings'>): number =>
  settings['figures-least'] ?? FIGURES_LEAST;

/** The office as it stands, the threshold that holds, and what somebody proposed instead. */
export type ThresholdNow = Standing & { readonly holds: number; readonly proposed: Proposed<number> | undefined };

export async function thresholdNow({ proposals, records }: Omit<ThresholdPorts, 'now'>): Promise<ThresholdNow> {
  const standing = await records.standing();
  const latest = await proposals.latest();
  const holds = thresholdOf(standing.office);
  // What was confirmed holds; to propose what holds takes back what was proposed before.
  return { ...standing, holds, proposed: latest?.what === holds ? undefined : latest };
}

/** Proposes another threshold in the place of what was proposed before; what holds takes that back. */
export async function proposeThreshold(
  ports: ThresholdPorts,
  actor: Actor,
  typed: string,
): Promise<Outcome<undefined, Refusal>> {
  if (!may(actor.roles, 'figures.threshold')) return no('reporting.not-allowed');
  const what = thresholdIn(typed);
  if (!what.ok) return what;
  const { holds, proposed } = await thresholdNow(ports);
  // Who proposes once more what stands takes nobody's place.
  if (what.value !== (proposed?.what ?? holds))
    await ports.proposals.propose({ what: what.value, by: actor.id, at: ports.now() });
  return accept(undefined);
}

/** Confirms what somebody else proposed, `read` being what stood on the page. It holds for reports still to come. */
export async function confirmThreshold(
  ports: ThresholdPorts,
  actor: Actor,
  read: string,
): Promise<Outcome<undefined, Refusal>> {
  if (!may(actor.roles, 'figures.threshold')) return no('reporting.not-allowed');
  const what = thresholdIn(read);
  if (!what.ok) return what;
  const { office, version, proposed } = await thresholdNow(ports);
  // A number does not go out of date as a report does: what was read is what it would be now.
  const agreed = agree(proposed, { read: what.value, now: what.value }, actor.id);
  if (!agreed.ok) return agreed;
  const to = { ...office, settings: { ...office.settings, 'figures-least': what.value } };
  const change = { at: ports.now(), by: actor.id, version: version + 1, changes: changesBetween(office, to) };
  const done = await ports.records.change(to, { ...change, proposed: agreed.value.proposed });
  return done ? accept(undefined) : no('reporting.changed');
}

function thresholdIn(typed: string): Outcome<number, Refusal> {
  const [least, most] = [SMALLEST_THRESHOLD, LARGEST_THRESHOLD];
  const read = readNumber(typed, 'threshold', least, most);
  return read.ok ? read : no('reporting.threshold-number', { least, most });
}
