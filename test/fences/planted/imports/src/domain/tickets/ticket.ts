// Planted for the fences: a folder without a place in the order.
export const ticket = 1;
