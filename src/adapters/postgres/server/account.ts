// Which user of the machine runs the server: PostgreSQL refuses root, so a node started as root gives its rights up for it.

import { chmodSync, lchownSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { accept, type Fault, type Outcome, refuse } from '../../../kernel/outcome.ts';

export type Account = { readonly uid: number; readonly gid: number; readonly name: string };

/** Users without rights, in the order we would have them. initdb looks its user up, so a number alone will not do. */
const PREFERRED = ['rogatory', 'postgres', 'nobody'];

/** The unprivileged user of a `passwd` file (passwd(5)) that a server of root's is to run as. */
export function unprivilegedAccount(passwd: string): Account | undefined {
  const known = new Map(
    passwd.split('\n').flatMap((line) => {
      const [name = '', , uid = '', gid = ''] = line.split(':');
      return Number(uid) > 0 ? [[name, { uid: Number(uid), gid: Number(gid), name }] as const] : [];
    }),
  );
  return PREFERRED.map((name) => known.get(name)).find((account) => account !== undefined);
}

/**
 * The account to drop to, or undefined to stay who we are. A cluster that belongs to somebody already keeps its owner;
 * an ordinary user can run only a cluster of their own.
 */
export function accountFor(clusterOwner: number | undefined): Outcome<Account | undefined> {
  const me = process.getuid?.();
  if (me === undefined) return accept(undefined);
  if (me !== 0) {
    if (clusterOwner === undefined || clusterOwner === me) return accept(undefined);
    return refuse({
      pointer: 'ROGATORY_DATA',
      detail: `the database in it belongs to user ${clusterOwner} and this is user ${me}; start as that user, or give the directory to this one (chown -R)`,
    });
  }
  const passwd = readFileSync('/etc/passwd', 'utf8');
  if (clusterOwner) {
    const line = passwd.split('\n').find((one) => one.split(':')[2] === String(clusterOwner));
    if (line) return accept({ uid: clusterOwner, gid: Number(line.split(':')[3]), name: line.split(':')[0] ?? '' });
  }
  const account = unprivilegedAccount(passwd);
  return account
    ? accept(account)
    : refuse({
        pointer: 'ROGATORY_DATA',
        detail: `PostgreSQL does not run as root, and there is no user ${PREFERRED.join(', ')} to run it; add one (useradd --system rogatory) or start as an ordinary user`,
      });
}

/** What keeps `account` from reaching `path`: a folder on the way that only its owner may enter, as /root is. */
export function unreachable(path: string, account: Account | undefined, pointer: string): readonly Fault[] {
  if (account === undefined) return [];
  const mayEnter = (folder: string): boolean => {
    const { uid, gid, mode } = statSync(folder);
    return (mode & (uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001)) !== 0;
  };
  const folders = [realpathSync(path)];
  for (let at = folders[0] ?? '/'; at !== '/'; at = dirname(at)) folders.push(dirname(at));
  return folders
    .filter((folder) => !mayEnter(folder))
    .map((folder) => ({
      pointer,
      detail: `started as root, PostgreSQL runs as user ${account.name}, who may not enter ${folder}; choose a place such as /var/lib/rogatory, or start as an ordinary user`,
    }));
}

/** Started as root, lets the server's user pass through a folder of ours to its own; it can enter that, and list nothing. */
export function letThrough(folder: string): void {
  const { mode } = statSync(folder);
  if (process.getuid?.() === 0 && (mode & 0o001) === 0) chmodSync(folder, (mode & 0o777) | 0o011);
}

/** Gives a folder and all in it to the account. Links are given themselves, never what they point at. */
export function giveTo(account: Account | undefined, path: string): void {
  if (account === undefined) return;
  const all = lstatSync(path).isDirectory() ? readdirSync(path, { recursive: true, withFileTypes: true }) : [];
  lchownSync(path, account.uid, account.gid);
  for (const entry of all) lchownSync(join(entry.parentPath, entry.name), account.uid, account.gid);
}
