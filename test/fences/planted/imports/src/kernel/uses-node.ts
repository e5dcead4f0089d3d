// Planted for the fences: the kernel uses a Node module.
import { readFileSync } from 'node:fs';
export const r = readFileSync;
