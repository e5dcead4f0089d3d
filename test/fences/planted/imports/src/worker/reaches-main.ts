// Planted for the fences: a job imports the root.
import { r as root } from '../main.ts';
export const r = root;
