// Keeps the server running while the node runs: one that dies is started again, and the node's end is its end.

import { accept, type Outcome } from '../../../kernel/outcome.ts';
import { type Postmaster, type Start, signalServer, startServer, stopServer } from './postmaster.ts';
import { pause } from './settings.ts';

const SLOWEST_RETRY_MS = 10_000;

/** Starts the server, or goes on with one that was found running, and restarts it whenever it ends unasked. */
export async function keepRunning(start: Start, adopted?: Postmaster): Promise<Outcome<{ stop(): Promise<void> }>> {
  const first = adopted === undefined ? await startServer(start) : accept(adopted);
  if (!first.ok) return first;
  if (adopted !== undefined)
    start.log.warn({ pid: adopted.pid }, 'went on with the PostgreSQL that a killed Rogatory left');
  let current: Postmaster = first.value;
  let stopping: Promise<void> | undefined;
  let restarting: Promise<void> | undefined;

  const watch = (server: Postmaster): void => {
    void server.ended.then(() => {
      if (stopping !== undefined) return;
      start.log.error({ pid: server.pid }, 'PostgreSQL ended; starting it again');
      restarting = restart();
    });
  };
  const restart = async (): Promise<void> => {
    for (let wait = 250; stopping === undefined; wait = Math.min(2 * wait, SLOWEST_RETRY_MS)) {
      const again = await startServer(start);
      if (again.ok) {
        current = again.value;
        start.log.info({ pid: current.pid }, 'PostgreSQL runs again');
        return watch(current);
      }
      start.log.error({ faults: again.faults }, 'PostgreSQL did not start; trying again');
      await pause(wait);
    }
  };
  watch(current);

  // A process that ends without calling stop() must not leave a server behind it, if it can help it.
  const atExit = (): void => void signalServer(current.pid, start.cluster, 'SIGINT');
  process.once('exit', atExit);
  const stop = async (): Promise<void> => {
    process.removeListener('exit', atExit);
    await Promise.race([restarting, pause(2_000)]);
    await stopServer(current, start.cluster);
  };
  return accept({
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  });
}
