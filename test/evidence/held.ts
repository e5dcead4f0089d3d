// How many bytes of buffers a program really holds: what is only waiting to be collected is collected first.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

export function held(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}
