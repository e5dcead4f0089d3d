// Planted for the fences: the other half of a cycle.
import { a } from './cycle-a.ts';
export const b = (): unknown => a;
