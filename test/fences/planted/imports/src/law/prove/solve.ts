// Planted for the fences: a good proof.
import Logic from 'logic-solver';
export const r = Logic;
