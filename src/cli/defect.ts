// What a person is told when the program itself fails: an id to report, and the details only to whoever asks for them.

import { randomUUID } from 'node:crypto';

/** One line with a fresh id; with ROGATORY_DEBUG=1 the error and its stack below. They may quote facts of a case. */
export function defectText(error: unknown): string {
  const line = `a defect of the program, id ${randomUUID().slice(0, 8)}`;
  if (process.env['ROGATORY_DEBUG'] !== '1') return `${line}; ROGATORY_DEBUG=1 shows the details`;
  return `${line}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
