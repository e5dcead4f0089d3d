// Planted for the fences: a decider runs the engine.
import { rule } from '../../law/rule.ts';
export const r = rule;
