// Keeps the server running while the node runs: one that dies is started again, and the node's end is its end.

import { accept, type Outcome } from '../../../kernel/outcome.ts';
import { type Postmaster, type Start, signalServer, startServer, stopServer } from './postmaster.ts';
import { dataFault, pause } from './settings.ts';

const FIRST_RETRY_MS = 250;
const SLOWEST_RETRY_MS = 10_000;

/** Starts the server, or goes on with one that was found running, and restarts it whenever it ends unasked. */
export async function keepRunning(start: Start, adopted?: Postmaster): Promise<Outcome<{ stop(): Promise<void> }>> {
  const first = adopted === undefined ? await startServer(start) : accept(adopted);
  if (!first.ok) return first;
  if (adopted !== undefined)
    start.log.warn({ pid: adopted.pid }, 'went on with the PostgreSQL that a killed Rogatory left');
  // Also while it is still starting: stopping ends that one too.
  let newest = first.value.pid;
  let stopping: Promise<void> | undefined;
  const launched = (pid: number): void => {
    newest = pid;
  };

  const watch = (server: Postmaster): void => {
    void server.ended.then(() => {
      if (stopping !== undefined) return;
      start.log.error({ pid: server.pid }, 'PostgreSQL ended; starting it again');
      void restart();
    });
  };
  const restart = async (): Promise<void> => {
    for (let wait = FIRST_RETRY_MS; stopping === undefined; wait = Math.min(2 * wait, SLOWEST_RETRY_MS)) {
      const again = await startServer({ ...start, launched }).catch((error: Error) => dataFault(error.message));
      if (again.ok) {
        start.log.info({ pid: again.value.pid }, 'PostgreSQL runs again');
        return watch(again.value);
      }
      if (stopping !== undefined) return;
      start.log.error({ faults: again.faults }, 'PostgreSQL did not start; trying again');
      await pause(wait);
    }
  };
  watch(first.value);

  // A process that ends without calling stop() must not leave a server behind it, if it can help it.
  const atExit = (): void => void signalServer(newest, start.cluster, 'SIGINT');
  process.once('exit', atExit);
  return accept({
    stop: () => {
      process.removeListener('exit', atExit);
      stopping ??= stopServer({ pid: newest }, start.cluster);
      return stopping;
    },
  });
}
