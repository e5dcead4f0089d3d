// Planted for the fences: an adapter imports a use case.
import { useCase } from '../../app/use-case.ts';
export const r = useCase;
