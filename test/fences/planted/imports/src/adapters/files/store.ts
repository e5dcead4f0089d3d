// Planted for the fences: a good adapter.
import { readFileSync } from 'node:fs';
import type { Store } from '../../app/ports.ts';
import { r } from '../../law/pack/read.ts';
export const store: Store = { load: () => String(readFileSync('x')) + r };
