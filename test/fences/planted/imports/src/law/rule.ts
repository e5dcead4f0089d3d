// Planted for the fences: a good file of the engine.
import { leaf } from '../kernel/leaf.ts';
export type Rule = string;
export const rule: Rule = leaf;
