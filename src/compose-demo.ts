// Fills a demonstration behind its open doors: cases, a published report, and oversight at work, as far as an earlier run did not.

import { setTimeout } from 'node:timers/promises';
import { publishDemonstration } from './app/demo/figures.ts';
import { type DemoPorts, fillDemonstration, type Progress, staffFrom } from './app/demo/open.ts';
import { overseeDemonstration } from './app/demo/oversight.ts';
import type { OversightPorts } from './app/oversight/book-ports.ts';
import type { ReportingPorts } from './app/reporting/publish.ts';

/** How often it is asked whether the public log has brought what oversight waits for. */
const LOOK_EVERY = 15_000;

export type Demonstration = {
  readonly progress: () => Progress;
  /** Ends it: what was begun is finished first. */
  readonly close: () => Promise<void>;
};

/** `works`: whether the log goes on by itself; without it oversight takes the steps it can take at once. */
export function playDemonstration(
  ports: DemoPorts & {
    readonly reporting: ReportingPorts;
    readonly oversight: OversightPorts;
    readonly works: boolean;
    readonly failed: (error: unknown) => void;
  },
): Demonstration {
  const { data, people, reporting, works } = ports;
  let progress: Progress = { done: 0, total: data.requests.length };
  const stop = new AbortController();
  const play = async (): Promise<void> => {
    await fillDemonstration(ports, (now) => {
      progress = now;
    });
    await publishDemonstration(reporting, people);
    const staff = staffFrom(await people.store.members());
    while (!(await overseeDemonstration(ports.oversight, staff, data.oversight)) && works)
      await setTimeout(LOOK_EVERY, undefined, { signal: stop.signal });
  };
  const playing = play().catch((error: unknown) => stop.signal.aborted || ports.failed(error));
  return {
    progress: () => progress,
    close: async () => {
      stop.abort();
      await playing;
    },
  };
}
