// Where the server's socket lies: in the data directory, or, when the path would be too long for a socket, in a private folder.

import { lstatSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.ts';
import { privateFolder } from './cluster.ts';
import { PORT } from './settings.ts';

/** Bytes that a socket's path may have (unix(7)); a Mac has a few less. */
const LONGEST = process.platform === 'darwin' ? 103 : 107;

/** A folder for the socket that only the server's account and we may enter. */
export function socketDirectoryFor(dataDirectory: string, account: Account | undefined): string {
  const here = join(dataDirectory, 'run');
  if (Buffer.byteLength(join(here, `.s.PGSQL.${PORT}`)) <= LONGEST) {
    privateFolder(here, account);
    return here;
  }
  const note = join(dataDirectory, 'socket-directory');
  const former = recorded(note, account);
  if (former !== undefined) return former;
  const made = mkdtempSync(join(tmpdir(), 'rogatory-'));
  privateFolder(made, account);
  writeFileSync(note, `${made}\n`, { mode: 0o600 });
  return made;
}

/** The folder of an earlier start, if nobody has put something of theirs in its place: /tmp is everybody's. */
function recorded(note: string, account: Account | undefined): string | undefined {
  try {
    const path = readFileSync(note, 'utf8').trim();
    const { uid, mode } = lstatSync(path);
    const ours = uid === (account?.uid ?? process.getuid?.());
    // S_IFDIR with rwx for the owner alone: a link or a shared folder is another mode.
    return ours && mode === 0o040700 ? path : undefined;
  } catch {
    return undefined;
  }
}
