// The press itself, in a thread of its own: keeps Typst warm and turns one document after another into PDF.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { LetterDocument } from '../../app/letters/ports.ts';
import { associate } from './associate.ts';
import { addCoverage } from './font-coverage.ts';

export type PressSetup = { readonly templates: string; readonly fontFolders: readonly string[] };
export type PressOrder = {
  readonly id: number;
  readonly document: LetterDocument;
  readonly attachment: { readonly name: string; readonly bytes: Uint8Array };
};
export type PressAnswer =
  | { readonly id: number; readonly pdf: Uint8Array }
  | { readonly id: number; readonly error: string };

/**
 * The root of everything a template may read. It exists on no disk: the templates and the letter are put there in memory,
 * so a template that asks for any other file finds none.
 */
const ROOT = '/rogatory-letters-in-memory';
/** Results of earlier letters that are kept for the next ones. */
const KEPT = 10;

const { templates, fontFolders } = workerData as PressSetup;
const coverage = new Set<number>();
for (const folder of fontFolders) {
  for (const name of readdirSync(folder))
    if (name.endsWith('.ttf')) addCoverage(readFileSync(join(folder, name)), coverage);
}
const compiler = NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontPaths: [...fontFolders] }] });
const sources = readdirSync(templates).filter((name) => name.endsWith('.typ'));
for (const name of sources) compiler.mapShadow(`${ROOT}/${name}`, readFileSync(join(templates, name)));

/** What shows nothing by itself: line breaks, joiners and marks of direction. */
const SILENT = /[\n\u200c-\u200f\u061c\u2066-\u2069]/u;

/** Every character that no font has, named in brackets: a letter may look odd, it may not lose what it says. */
const shown = (text: string): string =>
  text.replace(/[^ -~]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return coverage.has(code) || SILENT.test(char) ? char : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });

function print({ document, attachment }: PressOrder): Uint8Array {
  const content = {
    ...document,
    day: document.date.split('-').map(Number),
    attachment: attachment.name,
  };
  const json = JSON.stringify(content, (_, value) => (typeof value === 'string' ? shown(value) : value));
  compiler.mapShadow(`${ROOT}/letter.json`, Buffer.from(json));
  compiler.mapShadow(`${ROOT}/attachment`, Buffer.from(attachment.bytes));
  try {
    const compiled = compiler.compile({ mainFilePath: `${ROOT}/letter.typ` });
    const { result } = compiled;
    if (result === null) throw new Error(reasons(compiled.takeError()));
    return associate(compiler.pdf(result, { pdfStandard: 'ua-1' }));
  } finally {
    // Nothing of one case stays for the next.
    compiler.unmapShadow(`${ROOT}/letter.json`);
    compiler.unmapShadow(`${ROOT}/attachment`);
    compiler.evictCache(KEPT);
  }
}

/** Typst's messages without its excerpts: they may hold words of the letter, and this goes to the log. */
const reasons = (error: Parameters<typeof compiler.fetchDiagnostics>[0] | null): string =>
  error === null
    ? 'no document and no error'
    : compiler
        .fetchDiagnostics(error)
        .map((one: { message?: string; path?: string }) => `${one.path}: ${one.message}`)
        .join('; ');

parentPort?.on('message', (order: PressOrder) => {
  let answer: PressAnswer;
  try {
    answer = { id: order.id, pdf: print(order) };
  } catch (error) {
    answer = { id: order.id, error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer);
});
