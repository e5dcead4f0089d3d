// The lock file installs on every platform, names no registry, and package.json pins every version exactly.

import { readFileSync } from 'node:fs';
import { type Lock, missingPlatforms } from './lock-platforms.ts';
import { type Finding, linesOf } from './tree.ts';

export function checkLock(root: string): Finding[] {
  const findings: Finding[] = [];
  const lock = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')) as Lock;
  for (const { path } of missingPlatforms(lock)) {
    findings.push({ file: 'package-lock.json', line: 1, says: `${path} is missing: run npm run lock` });
  }
  linesOf(root, 'package-lock.json').forEach((text, index) => {
    if (/"resolved":/u.test(text))
      findings.push({ file: 'package-lock.json', line: index + 1, says: 'names a registry' });
  });
  for (const [name, version] of Object.entries(directDependencies(root))) {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/u.test(version)) {
      findings.push({ file: 'package.json', line: 1, says: `${name} is not pinned exactly: ${version}` });
    }
  }
  return findings;
}

/** Every package that package.json names, with its version. */
export function directDependencies(root: string): Record<string, string> {
  const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as Record<
    string,
    Record<string, string> | undefined
  >;
  return { ...manifest['dependencies'], ...manifest['optionalDependencies'], ...manifest['devDependencies'] };
}
