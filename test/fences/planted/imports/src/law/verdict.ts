// Planted for the fences: the words of a verdict, which an edge may read.
export const verdict = 'met';
