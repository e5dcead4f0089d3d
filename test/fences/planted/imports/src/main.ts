// Planted for the fences: the root: may import everything.
import { store } from './adapters/files/store.ts';
import { rule } from './law/rule.ts';
export const r = [store, rule];
