// A sequencer in a process of its own that a test can kill at any step: it publishes slot after slot and says what it does.
// The fault is put in here, around the ports, and not in the product.

import { writeSync } from 'node:fs';
import { connect } from '../../src/adapters/postgres/connection.ts';
import type { LogPorts } from '../../src/app/log/ports.ts';
import { sequencer } from '../../src/app/log/publish.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { openTestLog } from './support.ts';

type Order = {
  readonly connection: object;
  readonly data: string;
  readonly start: Instant;
  readonly slots: number;
  /** The step before or after which the process is gone: nothing of what follows happens. */
  readonly die?: string;
};
const order = JSON.parse(process.argv[2] ?? '') as Order;

const say = (word: string): void => void writeSync(1, `${word}\n`);
/** As a power cut would: nothing is put in order on the way out. */
const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
};
let round = 0;
/** Dies at its point in the second slot: the first one is whole, so that there is something to go on from. */
function at<A extends readonly unknown[], T>(name: string, work: (...args: A) => Promise<T>) {
  return async (...args: A): Promise<T> => {
    if (round === 2 && order.die === `before ${name}`) die();
    const done = await work(...args);
    if (round === 2 && order.die === `after ${name}`) die();
    return done;
  };
}

const { db } = connect(order.connection, 4);
const log = await openTestLog(db, order.data, { start: order.start });
const { entries, files, signed } = log.ports;
const ports: LogPorts = {
  ...log.ports,
  entries: { ...entries, append: at('append', entries.append), noteHead: at('head', entries.noteHead) },
  files: {
    ...files,
    write: async (all) => {
      if (round === 2 && order.die === 'between tiles') {
        // Half of them are there when it ends.
        await files.write(all.slice(0, 1));
        die();
      }
      await at('tiles', files.write)(all);
    },
    publish: at('publication', files.publish),
    dropPartial: at('dropping', files.dropPartial),
  },
  signed: { ...signed, keep: at('signature', signed.keep) },
};
const running = sequencer(ports);
for (round = 1; round <= order.slots; round++) {
  say(JSON.stringify(await running.publishSlot()));
  log.pass();
}
process.exit(0);
