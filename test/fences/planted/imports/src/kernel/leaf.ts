// Planted for the fences: the good file that others import.
export type Leaf = string;
export const leaf: Leaf = 'leaf';
