// The law of one day, instrument and measure as a graph of conditions over numbered facts: what all four back ends run.

/** A condition with every name resolved. `bins` is a bit set of the codes of `slot` for which the atom is true. */
export type Node =
  | { readonly op: 'const'; readonly value: boolean }
  | { readonly op: 'atom'; readonly slot: number; readonly bins: number }
  | { readonly op: 'all' | 'any'; readonly of: readonly Node[] }
  | { readonly op: 'not'; readonly of: Node };

export const TRUE: Node = { op: 'const', value: true };
export const FALSE: Node = { op: 'const', value: false };

/** The three truth values, chosen so that `&` is and, `|` is or. Not is `not3`. */
export const T = 3;
export const U = 1;
export const F = 0;
export type Tri = 0 | 1 | 3;

export const not3 = (value: Tri): Tri => (value === T ? F : value === F ? T : U);

export function not(node: Node): Node {
  if (node.op === 'const') return node.value ? FALSE : TRUE;
  return node.op === 'not' ? node.of : { op: 'not', of: node };
}

export const all = (of: readonly Node[]): Node => join('all', of, FALSE, TRUE);
export const any = (of: readonly Node[]): Node => join('any', of, TRUE, FALSE);

/** Constants folded: `absorbing` decides alone, `neutral` drops out. */
function join(op: 'all' | 'any', of: readonly Node[], absorbing: Node, neutral: Node): Node {
  const rest: Node[] = [];
  for (const part of of.flatMap((node) => (node.op === op ? node.of : [node]))) {
    if (part === absorbing) return absorbing;
    if (part !== neutral) rest.push(part);
  }
  if (rest.length === 0) return neutral;
  return rest.length === 1 && rest[0] ? rest[0] : { op, of: rest };
}

/** The slots a node reads, each as often as it stands there. */
export function slotsOf(node: Node): number[] {
  switch (node.op) {
    case 'const':
      return [];
    case 'atom':
      return [node.slot];
    case 'not':
      return slotsOf(node.of);
    default:
      return node.of.flatMap(slotsOf);
  }
}

/** Codes of facts, one a slot: 0 is unknown, the others are the slot's bins from 1. */
export type Codes = Uint8Array;

/** The value of a node by strong Kleene logic, computed by walking it: the meaning the back ends must agree with. */
export function valueOf(node: Node, codes: Codes): Tri {
  switch (node.op) {
    case 'const':
      return node.value ? T : F;
    case 'atom': {
      const code = codes[node.slot] as number;
      return code === 0 ? U : (node.bins >> code) & 1 ? T : F;
    }
    case 'not':
      return not3(valueOf(node.of, codes));
    case 'all':
      return node.of.reduce<Tri>((value, part) => (value & valueOf(part, codes)) as Tri, T);
    case 'any':
      return node.of.reduce<Tri>((value, part) => (value | valueOf(part, codes)) as Tri, F);
  }
}
