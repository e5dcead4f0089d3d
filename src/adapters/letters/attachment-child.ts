// The process in which strangers' PDFs are opened: bytes come in by standard input, one letter and a text go out.

import { embeddedJson } from './embedded-json.ts';

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const found = embeddedJson(Buffer.concat(chunks));
process.stdout.write('json' in found ? `J${found.json}` : 'none' in found ? 'N' : `F${found.fault}`);
