// Planted for the fences: a test.
import { leaf } from './leaf.ts';
export const t = leaf;
