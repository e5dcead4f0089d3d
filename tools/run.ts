// Runs tools of node_modules on the pinned Node, two at a time, and prints what each of them said.

import { spawn } from 'node:child_process';
import { ROOT } from './tree.ts';

export type Tool = { readonly name: string; readonly args: readonly string[]; readonly env?: Record<string, string> };

/** Runs one tool; its output comes out in one piece, so that tools running at the same time do not mix. */
export function run({ name, args, env }: Tool): Promise<{ name: string; ok: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('close', (code) => resolve({ name, ok: code === 0, output: output.trim() }));
  });
}

/** Runs all; true when every one succeeded. */
export async function runAll(tools: readonly Tool[]): Promise<boolean> {
  const results = await Promise.all(tools.map(run));
  for (const { name, ok, output } of results) {
    if (output !== '') console.log(output);
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`);
  }
  return results.every(({ ok }) => ok);
}
