// The core reads no clock and rolls no dice: the same request and the same law give the same answer on any day.

import { type Finding, filesUnder, grep, isTest, isTypeScript } from './tree.ts';

const CORE = ['kernel', 'law', 'domain', 'transparency', 'exchange', 'app'].map((folder) => `src/${folder}`);

const IMPURE: readonly (readonly [RegExp, string])[] = [
  [/\bMath\.random\b/u, 'chance comes in through a port'],
  [/\bnew Date\b|\bDate\.(now|parse|UTC)\b/u, 'time comes in as an argument'],
  [/\bTemporal\.Now\b|\bperformance\.now\b/u, 'time comes in as an argument'],
  [/\btoLocale(Date|Time)?String\b/u, 'the language of the machine is not the language of the reader'],
  [/\bimport\s*\(/u, 'what the core needs is named at the top of the file'],
];

export const coreFiles = (root: string): string[] =>
  filesUnder(root, CORE, (path) => isTypeScript(path) && !isTest(path));

export const checkCorePurity = (root: string): Finding[] => grep(root, coreFiles(root), IMPURE);
