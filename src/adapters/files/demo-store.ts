// The data of the demonstration office, read from office/demo: its people, its requests, and how it answers.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { DemoOffice } from '../../app/demo/ports.ts';

const FOLDER = new URL('../../../office/demo/', import.meta.url);
const read = (name: string): unknown => parse(readFileSync(new URL(name, FOLDER), 'utf8'));

/** The profile of the invented State: its treaties and its policy. */
export const DEMO_PROFILE = fileURLToPath(new URL('profile.yaml', FOLDER));

/** Files of ours, under test; what is wrong in them stops the demonstration where it is first used. */
export function loadDemoOffice(): DemoOffice {
  const office = read('office.yaml') as Omit<DemoOffice, 'requests' | 'answers' | 'oversight'>;
  const { requests } = read('requests.yaml') as Pick<DemoOffice, 'requests'>;
  const answers = read('answers.yaml') as DemoOffice['answers'];
  const oversight = read('oversight.yaml') as DemoOffice['oversight'];
  return { ...office, requests: [...requests, ...earlier(requests)], answers, oversight };
}

type Past = { readonly like: string; readonly goal: string; readonly days: readonly number[] };

/** Requests of earlier months: each like one that is written out, about an account of its own. */
function earlier(requests: DemoOffice['requests']): DemoOffice['requests'] {
  const { past } = read('past.yaml') as { readonly past: readonly Past[] };
  return past.flatMap(({ like, goal, days }) => {
    const model = requests.find(({ target }) => target === like);
    return model === undefined ? [] : days.map((ago) => ({ ...model, goal, days: ago, target: `${ago}.${like}` }));
  });
}
