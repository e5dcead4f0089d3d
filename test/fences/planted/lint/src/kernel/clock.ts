// Planted for the fences: the core reads the clock.
export const now = new Date();
