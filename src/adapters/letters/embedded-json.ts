// Finds the JSON inside a PDF that this system printed. It runs in a child without rights; every byte is a stranger's.

// Only what our press writes is understood: plain objects and tables of objects (ISO 32000-1, 7.3 and 7.5.4), updates appended
// to them (a signature, say), one attached file in a flat list. Less is less to attack; another PDF is simply not ours.

import { inflateSync } from 'node:zlib';

/** The JSON text; nothing of ours inside; or what is wrong with the file, in one sentence. */
export type Found = { readonly json: string } | { readonly none: true } | { readonly fault: string };

export const MOST_JSON_BYTES = 1_048_576;
const NAMES = ['request.json', 'letter.json'];
const DEEPEST = 24;
const MOST_VALUES = 1_000_000;
const MOST_ENTRIES = 200_000;
const MOST_TABLES = 32;

type Dict = Map<string, Value>;
type Value = null | boolean | number | Name | Text | Ref | readonly Value[] | Dict;
type Name = { readonly name: string };
type Text = { readonly text: string };
type Ref = { readonly ref: number };

/** The file is broken, or meant to break us. */
class Broken extends Error {}
/** The file may be well, but our press did not write it. */
class NotOurs extends Error {}

/** Looks into the bytes of a PDF; never throws for what is in them. */
export function embeddedJson(pdf: Uint8Array): Found {
  try {
    return { json: find(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)) };
  } catch (error) {
    if (error instanceof NotOurs) return { none: true };
    if (error instanceof Broken) return { fault: error.message };
    throw error;
  }
}

function find(pdf: Buffer): string {
  if (pdf.subarray(0, 1024).indexOf('%PDF-') < 0) throw new Broken('is not a PDF');
  const { offsets, trailer } = readTables(pdf);
  const objectAt = (value: Value | undefined): { value: Value; end: number } => {
    if (!isRef(value)) throw new NotOurs();
    const offset = offsets.get(value.ref);
    if (offset === undefined) throw new Broken('names a part that is not in it');
    const reader = new Reader(pdf, offset);
    if (reader.value() !== value.ref || reader.value() !== 0 || !reader.word('obj'))
      throw new Broken('has a part that is not where its table says');
    return { value: reader.value(), end: reader.at };
  };
  const dictAt = (value: Value | undefined): Dict => {
    const found = isRef(value) ? objectAt(value).value : value;
    if (!(found instanceof Map)) throw new NotOurs();
    return found;
  };
  const files = dictAt(dictAt(dictAt(trailer.get('Root')).get('Names')).get('EmbeddedFiles')).get('Names');
  if (!Array.isArray(files)) throw new NotOurs();
  const place = files.findIndex((one, n) => n % 2 === 0 && isText(one) && NAMES.includes(one.text));
  if (place < 0) throw new NotOurs();
  const { value, end } = objectAt(dictAt(dictAt(files[place + 1]).get('EF')).get('F'));
  if (!(value instanceof Map)) throw new Broken('has an attachment without content');
  return textOf(streamOf(pdf, value, end), value.get('Filter'));
}

/** The bytes after `stream`; their number is part of the object. */
function streamOf(pdf: Buffer, dict: Dict, end: number): Buffer {
  const length = dict.get('Length');
  const reader = new Reader(pdf, end);
  if (!reader.word('stream') || typeof length !== 'number' || !Number.isInteger(length) || length < 0)
    throw new Broken('has an attachment without content');
  const start = pdf.indexOf('\n', reader.at) + 1;
  if (start < 1 || start > reader.at + 2 || start + length > pdf.length) throw new Broken('is cut off');
  return pdf.subarray(start, start + length);
}

function textOf(stored: Buffer, filter: Value | undefined): string {
  let bytes = stored;
  const only = Array.isArray(filter) && filter.length === 1 ? filter[0] : filter;
  if (only !== undefined && only !== null) {
    if (!isName(only) || only.name !== 'FlateDecode') throw new Broken('has an attachment packed in an unknown way');
    try {
      bytes = inflateSync(stored, { maxOutputLength: MOST_JSON_BYTES });
    } catch {
      // A few bytes can unpack to gigabytes; the limit stops them.
      throw new Broken('has an attachment that is broken or larger than 1 MB');
    }
  }
  if (bytes.length > MOST_JSON_BYTES) throw new Broken('has an attachment larger than 1 MB');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Broken('has an attachment that is not UTF-8 text');
  }
}

/** The tables of objects from the newest back to the first; the newest place of an object counts. */
function readTables(pdf: Buffer): { offsets: Map<number, number>; trailer: Dict } {
  const end = pdf.subarray(-2048).toString('latin1');
  const start = /startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(end)?.[1];
  if (start === undefined) throw new Broken('is cut off');
  const offsets = new Map<number, number>();
  const seen = new Set<number>();
  let newest: Dict | undefined;
  for (let at: Value | undefined = Number(start); at !== undefined; ) {
    if (typeof at !== 'number' || seen.has(at) || seen.size >= MOST_TABLES) throw new Broken('has tables in a circle');
    seen.add(at);
    const reader: Reader = new Reader(pdf, at);
    if (!reader.word('xref')) throw new NotOurs();
    readEntries(reader, offsets);
    const trailer: Value = reader.value();
    if (!(trailer instanceof Map)) throw new Broken('has a table without an end');
    if (trailer.has('Encrypt')) throw new Broken('is encrypted; send it without a password');
    newest ??= trailer;
    at = trailer.get('Prev');
  }
  if (!newest) throw new Broken('is cut off');
  return { offsets, trailer: newest };
}

function readEntries(reader: Reader, offsets: Map<number, number>): void {
  let entries = 0;
  while (!reader.word('trailer')) {
    const [first, count] = [reader.value(), reader.value()];
    if (!isCount(first) || !isCount(count)) throw new Broken('has a broken table');
    for (let n = first; n < first + count; n++) {
      if (++entries > MOST_ENTRIES) throw new Broken('has a table that is too long');
      const [offset, generation] = [reader.value(), reader.value()];
      if (!isCount(offset) || !isCount(generation)) throw new Broken('has a broken table');
      if (reader.word('n')) {
        if (!offsets.has(n)) offsets.set(n, offset);
      } else if (!reader.word('f')) throw new Broken('has a broken table');
    }
  }
}

/** Reads values from a place in the file; how deep and how many is bounded. */
class Reader {
  readonly #pdf: Buffer;
  #values = 0;
  at: number;
  constructor(pdf: Buffer, at: number) {
    if (!isCount(at) || at >= pdf.length) throw new Broken('is cut off');
    this.#pdf = pdf;
    this.at = at;
  }

  /** Takes the word if it comes next. */
  word(expected: string): boolean {
    this.#skip();
    if (this.#pdf.toString('latin1', this.at, this.at + expected.length) !== expected) return false;
    this.at += expected.length;
    return true;
  }

  value(depth = 0): Value {
    if (depth > DEEPEST) throw new Broken('is nested too deep');
    if (++this.#values > MOST_VALUES) throw new Broken('has too many parts');
    if (this.word('<<')) return this.#dict(depth);
    if (this.word('[')) return this.#list(depth);
    if (this.word('(')) return this.#text();
    if (this.word('<')) return { text: Buffer.from(this.#until('>'), 'hex').toString('latin1') };
    if (this.word('/')) return { name: this.#regular() };
    const word = this.#regular();
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (!/^[+-]?\d{0,10}\.?\d{0,10}$/.test(word) || !/\d/.test(word))
      throw new Broken('has a part that makes no sense');
    return this.#refOr(Number(word));
  }

  /** `12 0 R` is a reference; the 12 alone is a number. */
  #refOr(number: number): Value {
    const found = /^\s{1,4}(\d{1,5})\s{1,4}R(?![A-Za-z0-9])/.exec(this.#pdf.toString('latin1', this.at, this.at + 16));
    if (!found || !isCount(number)) return number;
    this.at += found[0].length;
    return { ref: number };
  }

  #dict(depth: number): Dict {
    const dict: Dict = new Map();
    while (!this.word('>>')) {
      const key = this.value(depth + 1);
      if (!isName(key) || dict.has(key.name)) throw new Broken('has a part that makes no sense');
      dict.set(key.name, this.value(depth + 1));
    }
    return dict;
  }

  #list(depth: number): Value[] {
    const list: Value[] = [];
    while (!this.word(']')) list.push(this.value(depth + 1));
    return list;
  }

  /** A string in brackets; pairs of brackets may stand in it, and a backslash takes the next byte as it is. */
  #text(): Text {
    let text = '';
    for (let open = 1; ; this.at++) {
      let char = this.#char();
      if (char === '\\') {
        this.at++;
        char = this.#char();
      } else if (char === '(') open++;
      else if (char === ')' && --open === 0) break;
      text += char;
    }
    this.at++;
    return { text };
  }

  #until(end: string): string {
    const start = this.at;
    const found = this.#pdf.indexOf(end, start);
    if (found < 0) throw new Broken('is cut off');
    this.at = found + end.length;
    return this.#pdf.toString('latin1', start, found);
  }

  /** Everything up to the next white space or delimiter. */
  #regular(): string {
    const start = this.at;
    while (this.at < this.#pdf.length && !/[\0\t\n\f\r ()<>[\]{}/%]/.test(this.#char())) this.at++;
    if (this.at === start && this.at >= this.#pdf.length) throw new Broken('is cut off');
    return this.#pdf.toString('latin1', start, this.at);
  }

  #char(): string {
    const byte = this.#pdf[this.at];
    if (byte === undefined) throw new Broken('is cut off');
    return String.fromCharCode(byte);
  }

  #skip(): void {
    while (this.at < this.#pdf.length && /[\0\t\n\f\r %]/.test(this.#char())) {
      if (this.#char() !== '%') this.at++;
      else while (this.at < this.#pdf.length && !/[\r\n]/.test(this.#char())) this.at++;
    }
  }
}

const isCount = (value: Value): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const has = (value: Value | undefined, key: string): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map) && key in value;
const isName = (value: Value | undefined): value is Name => has(value, 'name');
const isText = (value: Value | undefined): value is Text => has(value, 'text');
const isRef = (value: Value | undefined): value is Ref => has(value, 'ref');
