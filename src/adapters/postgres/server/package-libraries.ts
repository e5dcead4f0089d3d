// The library names that the package's install script would link: install scripts never run here, so the supervisor links them.

import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, delimiter, dirname, join, relative } from 'node:path';

type Link = { readonly source: string; readonly target: string };

/**
 * Makes the links of `native/pg-symlinks.json` beside the libraries, or, where the package may not be written, in
 * `fallback`. Returns the library path to set, or undefined when the package finds them by itself.
 */
export function linkLibraries(packageDirectory: string, fallback: string): string | undefined {
  const links = (JSON.parse(readFileSync(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8')) as Link[]).map(
    ({ source, target }) => ({ source: join(packageDirectory, source), target: join(packageDirectory, target) }),
  );
  const missing = links.filter(({ target }) => !existsSync(target));
  if (missing.length === 0) return undefined;
  try {
    for (const { target } of missing) accessSync(dirname(target), constants.W_OK);
    for (const { source, target } of missing) link(relative(dirname(target), source), target);
    return undefined;
  } catch {
    mkdirSync(fallback, { recursive: true });
    // The server may run as another user than we do.
    chmodSync(fallback, 0o755);
    for (const { source, target } of links) link(source, join(fallback, basename(target)));
    // A library found by its link looks for its own neighbours beside the link, so their real folder goes along.
    return [fallback, ...new Set(links.map(({ source }) => dirname(source)))].join(delimiter);
  }
}

/** Two nodes may start from one installation at once: the link that stands already is the one we wanted. */
function link(to: string, path: string): void {
  try {
    symlinkSync(to, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
