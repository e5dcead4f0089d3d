// The law folder on disk: read, checked and hashed, with a cache so that a second start does not parse YAML again.
// Trust: whoever can write the law folder or node_modules decides what the law is; the hash in every assessment shows which it was.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Translation, TranslationReport } from '../../law/pack/translations.ts';
import type { Policy, Profile } from '../../law/profile.ts';
import { type RuleSet, sayingOf } from '../../law/rule-set.ts';
import type { Register } from '../../law/status.ts';
import { cached, digest } from './cache.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** The law that ships with the product. */
export const SHIPPED_LAW = join(ROOT, 'law');
const PACK_READER = join(ROOT, 'src', 'law', 'pack');

/** The largest file read from a law folder or given as a profile. */
export const MAX_FILE_BYTES = 1_048_576;

/** The largest archived rule set that is read back. */
const MAX_ARCHIVE_BYTES = 16 * 1_048_576;

export type LoadedLaw = { readonly rules: RuleSet; readonly hash: string; readonly register: Register };
type LawFile = { readonly path: string; readonly text: string };

/** Reads a law folder with the packs of further folders added, or an archived rule set. Faults name file and line. */
export async function loadLaw(folder = SHIPPED_LAW, added: readonly string[] = []): Promise<Outcome<LoadedLaw>> {
  if (folder.endsWith('.json')) return loadArchive(folder);
  const read = [readFolder(folder, ''), ...added.map((one, i) => readFolder(one, `added/${i + 1}/`))];
  const unread = read.flatMap((one) => (one.ok ? [] : one.faults));
  if (unread.length > 0) return refuse(...unread);
  const files = read.flatMap((one) => (one.ok ? one.value : [])).filter((file) => !file.path.startsWith('states/'));
  return cached(['law', readerVersion(), files], () => readLaw(files));
}

/** The parsers are loaded only when something must be parsed: they are most of a start's time. */
async function readLaw(files: readonly LawFile[]): Promise<Outcome<LoadedLaw>> {
  const { readRuleSet } = await import('../../law/pack/read.ts');
  const { readRegister } = await import('../../law/pack/read-profile.ts');
  const { translated } = await import('../../law/pack/translations.ts');
  const { translations: texts = [], status = [], law = [] } = Object.groupBy(files, ({ path }) => kindOf(path));
  const rules = readRuleSet(law);
  const registerFile = status.find((file) => file.path === 'status/register.yaml');
  const register = registerFile
    ? readRegister(registerFile)
    : refuse({ pointer: 'status/register.yaml', detail: 'is missing' });
  const translations = await translationsIn(texts);
  if (!rules.ok || !register.ok || !translations.ok)
    return refuse(...[rules, register, translations].flatMap((one) => (one.ok ? [] : one.faults)));
  const ruleSet = translated(rules.value, translations.value);
  return accept({
    rules: ruleSet,
    hash: ruleSetHash(ruleSet),
    register: translated(register.value, translations.value),
  });
}

const kindOf = (path: string): 'translations' | 'status' | 'law' =>
  path.startsWith('translations/') ? 'translations' : path.startsWith('status/') ? 'status' : 'law';

const translationsIn = (files: readonly LawFile[]): Promise<Outcome<readonly Translation[]>> =>
  cached(['translations', readerVersion(), files], async () => {
    const { readTranslations } = await import('../../law/pack/translations.ts');
    return readTranslations(files);
  });

/** The translations of a law folder; none where it has no folder for them. */
async function loadTranslations(folder: string): Promise<Outcome<readonly Translation[]>> {
  const path = join(folder, 'translations');
  if (!existsSync(path)) return accept([]);
  const files = readFolder(path, 'translations/');
  return files.ok ? translationsIn(files.value) : files;
}

/** How far a law folder is translated, its register and State profiles too; or an archive, of which no translation is unused. */
export async function loadTranslationReport(
  folder = SHIPPED_LAW,
  added: readonly string[] = [],
): Promise<Outcome<TranslationReport>> {
  const law = await loadLaw(folder, added);
  if (!law.ok) return law;
  const { rules, register } = law.value;
  const { reportTranslations } = await import('../../law/pack/translations.ts');
  if (folder.endsWith('.json')) return accept(reportTranslations({ ...rules, register }, []));
  const translations = await loadTranslations(folder);
  if (!translations.ok) return translations;
  const profiles = await loadProfiles(rules, join(folder, 'states'));
  if (!profiles.ok) return profiles;
  return accept(reportTranslations({ ...rules, register, states: profiles.value }, translations.value));
}

/** Every profile of a law folder. */
async function loadProfiles(rules: RuleSet, folder: string): Promise<Outcome<readonly Profile[]>> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.yaml')) : [];
  const read = await Promise.all(names.sort().map((name) => loadPolicy(rules, join(folder, name))));
  const faults = read.flatMap((one) => (one.ok ? [] : one.faults));
  return faults.length > 0 ? refuse(...faults) : accept(read.flatMap((one) => (one.ok ? [one.value.profile] : [])));
}

/** An archived rule set, as `law archive` prints it: taken only if it has the hash it says. */
function loadArchive(path: string): Outcome<LoadedLaw> {
  const file = readText(path, path, MAX_ARCHIVE_BYTES);
  if (!file.ok) return file;
  const fault = (detail: string) => refuse({ pointer: path, detail });
  let archive: { ruleSet?: unknown; rules?: RuleSet; register?: Register };
  try {
    archive = JSON.parse(file.value.text) as typeof archive;
    if (!archive.rules || !archive.register || ruleSetHash(archive.rules) !== archive.ruleSet)
      return fault('is no archived rule set, or not the one it says it is: its hash differs');
  } catch {
    return fault('is no archived rule set');
  }
  return accept({ rules: archive.rules, hash: archive.ruleSet as string, register: archive.register });
}

/**
 * Reads a State profile and gives it the name it has in assessments: the hash of what it says.
 * One that stands in a law folder is said in the languages of that folder; any other brings its own.
 */
export async function loadPolicy(
  rules: RuleSet,
  path: string,
): Promise<Outcome<Policy & { profile: Profile; hash: string }>> {
  const file = readText(path, path);
  if (!file.ok) return file;
  const { readProfile } = await import('../../law/pack/read-profile.ts');
  const profile = readProfile(rules, file.value);
  if (!profile.ok) return profile;
  const folder = dirname(resolve(path));
  const translations = basename(folder) === 'states' ? await loadTranslations(dirname(folder)) : accept([]);
  if (!translations.ok) return translations;
  const { translated } = await import('../../law/pack/translations.ts');
  const said = translated(profile.value, translations.value);
  return accept({ profile: said, hash: `sha256:${digest(canonicalJson(said as unknown as Json))}` });
}

/** The hash of what the law says; where in which file it says so does not count. */
export function ruleSetHash(rules: RuleSet): string {
  return `sha256:${digest(canonicalJson(sayingOf(rules) as unknown as Json))}`;
}

function readFolder(folder: string, prefix: string): Outcome<LawFile[]> {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  } catch {
    return refuse({ pointer: folder, detail: 'is no folder that can be read' });
  }
  const files = names.sort().map((name) => readText(join(folder, name), prefix + name.split(sep).join('/')));
  const faults = files.flatMap((file) => (file.ok ? [] : file.faults));
  return faults.length > 0 ? refuse(...faults) : accept(files.flatMap((file) => (file.ok ? [file.value] : [])));
}

/** A text file of bounded size and valid UTF-8, or why not; the size is looked at before anything is read. */
export function readText(path: string, name: string, limit = MAX_FILE_BYTES): Outcome<LawFile> {
  const fault = (detail: string) => refuse({ pointer: name, detail });
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) return fault('is a folder, not a file');
    if (stat.size > limit) return fault(`is ${stat.size} bytes; at most ${limit} are read`);
    return accept({ path: name, text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)) });
  } catch (error) {
    if (error instanceof TypeError) return fault('is not valid UTF-8 text');
    return fault((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'cannot be read');
  }
}

/** A cached rule set is only good for the reader that made it: any change of its files makes a new one. */
const readerVersion = (): string =>
  readdirSync(PACK_READER)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => `${name} ${stamp(join(PACK_READER, name))}`)
    .join();

function stamp(path: string): string {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs}/${size}`;
}
