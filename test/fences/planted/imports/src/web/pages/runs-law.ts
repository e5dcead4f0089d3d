// Planted for the fences: a page runs the engine.
import { rule } from '../../law/rule.ts';
export const r = rule;
