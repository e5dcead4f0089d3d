// JSON text to a value, strictly: every fault with its line, and no key twice in one object.
// Attacker: whoever hopes that two readers of one file see two things (RFC 8259 section 4 leaves doubled keys open).

import { accept, type Fault, type Outcome, refuse } from './outcome.ts';

/** A parsed text, and the line on which the part at a JSON Pointer begins. */
export type ParsedJson = { readonly value: unknown; readonly lineOf: (pointer: string) => number | undefined };

export function parseJson(text: string): Outcome<ParsedJson> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(syntaxFault(text, error as SyntaxError));
  }
  const { lines, doubled } = scan(text);
  return doubled.length > 0 ? refuse(...doubled) : accept({ value, lineOf: (pointer) => lines.get(pointer) });
}

function syntaxFault(text: string, error: SyntaxError): Fault {
  if (text.trim() === '') return { pointer: '', line: 1, detail: 'is empty; a JSON object is expected' };
  const at = /position (\d+)/.exec(error.message);
  const line = lineAt(text, at ? Number(at[1]) : text.length);
  return {
    pointer: '',
    line,
    detail: `is not JSON: ${error.message
      .replace(/ in JSON at position.*$/s, '')
      .replace(/\n/g, ' ')
      .slice(0, 120)}`,
  };
}

const lineAt = (text: string, offset: number): number => {
  let line = 1;
  for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
};

type Frame = { readonly pointer: string; readonly keys: Set<string> | null; index: number; key: string };

/** Walks text that JSON.parse has accepted, so every shape is known to be right; no recursion, so depth costs no stack. */
function scan(text: string): { lines: Map<string, number>; doubled: Fault[] } {
  const lines = new Map<string, number>([['', 1]]);
  const doubled: Fault[] = [];
  const stack: Frame[] = [];
  let line = 1;
  let expectKey = false;
  const begin = (): string => {
    const top = stack.at(-1);
    if (!top) return '';
    const pointer = `${top.pointer}/${top.keys ? escapePointer(top.key) : top.index++}`;
    lines.set(pointer, line);
    return pointer;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\n') line++;
    else if (c === '{' || c === '[') {
      stack.push({ pointer: begin(), keys: c === '{' ? new Set() : null, index: 0, key: '' });
      expectKey = c === '{';
    } else if (c === '}' || c === ']') {
      stack.pop();
      expectKey = false;
    } else if (c === ',') expectKey = stack.at(-1)?.keys != null;
    else if (c === '"') {
      const start = i;
      for (i++; text[i] !== '"'; i++) if (text[i] === '\\') i++;
      const top = stack.at(-1);
      if (expectKey && top?.keys) {
        top.key = JSON.parse(text.slice(start, i + 1)) as string;
        if (top.keys.has(top.key))
          doubled.push({
            pointer: `${top.pointer}/${escapePointer(top.key)}`,
            line,
            detail: 'stands twice; which one is meant cannot be known',
          });
        top.keys.add(top.key);
        expectKey = false;
      } else begin();
    } else if (c !== undefined && /[-\dtfn]/.test(c)) {
      begin();
      while (/[-+.\dA-Za-z]/.test(text[i + 1] ?? '')) i++;
    }
  }
  return { lines, doubled };
}

/** RFC 6901 section 3. */
export const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
