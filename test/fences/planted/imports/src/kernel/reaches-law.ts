// Planted for the fences: the kernel imports the engine.
import { rule } from '../law/rule.ts';
export const r = rule;
