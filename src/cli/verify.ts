// `rogatory verify log | receipt | case | evidence | report | sample`: the independent verifier (verify/) under the command of the node.

import { buildCommand, buildRouteMap } from '@stricli/core';
import { type Asked, answer, answers } from '../../verify/command.ts';
import type { Context } from './context.ts';

const file = (brief: string) =>
  ({ kind: 'parsed', parse: String, optional: true, brief, placeholder: 'FILE' }) as const;

type Flags = {
  readonly policy?: string;
  readonly since?: string;
  readonly proofs?: string;
  readonly json: boolean;
};

const STATUS =
  'Exit status: 0 what is claimed was proven, 1 it was not (the first line says what and where), 2 unusable input.';

const COMMON = {
  policy: file(
    'Whom you trust: a tlog-policy of logs and witnesses (default: the key that lies beside what is checked)',
  ),
  json: { kind: 'boolean', default: false, withNegated: false, brief: 'Print JSON' },
} as const;

function command(what: Asked['what'], brief: string, of: string, placeholder: string) {
  return buildCommand<Flags, [string], Context>({
    docs: { brief, fullDescription: `${brief}. Read verify/verify.ts: it shares no code with the node.\n${STATUS}` },
    parameters: {
      positional: { kind: 'tuple', parameters: [{ brief: of, parse: String, placeholder }] },
      flags: {
        ...COMMON,
        since: file('A checkpoint of earlier: shows that nothing before it was changed (log only)'),
        proofs: file('The proofs of its figures, which oversight holds (report only)'),
      },
    },
    func: async function (this: Context, { policy, since, proofs, json }, place) {
      const { text, status } = await answer({ what, of: place, policy, since, proofs }, json);
      await this.out(`${text}\n`);
      this.exit(status);
    },
  });
}

/** Several at once: samples are numbered without gaps, so whoever checks one will want those before it. */
const sampleCommand = buildCommand<Pick<Flags, 'policy' | 'json'>, string[], Context>({
  docs: {
    brief: 'Check the draw of samples of oversight: fixed before anybody could know the seed, drawn by it alone',
    fullDescription: `Give the files of several samples, from the first on: their numbers have no gaps. Read verify/sample.ts: it shares no code with the node.\n${STATUS}`,
  },
  parameters: {
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: { brief: 'The file of a sample (JSON)', parse: String, placeholder: 'FILE' },
    },
    flags: COMMON,
  },
  func: async function (this: Context, { policy, json }, ...places) {
    const { text, status } = await answers({ what: 'sample', policy }, places, json);
    await this.out(`${text}\n`);
    this.exit(status);
  },
});

export const verifyCommands = buildRouteMap({
  routes: {
    log: command('log', 'Read a whole public log and make every hash of it again', 'Where it is', 'DIR-OR-URL'),
    receipt: command('receipt', 'Check a receipt: that a step stands in the log', 'The receipt', 'FILE'),
    case: command(
      'case',
      'Check the export of a case: every step, in order, decided by two people',
      'The export',
      'FILE',
    ),
    evidence: command('evidence', 'Check an opened package of evidence', 'The opened package (tar)', 'FILE'),
    report: command('report', 'Check a report of public figures', 'The report (JSON)', 'FILE'),
    sample: sampleCommand,
  },
  docs: { brief: 'Check what a node published or handed out, trusting nobody' },
});
