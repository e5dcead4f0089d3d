// Planted for the fences: a good use case.
import { rule } from '../law/rule.ts';
import type { Store } from './ports.ts';
export const useCase = (store: Store): unknown => [store.load(), rule];
