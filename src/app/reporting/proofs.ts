// Use case: what oversight is given to check every figure, withheld ones included: the commitments of the steps behind it, and the
// salt of its proof. A large quarter has millions of lines, which are made one lot at a time and never stand in memory together.

import { keyOf } from '../../domain/reporting/figures.ts';
import { periodOf } from '../../domain/reporting/period.ts';
import { may } from '../../domain/registry/policy.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { figureSalt, type GiveWay, rising } from '../../transparency/report.ts';
import type { Actor } from '../casework/ports.ts';
import { type ReportingPorts, takenFacts } from './publish.ts';
import { proofKey, type Report, stepsOf } from './report.ts';

/** The file of the proofs of a report, in pieces that make up canonical JSON; undefined for whoever is not oversight. */
export async function proofsFor(
  { store, giveWay }: ReportingPorts,
  actor: Actor,
  name: string,
): Promise<AsyncIterable<string> | undefined> {
  const period = periodOf(name);
  if (period === undefined || !may(actor.roles, 'oversight.read')) return undefined;
  const [published, secret] = await Promise.all([store.find(period.name), store.secret(actor.id, period.name)]);
  if (published === undefined || secret === undefined) return undefined;
  const steps = stepsOf(published.report, period, await takenFacts(store, period));
  return written(published.report, steps, secret, giveWay);
}

/** Members stand in the order of their names, as canonical JSON has them (RFC 8785). */
async function* written(
  { figures, period }: Report,
  steps: ReturnType<typeof stepsOf>,
  secret: Uint8Array,
  giveWay: GiveWay,
): AsyncGenerator<string, void, undefined> {
  yield '{"figures":[';
  for (const [no, { of, at }] of figures.entries()) {
    yield `${no === 0 ? '' : ','}{"at":${canonicalJson(at)},"commitments":[`;
    let n = 0;
    for await (const some of rising(steps.get(keyOf({ of, at })) ?? [], giveWay)) {
      yield `${n === 0 ? '' : ','}${some.map((one) => `"${one.toHex()}"`).join()}`;
      n += some.length;
    }
    yield `],"n":${n},"of":${canonicalJson(of)},"salt":"${figureSalt(secret, proofKey({ of, at })).toHex()}"}`;
  }
  yield `],"form":"rogatory/report-proofs/v1","period":${canonicalJson(period.name)}}`;
}
