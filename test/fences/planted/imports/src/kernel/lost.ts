// Planted for the fences: source imports what does not exist.
import { x } from './nowhere.ts';
export const r = x;
