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
  const office = read('office.yaml') as Omit<DemoOffice, 'requests' | 'answers'>;
  const { requests } = read('requests.yaml') as Pick<DemoOffice, 'requests'>;
  return { ...office, requests, answers: read('answers.yaml') as DemoOffice['answers'] };
}
