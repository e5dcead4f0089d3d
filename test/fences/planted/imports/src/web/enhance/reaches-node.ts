// Planted for the fences: a browser script reaches a Node module, three files away.
import { shown } from '../view.ts';
export const r = shown;
