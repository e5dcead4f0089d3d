// Our TypeScript as browser modules: what a script of src/web/enhance reaches, types stripped, and nothing else.
// Attacker: whoever asks for a file by its path. Files are served from a list made at the start, so a path is only ever looked up.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Defect } from '../kernel/outcome.ts';

/** Where browser code may come from: ours that needs no Node, and the packages that pages are written with. */
export const ALLOWED = [
  /^src\/(kernel|law|app)\/[a-z-]+\.ts$/,
  /^src\/web\/(enhance|check|components)\/[a-z-]+\.ts$/,
  /^src\/web\/(html|messages)\.ts$/,
  /^verify\/verify\.ts$/,
  /^vendor\/(hono|intl-messageformat|@formatjs\/[a-z-]+)\/[\w./-]+\.js$/,
] as const;

export type BrowserModule = { readonly address: string; readonly code: () => string };

export type BrowserModules = {
  /** Changes whenever any module does, so that addresses can be kept for ever. */
  readonly version: string;
  readonly find: (address: string) => BrowserModule | undefined;
  /** The address of an entry, and of all it imports, nearest first. */
  readonly entry: (name: string) => { readonly src: string; readonly imports: readonly string[] };
  readonly addresses: readonly string[];
};

/** One file on disk; `name` is its place below the version: `src/...` or `vendor/...`. */
type Source = {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly imports: ReadonlyMap<string, string>;
};

/** What is imported as a type alone goes with the types. */
const FROM = /^((?:import|export)\b(?!\s+type\b)[^;'"]*?\bfrom\s*|import\s*)(['"])([^'"\n]+)\2/gm;

/** Walks from the entries (`check` is src/web/enhance/check.ts) and refuses anything that a browser should not get. */
export function browserModules(root: string, entries: readonly string[]): BrowserModules {
  const sources = new Map<string, Source>();
  const reach = (path: string): string => {
    const name = nameOf(root, path);
    if (sources.has(name)) return name;
    if (!ALLOWED.some((allowed) => allowed.test(name)))
      throw new Defect(`${name} is imported by a browser script but may not be served`);
    const text = readFileSync(path, 'utf8');
    const imports = new Map<string, string>();
    const source: Source = { name, path, text, imports };
    sources.set(name, source);
    for (const [, , , specifier = ''] of text.matchAll(FROM)) imports.set(specifier, reach(resolve(specifier, path)));
    return name;
  };
  const roots = new Map(entries.map((entry) => [entry, reach(join(root, 'src/web/enhance', `${entry}.ts`))]));
  const hash = createHash('sha256');
  for (const name of [...sources.keys()].sort())
    hash
      .update(name)
      .update('\0')
      .update((sources.get(name) as Source).text);
  const version = hash.digest('hex').slice(0, 16);
  const addressOf = (name: string): string => `/assets/m/${version}/${name.replace(/\.ts$/, '.js')}`;
  const modules = new Map<string, BrowserModule>();
  for (const source of sources.values()) {
    const address = addressOf(source.name);
    modules.set(address, { address, code: () => rewritten(source, addressOf) });
  }
  return {
    version,
    find: (address) => modules.get(address),
    entry: (name) => {
      const first = roots.get(name);
      if (first === undefined) throw new Defect(`no browser script is called ${name}`);
      return { src: addressOf(first), imports: reachable(first, sources).map(addressOf) };
    },
    addresses: [...modules.keys()],
  };
}

function nameOf(root: string, path: string): string {
  const name = relative(root, path).split(sep).join('/');
  return name.startsWith('node_modules/') ? name.replace('node_modules/', 'vendor/') : name;
}

/** The code without its types; the columns stay, so that an error in a browser points at the right place in the source. */
const stripped = ({ path, text }: Source): string =>
  path.endsWith('.ts')
    ? stripTypeScriptTypes(text, { mode: 'strip' })
    : text.replace(/^\/\/# sourceMappingURL=.*$/m, '');

/** A relative import beside the file, or a package's file for browsers and ES modules. */
function resolve(specifier: string, from: string): string {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  const address = import.meta.resolve(specifier);
  if (!address.startsWith('file:')) throw new Defect(`${from} imports ${specifier}, which no browser has`);
  return fileURLToPath(address);
}

/** When it is first asked for: stripped, and every import by its full address, since a browser knows neither packages nor the ending `.ts`. */
const rewritten = (source: Source, addressOf: (name: string) => string): string =>
  stripped(source).replace(
    FROM,
    (_whole, before: string, quote: string, specifier: string) =>
      `${before}${quote}${addressOf(source.imports.get(specifier) as string)}${quote}`,
  );

function reachable(first: string, sources: ReadonlyMap<string, Source>): string[] {
  const seen = new Set([first]);
  for (const name of seen) for (const next of (sources.get(name) as Source).imports.values()) seen.add(next);
  seen.delete(first);
  return [...seen];
}
