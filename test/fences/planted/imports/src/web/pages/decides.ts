// Planted for the fences: a page decides.
import { decide } from '../../domain/requests/decide.ts';
export const r = decide;
