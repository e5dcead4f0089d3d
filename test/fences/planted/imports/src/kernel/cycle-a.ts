// Planted for the fences: one half of a cycle.
import { b } from './cycle-b.ts';
export const a = (): unknown => b;
