// Says in a printed letter that its attachment is the letter's data: Typst writes that only in other profiles than PDF/UA.

// An incremental update (ISO 32000-1, 7.5.6): the two objects concerned are written anew at the end, with a table of their own
// that leads back to the first. AFRelationship and AF: ISO 32000-2, 7.11.3 and 14.13; older readers pass over them.

/** The same PDF, whose one attached file is marked as the data of the document. Throws when the PDF is not as Typst writes it. */
export function associate(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');
  // Only what the table of objects points at is read: the attachment holds words of others, who could write objects into it.
  const table = Number(only(/startxref\n(\d+)\n%%EOF\n?$/, text.slice(-64)));
  const tail = text.slice(table);
  const rows = tail.indexOf('\n', tail.indexOf('\n') + 1) + 1;
  const objectOf = (number: string): string => {
    const start = Number(tail.slice(rows + Number(number) * ROW, rows + Number(number) * ROW + 10));
    const opening = `${number} 0 obj\n<<`;
    const end = text.indexOf('\nendobj', start);
    if (!text.startsWith(opening, start) || end < 0) throw new Error(`no object ${number} in the printed letter`);
    return text.slice(start + opening.length, end);
  };
  const root = only(/\/Root (\d+) 0 R/, tail);
  const filespec = only(/\/EmbeddedFiles <<\s*\/Names \[\([^)]*\) (\d+) 0 R\]/, objectOf(root));

  let added = text.endsWith('\n') ? '' : '\n';
  const rewrite = (number: string, entry: string): string => {
    const offset = pdf.byteLength + added.length;
    added += `${number} 0 obj\n<<\n  ${entry}${objectOf(number)}\nendobj\n`;
    return `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`;
  };
  const changed = [rewrite(filespec, '/AFRelationship /Data'), rewrite(root, `/AF [${filespec} 0 R]`)];
  const place = pdf.byteLength + added.length;
  const trailer = only(/trailer\n<<\n(.*?)\n>>/s, tail);
  added += `xref\n${changed.join('')}trailer\n<<\n${trailer}\n  /Prev ${table}\n>>\nstartxref\n${place}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(added, 'latin1')]);
}

/** Bytes of one row in a table of objects (ISO 32000-1, 7.5.4). */
const ROW = 20;

function only(form: RegExp, text: string): string {
  const found = form.exec(text)?.[1];
  if (found === undefined) throw new Error(`no ${form.source} in the printed letter`);
  return found;
}
