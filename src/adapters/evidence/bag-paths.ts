// Names of files in a bag, and which of them nobody may be made to follow.
// Attacker: writes a bag whose names lead out of it, mean two things, or look like one another.

/** Why a name is none a bag may have; undefined when it may. */
export function unfitPath(path: string): string | undefined {
  if (path === '' || path.length > 1_000) return 'has no usable length';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(path) || !path.isWellFormed()) return 'holds characters that cannot be printed';
  if (path.startsWith('/') || path.startsWith('~') || /^[A-Za-z]:/.test(path)) return 'leads out of the bag';
  // To a system that reads it as a separator it leads elsewhere than to ours.
  if (path.includes('\\')) return 'holds a backslash';
  return path.split('/').some((part) => part === '' || part === '.' || part === '..')
    ? 'leads out of the bag'
    : undefined;
}

/** Equal for names that some file system takes for one: by case, and by how their letters are composed. */
export const folded = (path: string): string => path.normalize('NFC').toLowerCase();

/** Of a line of a manifest: line ends and the percent sign itself are written as escapes, and nothing else is (RFC 8493, 2.1.3). */
export const unescaped = (path: string): string =>
  path.replace(/%(0[ad]|25)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
