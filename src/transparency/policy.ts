// Whose cosignatures are enough (C2SP tlog-policy): logs, witnesses, groups of them, and the quorum.

import { accept, type Fault, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Checkpoint } from './checkpoint.ts';
import {
  ED25519,
  ED25519_COSIGNATURE,
  formatKey,
  parseKey,
  sameKey,
  standingOf,
  type Verify,
  type VerifierKey,
} from './note.ts';

export type Witness = { readonly name: string; readonly key: VerifierKey; readonly url: string | null };
type Group = { readonly name: string; readonly least: number; readonly members: readonly string[] };

export type LogPolicy = {
  readonly logs: readonly { readonly key: VerifierKey; readonly url: string | null }[];
  readonly witnesses: readonly Witness[];
  readonly groups: readonly Group[];
  /** The name of a witness or a group; null asks for nobody. */
  readonly quorum: string | null;
};

/** Asks for no witness. */
export const NO_WITNESSES: LogPolicy = { logs: [], witnesses: [], groups: [], quorum: null };

/** Reads a policy file; every line that cannot be read is a fault with its number. */
export function parsePolicy(text: string, pointer = ''): Outcome<LogPolicy> {
  const logs: LogPolicy['logs'][number][] = [];
  const witnesses: Witness[] = [];
  const groups: Group[] = [];
  const quorums: (string | null)[] = [];
  const faults: Fault[] = [];
  // A name may stand in one group only, so that nobody counts twice.
  const taken = new Set<string>();
  const known = (name: string): boolean => [...witnesses, ...groups].some((one) => one.name === name);

  const readers: { readonly [word: string]: (words: readonly string[]) => string | undefined } = {
    log: ([vkey = '', url = null, ...more]) => {
      const key = parseKey(vkey);
      if (!key.ok || more.length > 0) return 'must be: log <vkey> [<url>]';
      if (key.value.type === ED25519_COSIGNATURE) return 'names a key that is for cosignatures, not for a log';
      if (logs.some((one) => sameKey(one.key, key.value))) return 'names a log that is named above';
      logs.push({ key: key.value, url });
      return undefined;
    },
    witness: ([name = '', vkey = '', url = null, ...more]) => {
      const key = parseKey(vkey);
      if (!key.ok || more.length > 0) return 'must be: witness <name> <vkey> [<url>]';
      if (key.value.type === ED25519) return 'names a key that is for a log, not for cosignatures';
      if (name === 'none' || known(name)) return `names the witness ${name}, which is taken`;
      if (witnesses.some((one) => sameKey(one.key, key.value))) return 'names a witness whose key is named above';
      witnesses.push({ name, key: key.value, url });
      return undefined;
    },
    group: ([name = '', least = '', ...members]) => {
      const count =
        least === 'all' ? members.length : least === 'any' ? 1 : /^[1-9]\d{0,3}$/.test(least) ? Number(least) : 0;
      if (name === '' || members.length === 0) return 'must be: group <name> all|any|<k> <name>...';
      if (count < 1 || count > members.length) return `asks for ${least} of ${members.length}`;
      if (name === 'none' || known(name)) return `names the group ${name}, which is taken`;
      for (const member of members) {
        if (!known(member)) return `names ${member}, which is not defined above`;
        if (taken.has(member)) return `names ${member}, which is in a group already`;
        taken.add(member);
      }
      groups.push({ name, least: count, members });
      return undefined;
    },
    quorum: ([name = '', ...more]) => {
      if (name === '' || more.length > 0) return 'must be: quorum <name>';
      if (name !== 'none' && !known(name)) return `names ${name}, which is not defined above`;
      quorums.push(name === 'none' ? null : name);
      return undefined;
    },
  };

  for (const [at, line] of text.split('\n').entries()) {
    const fault = (detail: string) => void faults.push({ pointer, line: at + 1, detail });
    if (/[^\t\P{Cc}]/u.test(line)) {
      fault('has a control character');
      continue;
    }
    const [word = '', ...words] = line.split(/[ \t]+/).filter((one) => one !== '');
    if (word === '' || word.startsWith('#')) continue;
    const read = Object.hasOwn(readers, word) ? readers[word] : undefined;
    const wrong = read === undefined ? 'must begin with log, witness, group or quorum' : read(words);
    if (wrong !== undefined) fault(wrong);
  }
  const [quorum, ...more] = quorums;
  if (faults.length === 0 && (quorum === undefined || more.length > 0))
    faults.push({ pointer, detail: 'must have exactly one quorum line' });
  if (faults.length > 0 || quorum === undefined) return refuse(...faults);
  return accept({ logs, witnesses, groups, quorum });
}

/** The file of a policy. */
export const formatPolicy = ({ logs, witnesses, groups, quorum }: LogPolicy): string =>
  [
    ...logs.map(({ key, url }) => ['log', formatKey(key), url]),
    ...witnesses.map(({ name, key, url }) => ['witness', name, formatKey(key), url]),
    ...groups.map(({ name, least, members }) => ['group', name, String(least), ...members]),
    ['quorum', quorum ?? 'none'],
  ]
    .map((words) => `${words.filter((word) => word !== null).join(' ')}\n`)
    .join('');

/** The witnesses of a policy whose cosignatures stand under a checkpoint. */
export async function cosignedBy(
  { witnesses }: LogPolicy,
  checkpoint: Checkpoint,
  verify: Verify,
): Promise<readonly Witness[]> {
  const standings = await Promise.all(witnesses.map(({ key }) => standingOf(key, checkpoint.note, checkpoint, verify)));
  return witnesses.filter((_, n) => standings[n]?.is === 'signed');
}

/** Whether those that cosigned are enough. */
export function isQuorum(policy: LogPolicy, cosigners: readonly Witness[]): boolean {
  const has = (name: string): boolean => {
    const group = policy.groups.find((one) => one.name === name);
    if (group === undefined) return cosigners.some((one) => one.name === name);
    return group.members.filter(has).length >= group.least;
  };
  return policy.quorum === null || has(policy.quorum);
}
