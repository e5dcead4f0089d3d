// The settings an office starts from, read from office/defaults.yaml.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { OfficeSettings } from '../../app/casework/ports.ts';

const FILE = new URL('../../../office/defaults.yaml', import.meta.url);

const Term = z.strictObject({
  parameter: z.string().optional(),
  'policy-parameter': z.string().optional(),
  otherwise: z.int().nonnegative(),
  unit: z.enum(['calendar-days', 'working-days', 'hours']),
});
const Settings = z.strictObject({
  terms: z.record(z.string(), Term),
  alerts: z.strictObject({ soon: z.int().nonnegative(), 'long-secrecy': z.int().positive().optional() }),
  'consult-first': z.array(z.string()),
  'wide-period': z.int().positive(),
  'figures-least': z.int().min(3),
  calendar: z.strictObject({
    timeZone: z.string(),
    weekend: z.array(z.int().min(1).max(7)),
    holidays: z.array(z.strictObject({ day: z.string(), name: z.record(z.string(), z.string()).nullable() })),
  }),
});

/** Reads them; a file that is not as it should be is a defect of the installation and stops the start. */
export const loadOfficeDefaults = (): OfficeSettings =>
  Settings.parse(parse(readFileSync(FILE, 'utf8'))) as unknown as OfficeSettings;
