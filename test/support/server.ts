// The server as `npm start` runs it, on a port of its own, for tests that ask it over HTTP.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';

const ROOT = new URL('../../', import.meta.url).pathname;

export type Server = { readonly address: string; readonly stop: () => Promise<void> };

/** Starts `npm start`'s program on a free port. */
export async function startServer(env: Record<string, string> = {}): Promise<Server> {
  const server = spawn(process.execPath, [`${ROOT}src/main.ts`], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', ROGATORY_DATA: mkdtempSync(join(tmpdir(), 'rogatory-data-')), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  return {
    address: /http:\/\/\S+/.exec(line)?.[0] ?? '',
    stop: async () => {
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
}

let shared: Promise<Server> | undefined;
after(async () => (await shared)?.stop());

/** The one server of this process, for all files that run in it and leave it as it is. */
export const sharedServer = (): Promise<Server> => {
  shared ??= startServer();
  return shared;
};
