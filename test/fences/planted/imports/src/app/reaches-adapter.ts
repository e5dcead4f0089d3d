// Planted for the fences: a use case imports an adapter.
import { store } from '../adapters/files/store.ts';
export const r = store;
