// The part of logic-solver that the proofs use; the package ships no types.

declare module 'logic-solver' {
  export type Formula = { readonly __formula: unique symbol } | string;
  export type Term = Formula | number;
  export interface Solution {
    evaluate(formula: Formula): boolean;
  }
  export class Solver {
    require(...formulas: Formula[]): void;
    solve(): Solution | null;
    solveAssuming(formula: Formula): Solution | null;
  }
  interface Logic {
    readonly TRUE: Formula;
    readonly FALSE: Formula;
    readonly Solver: typeof Solver;
    and(...formulas: Formula[]): Formula;
    or(...formulas: Formula[]): Formula;
    not(formula: Formula): Formula;
    implies(a: Formula, b: Formula): Formula;
    exactlyOne(...formulas: Formula[]): Formula;
    atMostOne(...formulas: Formula[]): Formula;
  }
  const logic: Logic;
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS and exports one object
  export default logic;
}
