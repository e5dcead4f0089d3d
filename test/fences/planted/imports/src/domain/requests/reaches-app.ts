// Planted for the fences: the domain imports a use case.
import { useCase } from '../../app/use-case.ts';
export const r = useCase;
