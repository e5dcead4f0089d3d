// Planted for the fences: the log imports the engine.
import { rule } from '../law/rule.ts';
export const r = rule;
