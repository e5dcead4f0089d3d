// Planted for the fences: a page imports an adapter.
import { store } from '../../adapters/files/store.ts';
export const r = store;
