// A checked request as a file that `rogatory assess`, the API and this page read.

import { type AnswerView, requestOf } from './view.ts';

export const FILE_NAME = 'request.json';

export function downloadText(view: AnswerView): string {
  const { instrument, ...rest } = requestOf(view);
  return `${JSON.stringify({ ...(instrument === null ? {} : { instrument }), ...rest }, null, 2)}\n`;
}
