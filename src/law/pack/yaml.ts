// YAML text to plain values, remembering on which line each part stood, so that a fault can name file and line.
// Attacker: whoever hands us a pack or a profile. Anchors are refused outright (an alias can grow a small file to gigabytes).

import { isAlias, isCollection, isPair, isScalar, LineCounter, parseDocument, type Document, visit } from 'yaml';
import { accept, type Fault, type Outcome, refuse } from '../../kernel/outcome.ts';

/** The largest YAML file that is read. The longest shipped article is a twentieth of it. */
export const MAX_YAML_BYTES = 1_048_576;

/** The deepest nesting that is read, counted in maps, lists and the pairs between them. The deepest shipped article has a dozen. */
const MAX_DEPTH = 64;
const TOO_DEEP = 'is nested too deep to be read by a person';

export type YamlFile = {
  readonly path: string;
  readonly value: unknown;
  /** The line of a part, or of the nearest part around it that exists. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
};

export function readYaml(path: string, text: string): Outcome<YamlFile> {
  const fault = (line: number, detail: string): Fault => ({ pointer: path, line, detail });
  if (text.length > MAX_YAML_BYTES)
    return refuse(fault(1, `is larger than ${MAX_YAML_BYTES} bytes; split it, one article a file`));
  const lines = new LineCounter();
  // Core schema: dates stay text, `yes` stays text, nothing but JSON's types comes out.
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    stringKeys: true,
  });
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) {
    const said = problems.map((p) => {
      const words = (p.message.split('\n')[0] ?? p.message).replace(/ at line \d+.*$/, '');
      // The parser gives up on depth when its stack is full.
      return fault(p.linePos?.[0].line ?? 1, /call stack/.test(words) ? TOO_DEEP : words);
    });
    return refuse(...new Map(said.map((one) => [`${one.line} ${one.detail}`, one])).values());
  }
  const banned = bannedIn(document).map(([offset, detail]) => fault(lines.linePos(offset).line, detail));
  if (banned.length > 0) return refuse(...banned);
  return accept({ path, value: document.toJS({ maxAliasCount: 0 }), lineOf: (at) => lineOf(document, lines, at) });
}

/** What is YAML and yet not read: where, and why. */
function bannedIn(document: Document): [number, string][] {
  const found: [number, string][] = [];
  visit(document, {
    Node: (_key, node, path) => {
      const offset = node.range?.[0] ?? 0;
      if (isAlias(node) || ((isScalar(node) || isCollection(node)) && node.anchor))
        found.push([offset, 'anchors and aliases (& and *) are not allowed; write the text out']);
      const parent = path.at(-1);
      // Some readers drop it and some take it for the object's prototype.
      if (isPair(parent) && parent.key === node && isScalar(node) && node.value === '__proto__')
        found.push([offset, '__proto__ is no name of anything']);
      if (path.length <= MAX_DEPTH) return undefined;
      found.push([offset, TOO_DEEP]);
      return visit.BREAK;
    },
  });
  return found;
}

function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = isCollection(node) ? node.range?.[0] : 0;
  for (const step of path) {
    if (!isCollection(node)) break;
    const next: unknown = node.get(step as string | number, true);
    if (next === undefined || next === null) break;
    node = next;
    offset = (next as { range?: [number, number, number] }).range?.[0] ?? offset;
  }
  return lines.linePos(offset ?? 0).line;
}
