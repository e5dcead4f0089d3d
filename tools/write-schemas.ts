// `node tools/write-schemas.ts`: writes schemas/ from the parser's own shapes, and the schema of request files from the form;
// test/packs/schemas.test.ts and src/domain/requests/file.test.ts say when it is due.

import { mkdirSync, writeFileSync } from 'node:fs';
import { loadLaw } from '../src/adapters/files/law-store.ts';
import { requestFileSchema } from '../src/domain/requests/file-schema.ts';
import { jsonSchemas } from '../src/law/pack/json-schemas.ts';
import { ROOT } from './tree.ts';

const law = await loadLaw();
if (!law.ok) {
  for (const { pointer, line, detail } of law.faults) console.error(`${pointer}:${line ?? 1}: ${detail}`);
  process.exit(2);
}
mkdirSync(`${ROOT}/schemas`, { recursive: true });
const write = (path: string, schema: object): void =>
  writeFileSync(`${ROOT}/${path}`, `${JSON.stringify(schema, null, 2)}\n`);
for (const [name, schema] of Object.entries(jsonSchemas(law.value.rules))) write(`schemas/${name}`, schema);
write('examples/requests/request.schema.json', requestFileSchema());
