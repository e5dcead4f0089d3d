// The cluster directory: made once, whole or not at all, with the settings of a small node that must lose nothing.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { accept, type Outcome } from '../../../kernel/outcome.ts';
import { type Account, giveTo } from './account.ts';
import { type Binaries, serverEnvironment } from './binaries.ts';
import { dataFault, OWNER } from './settings.ts';

/** The user to whom an existing cluster belongs, or undefined when there is none. */
export const clusterOwner = (directory: string): number | undefined =>
  statSync(directory, { throwIfNoEntry: false })?.uid;

/** The major version of a cluster, or undefined where one has yet to be made. */
export function clusterMajor(directory: string): Outcome<number | undefined> {
  if (!existsSync(directory) || readdirSync(directory).length === 0) return accept(undefined);
  const file = join(directory, 'PG_VERSION');
  const major = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : Number.NaN;
  return Number.isNaN(major)
    ? dataFault(`${directory} holds something that is no database; put it elsewhere, or choose another data directory`)
    : accept(major);
}

/** Byte order for text on each version, so that no upgrade of the machine's C library reorders an index. */
const LOCALES = (major: number): readonly (readonly string[])[] => [
  ...(major >= 17
    ? [
        ['--locale=C.UTF-8', '--locale-provider=builtin'],
        ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ]
    : []),
  ['--locale=C.UTF-8'],
  ['--locale=C'],
];

/** Makes a new cluster. It stands under another name until it is whole, so that a power cut leaves none or all of it. */
export async function createCluster(
  directory: string,
  binaries: Binaries,
  account: Account | undefined,
  extra: readonly string[] = [],
): Promise<Outcome<void>> {
  const unfinished = `${directory}.new`;
  let said = '';
  for (const locale of LOCALES(binaries.major)) {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    giveTo(account, unfinished);
    const options = [
      '--pgdata',
      unfinished,
      '--username',
      OWNER,
      '--encoding=UTF8',
      '--data-checksums',
      '--auth=trust',
    ];
    const initdb = spawn(join(binaries.directory, 'initdb'), [...options, ...locale, ...extra], {
      env: serverEnvironment(binaries),
      cwd: dirname(directory),
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    said = '';
    initdb.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2_000);
    });
    const status = await once(initdb, 'close').then(
      ([code]) => code as number | null,
      (error: Error) => {
        said = error.message;
        return 1;
      },
    );
    if (status === 0) {
      appendFileSync(join(unfinished, 'postgresql.conf'), "include 'rogatory.conf'\n");
      syncPath(join(unfinished, 'postgresql.conf'));
      renameSync(unfinished, directory);
      syncPath(dirname(directory));
      return accept(undefined);
    }
  }
  rmSync(unfinished, { recursive: true, force: true });
  return dataFault(`initdb could not make a database: ${said.trim().split('\n').slice(-3).join(' ')}`);
}

function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** A folder that only the account may enter. */
export function privateFolder(path: string, account: Account | undefined): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  giveTo(account, path);
}

const megabytesOfMemory = (): number => Math.min(totalmem(), process.constrainedMemory() || totalmem()) / 1_048_576;

/** How pages are compressed in the write-ahead log: not every build knows the way that costs the writer least. */
function walCompression(directory: string, binaries: Binaries): 'lz4' | 'on' {
  const asked = ['-C', 'wal_compression', '-D', directory, '-c', 'config_file=/dev/null', '-c', 'wal_compression=lz4'];
  const { status } = spawnSync(join(binaries.directory, 'postgres'), asked, { env: serverEnvironment(binaries) });
  return status === 0 ? 'lz4' : 'on';
}

/** Writes what this release wants of the server; an operator's own lines in `operator.conf` are read after ours and win. */
export function writeSettings(directory: string, binaries: Binaries, account: Account | undefined): void {
  const shared = Math.round(Math.min(1_024, Math.max(128, megabytesOfMemory() / 8)));
  const file = join(directory, 'rogatory.conf');
  writeFileSync(
    file,
    `# Written at each start. Put settings of your own into operator.conf beside this file.
max_connections = 60
shared_buffers = ${shared}MB
effective_cache_size = ${shared * 3}MB
wal_compression = ${walCompression(directory, binaries)}
jit = off
# Many people with small questions, each answered by one process; and tables that lie in memory.
max_parallel_workers_per_gather = 0
random_page_cost = 1.1
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_file_mode = 0600
# Statements and row values name persons: the log says what failed, never for whom.
log_statement = none
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
include_if_exists 'operator.conf'
`,
    { mode: 0o600 },
  );
  giveTo(account, file);
}

/** What nobody may turn off by a line in a file: no network, a private socket, nothing acknowledged that is not on disk. */
export const safetyArguments = (socketDirectory: string): readonly string[] =>
  [
    'listen_addresses=',
    // A list in which commas part directories, so ours is quoted.
    `unix_socket_directories="${socketDirectory.replaceAll('"', '""')}"`,
    'unix_socket_permissions=0700',
    'fsync=on',
    'full_page_writes=on',
    'synchronous_commit=on',
  ].flatMap((setting) => ['-c', setting]);
