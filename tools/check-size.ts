// A file that grew past what one can hold in mind fails, and every file says in its first line what it is for.

import { type Finding, filesUnder, isTypeScript, linesOf } from './tree.ts';

const TOO_LONG = 400;
const LONG = 250;
const FOLDERS = ['src', 'test', 'tools', 'bench', 'verify'];
/** What a stranger should read from top to bottom before trusting it is one file, however long (ADR 10). */
const ONE_FILE = 'verify/verify.ts';

export const sizedFiles = (root: string): string[] => filesUnder(root, FOLDERS, isTypeScript);

export function checkSize(root: string): Finding[] {
  return sizedFiles(root).flatMap((file) => {
    const lines = linesOf(root, file);
    const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
    const findings: Finding[] = [];
    if (count > TOO_LONG && file !== ONE_FILE)
      findings.push({ file, line: TOO_LONG + 1, says: `${count} lines; more than ${TOO_LONG}: split it` });
    else if (count > LONG && file !== ONE_FILE)
      findings.push({ file, line: LONG + 1, says: `${count} lines; over ${LONG}`, warning: true });
    const opening = lines[0]?.startsWith('#!') ? lines[1] : lines[0];
    if (!/^(\/\/|\/\*)/u.test(opening ?? '')) {
      findings.push({ file, line: 1, says: 'opens without a sentence that says what the file is for' });
    }
    return findings;
  });
}
