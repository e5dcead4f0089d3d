// Folders that take long to make, kept between runs for as long as what they are made from stays as it is.

import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = new URL('../../', import.meta.url).pathname;
const CACHE = join(ROOT, 'node_modules', '.cache');
const PREFIX = 'rogatory-test-';
/** A week, in milliseconds: for so long another branch of the work may come back to its own. */
const KEPT_UNUSED = 7 * 86_400_000;

/** What is made, from which version of the files that make it, and where it is kept. */
type Wanted = { readonly kind: string; readonly version: string; readonly cache?: string };

/** A short name for what the files say now. */
export const versionOf = (...patterns: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of globSync(patterns, { cwd: ROOT }).sort()) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex').slice(0, 12);
};

/**
 * The path of the kept folder, which `make` fills where there is none of this version yet. Those of other versions that
 * nobody has used for a week are removed.
 */
export async function cachedFolder(
  { kind, version, cache = CACHE }: Wanted,
  make: (path: string) => Promise<void>,
): Promise<string> {
  const name = `${PREFIX}${kind}-${version}`;
  const kept = join(cache, name);
  if (!existsSync(kept)) await keep(kept, make);
  const now = Date.now();
  // The time of a folder says when it was last used.
  utimesSync(kept, now / 1000, now / 1000);
  for (const other of readdirSync(cache)) {
    if (other === name || !other.startsWith(`${PREFIX}${kind}-`)) continue;
    const used = statSync(join(cache, other), { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - used > KEPT_UNUSED) rmSync(join(cache, other), { recursive: true, force: true });
  }
  return kept;
}

async function keep(kept: string, make: (path: string) => Promise<void>): Promise<void> {
  // The server's user may not be let into our cache, so it is made outside and copied in.
  const making = mkdtempSync(join(tmpdir(), `${PREFIX}making-`));
  chmodSync(making, 0o711);
  await make(join(making, 'folder'));
  const own = `${kept}.${randomUUID()}`;
  mkdirSync(dirname(kept), { recursive: true });
  copyFolder(join(making, 'folder'), own);
  rmSync(making, { recursive: true, force: true });
  try {
    renameSync(own, kept);
  } catch {
    // Another test process made it in the meantime.
    rmSync(own, { recursive: true, force: true });
  }
}

/** Copies with owners and times; the machine's own command is several times quicker than Node. */
export function copyFolder(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
