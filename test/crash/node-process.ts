// A node's database in a process of its own, so that a test can kill it: opens the directory it is given, says so, stays.

import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';

const [dataDirectory = '', binaries] = process.argv.slice(2);
const said: string[] = [];
const note = (_facts: object, text: string): void => void said.push(text);
const opened = await openDatabase({ dataDirectory, binaries, log: { info: note, warn: note, error: note } });
if (opened.ok) {
  process.once('SIGTERM', () => void opened.value.stop().then(() => process.exit(0)));
  setInterval(() => {}, 60_000);
}
process.stdout.write(
  `${JSON.stringify(opened.ok ? { ok: true, ...opened.value, said } : { ok: false, faults: opened.faults, said })}\n`,
);
