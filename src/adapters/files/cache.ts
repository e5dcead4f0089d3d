// What was worked out once from files, kept as JSON so that the next start does not work it out again.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '../../kernel/outcome.ts';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/rogatory/', import.meta.url));

/** SHA-256 of a text, in hexadecimal. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The value kept under everything it depends on, or made now and kept; faults are not kept. Values are plain JSON. */
export async function cached<T>(dependsOn: unknown, make: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const path = join(CACHE, `${digest(JSON.stringify([process.version, dependsOn]))}.json`);
  const kept = fromCache<T>(path);
  if (kept !== undefined) return { ok: true, value: kept };
  const made = await make();
  if (made.ok) toCache(path, made.value);
  return made;
}

function fromCache<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Written beside and renamed, so that a killed process leaves no half file. A folder that cannot be written costs time, nothing else. */
function toCache(path: string, value: unknown): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(value));
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    return;
  }
}
