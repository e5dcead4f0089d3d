// Planted for the fences: the core reaches for the world. One error stands on each line that says so.
import { readFileSync } from 'node:fs'; // error
import { parse } from 'yaml'; // none: packs are read with it, and its types must not bring Node's along
import { z } from 'zod'; // none

export const setting = process.env['HOME']; // error
export const page = fetch('https://example.org'); // error
export const bytes = Buffer.from('x'); // error
console.log(setting); // error
export const fine = [parse, z, readFileSync, new TextEncoder(), structuredClone(1), Temporal.PlainDate];
