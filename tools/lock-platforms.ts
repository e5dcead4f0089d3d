// Completes package-lock.json for platforms that the registry in use does not carry, so that `npm ci` accepts it everywhere.
//
// `npm install` leaves an optional platform package out of the lock file when it could not fetch its description;
// `npm ci` then calls the lock file incomplete and stops. An entry with version, system and processor is enough for
// npm to pass the package over elsewhere and to fetch it there. It carries no hash, because we have not seen the bytes:
// this concerns tools for development on other platforms only, and docs/DEPENDENCIES.md says so.

import { readFileSync, writeFileSync } from 'node:fs';

export type LockEntry = {
  version?: string;
  integrity?: string;
  dev?: boolean;
  optional?: boolean;
  cpu?: string[] | string;
  os?: string[] | string;
  libc?: string[] | string;
  optionalDependencies?: Record<string, string>;
};
export type Lock = { packages: Record<string, LockEntry> };

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'openbsd', 'netbsd', 'sunos', 'aix', 'win32'];
const processors = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32', 'arm'];

/** The platform packages that some entry asks for and that have no entry of their own. */
export function missingPlatforms(lock: Lock): { path: string; entry: LockEntry }[] {
  const missing = new Map<string, LockEntry>();
  for (const [owner, ownerEntry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(ownerEntry.optionalDependencies ?? {})) {
      const nested = `${owner}/node_modules/${name}`;
      const path = `node_modules/${name}`;
      if (lock.packages[path] ?? lock.packages[nested]) continue;
      missing.set(path, platformEntry(name, version.replace(/^[~^]/u, ''), owner === '' ? undefined : ownerEntry.dev));
    }
  }
  return [...missing].map(([path, entry]) => ({ path, entry }));
}

function platformEntry(name: string, version: string, dev: boolean | undefined): LockEntry {
  const parts = name
    .toLowerCase()
    .replaceAll('windows', 'win32')
    .split(/[-/@]+/u);
  const os = systems.find((system) => parts.includes(system));
  const cpu = processors.find((processor) => parts.includes(processor));
  const libc = parts.some((part) => part.startsWith('musl'))
    ? 'musl'
    : parts.some((part) => part.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return {
    version,
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(dev === true ? { dev } : {}),
    ...(libc !== undefined && os === 'linux' ? { libc: [libc] } : {}),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  };
}

if (import.meta.main) {
  const file = new URL('../package-lock.json', import.meta.url);
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
  const missing = missingPlatforms(lock);
  for (const { path, entry } of missing) lock.packages[path] = entry;
  const { '': root, ...others } = lock.packages;
  const sorted = Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = { ...(root === undefined ? {} : { '': root }), ...Object.fromEntries(sorted) };
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  for (const { path, entry } of missing) console.log(`${path} ${entry.version} ${entry.os ?? ''} ${entry.cpu ?? ''}`);
}
