// Planted for the fences: source uses a package for development.
import fc from 'fast-check';
export const r = fc;
