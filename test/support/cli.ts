// Runs bin/rogatory as a process of its own, and makes the requests and files that tests hand to it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after } from 'node:test';
import { ROOT } from '../../tools/tree.ts';

export type Run = { readonly status: number | null; readonly out: string; readonly err: string };
type With = { readonly stdin?: string | Uint8Array; readonly env?: Record<string, string> };

/** What the command line does with these words. */
export function rogatory(words: readonly string[], { stdin, env }: With = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(`${ROOT}/bin/rogatory`, words, { cwd: ROOT, env: { ...process.env, ...env } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    // A process that ends before it has read everything is free to.
    child.stdin.on('error', () => {});
    child.on('close', (status) =>
      resolve({ status, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
    child.stdin.end(stdin ?? '');
  });
}

/** A folder for this test file's own files. */
export function folder(): string {
  const path = mkdtempSync(`${tmpdir()}/rogatory-`);
  after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function write(path: string, content: string | Uint8Array): string {
  writeFileSync(path, content);
  return path;
}

type Written = Record<string, unknown> & { facts: Record<string, unknown> };

export const EXAMPLES = readdirSync(`${ROOT}/examples`).filter((name) => name.endsWith('.json'));
export const example = (number: string): Written => {
  const name = EXAMPLES.find((one) => one.startsWith(`${number}-`));
  return JSON.parse(readFileSync(`${ROOT}/examples/${name}`, 'utf8')) as Written;
};

/** The complete ransomware request of the examples, with some of it changed; undefined takes a key away. */
export function request(changes: Record<string, unknown> = {}, facts: Record<string, unknown> = {}): string {
  const base = example('03');
  return JSON.stringify({ ...base, facts: { ...base.facts, ...facts }, ...changes });
}

/** Unusable: status 2, nothing on standard output, and one line a fault on standard error. */
export function assertUnusable(run: Run, ...lines: (string | RegExp)[]): void {
  assert.deepEqual({ status: run.status, out: run.out }, { status: 2, out: '' }, run.err);
  const said = run.err.replace(/\n$/, '').split('\n');
  assert.equal(said.length, lines.length, `one line a fault:\n${run.err}`);
  for (const [i, line] of lines.entries()) {
    if (typeof line === 'string') assert.equal(said[i], line);
    else assert.match(said[i] ?? '', line);
  }
}
