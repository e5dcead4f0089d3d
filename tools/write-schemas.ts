// `node tools/write-schemas.ts`: writes schemas/ from the parser's own shapes; test/packs/schemas.test.ts says when it is due.

import { mkdirSync, writeFileSync } from 'node:fs';
import { loadLaw } from '../src/adapters/files/law-store.ts';
import { jsonSchemas } from '../src/law/pack/json-schemas.ts';
import { ROOT } from './tree.ts';

const law = await loadLaw();
if (!law.ok) {
  for (const { pointer, line, detail } of law.faults) console.error(`${pointer}:${line ?? 1}: ${detail}`);
  process.exit(2);
}
mkdirSync(`${ROOT}/schemas`, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas(law.value.rules)))
  writeFileSync(`${ROOT}/schemas/${name}`, `${JSON.stringify(schema, null, 2)}\n`);
