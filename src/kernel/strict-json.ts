// JSON text to a value, strictly: every fault with its line, and no key twice in one object.
// Attacker: whoever hopes that two readers of one file see two things (RFC 8259 section 4 leaves doubled keys open), or
// that a small file costs much: time and memory grow with the text alone, however deep it is and however long its keys are.

import { accept, type Fault, type Outcome, refuse } from './outcome.ts';

/** A parsed text, and the line on which the part at a JSON Pointer begins. */
export type ParsedJson = { readonly value: unknown; readonly lineOf: (pointer: string) => number | undefined };

export function parseJson(text: string): Outcome<ParsedJson> {
  const { root, doubled, offset } = scan(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(syntaxFault(text, offset, error as SyntaxError));
  }
  return doubled.length > 0 ? refuse(...doubled) : accept({ value, lineOf: (pointer) => lineIn(root, pointer) });
}

function syntaxFault(text: string, offset: number, error: SyntaxError): Fault {
  if (text.trim() === '') return { pointer: '', line: 1, detail: 'is empty; a JSON object is expected' };
  // The engine's words without its copy of the text.
  const words = error.message.replace(/,? ".*$| in JSON at position.*$| (?:after|of) JSON\b.*$/s, '').slice(0, 80);
  return { pointer: '', line: lineAt(text, offset), detail: `is not JSON: ${words}` };
}

const lineAt = (text: string, offset: number): number => {
  let line = 1;
  for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
};

type Part = { readonly line: number; readonly parts: Map<string, Part> | null };
type Frame = { readonly name: string; readonly part: Part; readonly isObject: boolean; key: string; count: number };
type Scanned = { readonly root: Part; readonly doubled: Fault[]; readonly offset: number };

/** More faults of one kind than a person reads. */
const FAULTS_SHOWN = 20;
const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /^\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/;

/** Where each part stands, which keys stand twice, and how far the text is JSON. No recursion, so depth costs no stack. */
function scan(text: string): Scanned {
  let root: Part = { line: 1, parts: null };
  const doubled: Fault[] = [];
  const stack: Frame[] = [];
  let at = 0;
  let line = 1;
  const stop = (): Scanned => ({ root, doubled, offset: at });
  const skip = (): string | undefined => {
    SPACE.lastIndex = at;
    SPACE.test(text);
    for (; at < SPACE.lastIndex; at++) if (text.charCodeAt(at) === 10) line++;
    return text[at];
  };
  const add = (parts: Part['parts']): Part => {
    const part: Part = { line, parts };
    const top = stack.at(-1);
    if (top) top.part.parts?.set(top.isObject ? top.key : String(top.count++), part);
    else root = part;
    return part;
  };
  /** Moves past a string, or to what cannot stand in one. */
  const string = (): boolean => {
    for (at++; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 34) {
        at++;
        return true;
      }
      if (code < 32) return false;
      if (code === 92) {
        const escape = ESCAPE.exec(text.slice(at, at + 6));
        if (!escape) return false;
        at += escape[0].length - 1;
      }
    }
    return false;
  };
  /** Moves past a key and its colon. */
  const key = (top: Frame): boolean => {
    const start = skip() === '"' ? at : undefined;
    if (start === undefined || !string()) return false;
    top.key = JSON.parse(text.slice(start, at)) as string;
    if (top.part.parts?.has(top.key) && doubled.length < FAULTS_SHOWN) {
      const pointer = [...stack.slice(1).map((frame) => frame.name), top.key].map((name) => `/${escapePointer(name)}`);
      doubled.push({ pointer: pointer.join(''), line, detail: 'stands twice; which one is meant cannot be known' });
    }
    if (skip() !== ':') return false;
    at++;
    return true;
  };

  for (;;) {
    const first = skip();
    if (first === '{' || first === '[') {
      const top = stack.at(-1);
      const name = top ? (top.isObject ? top.key : String(top.count)) : '';
      const frame: Frame = { name, part: add(new Map()), isObject: first === '{', key: '', count: 0 };
      stack.push(frame);
      at++;
      if (skip() !== (frame.isObject ? '}' : ']')) {
        if (frame.isObject && !key(frame)) return stop();
        continue;
      }
    } else if (first === '"') {
      add(null);
      if (!string()) return stop();
    } else {
      SCALAR.lastIndex = at;
      if (!SCALAR.test(text)) return stop();
      add(null);
      at = SCALAR.lastIndex;
    }
    // A value has ended, or a container is about to: close what ends here and go on to the next value.
    for (;;) {
      const next = skip();
      const top = stack.at(-1);
      if (!top) return stop();
      if (next === (top.isObject ? '}' : ']')) {
        stack.pop();
        at++;
      } else if (next === ',') {
        at++;
        if (top.isObject && !key(top)) return stop();
        break;
      } else return stop();
    }
  }
}

function lineIn(root: Part, pointer: string): number | undefined {
  let part: Part | undefined = root;
  for (const step of pointer.split('/').slice(1))
    part = part?.parts?.get(step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return part?.line;
}

/** RFC 6901 section 3. */
export const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
