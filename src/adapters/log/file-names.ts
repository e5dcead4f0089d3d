// The names of the files below `<data>/log`, folder by folder: for the self-audit, however many there are.

import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** Relative to the folder, with `/` between. A folder that goes while it is read, or is not there, has none. */
export async function* fileNames(folder: string, below = ''): AsyncIterable<string> {
  try {
    for await (const one of await opendir(join(folder, below))) {
      const name = below === '' ? one.name : `${below}/${one.name}`;
      if (one.isDirectory()) yield* fileNames(folder, name);
      // What is being written has a name of its own until it is whole.
      else if (!isOnItsWay(one.name)) yield name;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

const isOnItsWay = (name: string): boolean => name.startsWith('.');
