// Planted for the fences: used by pages and browser scripts alike, and leans on a file that needs Node.
import { hash } from './hash.ts';
export const shown = hash;
