// Planted for the fences: source imports a test.
import { t } from './leaf.test.ts';
export const r = t;
