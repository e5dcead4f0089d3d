// The demonstration publishes one report: that of the last quarter which is over, so that there are figures to look at.

import { choicesOf, publishReport, type ReportingPorts } from '../reporting/publish.ts';
import type { PeoplePorts } from '../people/ports.ts';

/** Publishes it, unless there is one already, or nothing came in that quarter. */
export async function publishDemonstration(reporting: ReportingPorts, { store }: PeoplePorts): Promise<void> {
  const registrar = (await store.members()).find(({ roles }) => roles.includes('registrar'));
  if (registrar === undefined) return;
  const choices = (await choicesOf(reporting, registrar)) ?? [];
  const latest = choices.find(({ period }) => period.name.includes('Q'));
  if (latest === undefined || choices.some(({ published }) => published)) return;
  await publishReport(reporting, registrar, latest.period.name);
}
