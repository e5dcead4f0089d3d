// The tape as straight-line JavaScript, text only: written to a module by whoever wants it, never evaluated here (the CSP stays strict).

import { neededBy, type Tape } from './tape.ts';

/**
 * A module with `outcomes(data, out, from, to)`: `data` as Columns holds it, `out` three words of rank bits for each word of
 * requests, `from` and `to` in words; and `verdicts(data, out, word)`: met, not met, open for each provision in tape order.
 */
export function emitModule(tape: Tape): string {
  const body = (roots: readonly number[]): string[] => {
    const inputs = tape.inputs.length;
    const used = neededBy(tape, roots);
    const name = (register: number): string => (register === 0 ? '0' : register === 1 ? '-1' : `r${register}`);
    const lines: string[] = [];
    for (let i = 0; i < inputs; i++) if (used.has(i + 2)) lines.push(`const r${i + 2} = data[o + ${i}] | 0;`);
    tape.steps.forEach((step, i) => {
      const register = inputs + 2 + i;
      if (!used.has(register)) return;
      const [a, b] = [name(step.a), name(step.b)];
      const text =
        step.op === 'and'
          ? `${a} & ${b}`
          : step.op === 'or'
            ? `${a} | ${b}`
            : step.op === 'andnot'
              ? a === '-1'
                ? `~${b}`
                : `${a} & ~${b}`
              : `${a} | ~${b}`;
      lines.push(`const r${register} = ${text};`);
    });
    return lines;
  };
  const name = (register: number): string => (register === 0 ? '0' : register === 1 ? '-1' : `r${register}`);
  const verdicts = tape.verdicts.flatMap((bits) => [bits.met, bits.notMet, bits.open]);
  return [
    'export function outcomes(data, out, from, to) {',
    `  for (let w = from, o = from * ${tape.inputs.length}, p = from * 3; w < to; w++, o += ${tape.inputs.length}, p += 3) {`,
    ...body(tape.rank).map((line) => `    ${line}`),
    ...tape.rank.map((register, i) => `    out[p + ${i}] = ${name(register)};`),
    '  }',
    '}',
    'export function verdicts(data, out, word) {',
    `  const o = word * ${tape.inputs.length};`,
    ...body(verdicts).map((line) => `  ${line}`),
    ...verdicts.map((register, i) => `  out[${i}] = ${name(register)};`),
    '}',
    '',
  ].join('\n');
}
