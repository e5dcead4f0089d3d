// Planted for the fences: a good browser script.
import { useCase } from '../../app/use-case.ts';
import { verdict } from '../../law/verdict.ts';
export const r = [useCase, verdict];
