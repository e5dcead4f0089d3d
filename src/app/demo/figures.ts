// The demonstration publishes one report: that of the last quarter which is over, so that there are figures to look at.

import { choicesOf, preview, proposeReport, publishReport, type ReportingPorts } from '../reporting/publish.ts';
import type { PeoplePorts } from '../people/ports.ts';

/** An approver proposes it and the registrar publishes it, unless there is one already, or nothing came in that quarter. */
export async function publishDemonstration(reporting: ReportingPorts, { store }: PeoplePorts): Promise<void> {
  const members = await store.members();
  const [approver, registrar] = (['approver', 'registrar'] as const).map((role) =>
    members.find(({ roles }) => roles.includes(role)),
  );
  if (approver === undefined || registrar === undefined) return;
  const choices = (await choicesOf(reporting, registrar)) ?? [];
  const latest = choices.find(({ period }) => period.name.includes('Q'));
  if (latest === undefined || choices.some(({ published }) => published)) return;
  const { name } = latest.period;
  const seen = await preview(reporting, approver, name);
  if (!seen.ok) return;
  await proposeReport(reporting, approver, name, seen.value.hash);
  await publishReport(reporting, registrar, name, seen.value.hash);
}
