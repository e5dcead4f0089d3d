// Which characters a TrueType font can show, read from its own table: what no font has must not vanish from a letter.

const FORMAT_SEGMENTS = 4;
const FORMAT_GROUPS = 12;
const NO_GLYPH = 0;

/** Adds to `into` every code point of the font (OpenType specification, table "cmap"). */
export function addCoverage(font: Uint8Array, into: Set<number>): void {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableAt(view, 'cmap');
  const subtables = view.getUint16(cmap + 2);
  for (let n = 0; n < subtables; n++) {
    const at = cmap + view.getUint32(cmap + 4 + n * 8 + 4);
    const format = view.getUint16(at);
    if (format === FORMAT_SEGMENTS) addSegments(view, at, into);
    if (format === FORMAT_GROUPS) addGroups(view, at, into);
  }
}

function tableAt(view: DataView, tag: string): number {
  const tables = view.getUint16(4);
  for (let n = 0; n < tables; n++) {
    const record = 12 + n * 16;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(record + i)));
    if (name === tag) return view.getUint32(record + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}

function addGroups(view: DataView, at: number, into: Set<number>): void {
  const groups = view.getUint32(at + 12);
  for (let n = 0; n < groups; n++) {
    const [start, end, glyph] = [0, 4, 8].map((i) => view.getUint32(at + 16 + n * 12 + i)) as [number, number, number];
    for (let code = start; code <= end; code++) if (glyph + code - start !== NO_GLYPH) into.add(code);
  }
}

function addSegments(view: DataView, at: number, into: Set<number>): void {
  const twice = view.getUint16(at + 6);
  const [ends, starts, deltas, ranges] = [14, 16 + twice, 16 + twice * 2, 16 + twice * 3].map((i) => at + i) as [
    number,
    number,
    number,
    number,
  ];
  for (let n = 0; n < twice; n += 2) {
    const start = view.getUint16(starts + n);
    const offset = view.getUint16(ranges + n);
    for (let code = start; code <= view.getUint16(ends + n) && code < 0xffff; code++) {
      const found = offset === 0 ? code : view.getUint16(ranges + n + offset + (code - start) * 2);
      if (found !== NO_GLYPH && ((found + view.getUint16(deltas + n)) & 0xffff) !== NO_GLYPH) into.add(code);
    }
  }
}
