// Planted for the fences: the root of the command line: may import everything.
import { store } from '../adapters/files/store.ts';
export const r = store;
