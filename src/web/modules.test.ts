// What a browser can fetch of our code: all that the entry reaches, each file whole, and nothing else.

import assert from 'node:assert/strict';
import { writeFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ALLOWED, browserModules } from './modules.ts';
import { assets, testApp } from './testing/web.ts';

const { app } = testApp();

test('walking the imports from the entry, every module loads, as JavaScript, and lies in an allowed folder', async () => {
  const { src, imports } = assets.links.script('check');
  const seen = new Set([src]);
  for (const address of seen) {
    const response = await app.request(address);
    assert.equal(response.status, 200, address);
    assert.match(response.headers.get('content-type') ?? '', /^text\/javascript/);
    const name = address.replace(/^\/assets\/m\/[0-9a-f]+\//, '');
    assert.ok(
      ALLOWED.some((allowed) => allowed.test(name) || allowed.test(name.replace(/\.js$/, '.ts'))),
      name,
    );
    const code = await response.text();
    assert.doesNotMatch(code, /\beval\(|\bnew Function\b|\bimport type\b|from ['"]node:/, address);
    for (const [, next = ''] of code.matchAll(/^(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/gm)) {
      assert.match(next, /^\/assets\/m\//, `${address} imports ${next}`);
      seen.add(next);
    }
  }
  assert.deepEqual([...seen].sort(), [src, ...imports].sort());
});

test('no path reaches a file that is not on the list', async () => {
  const { src } = assets.links.script('check');
  const version = src.split('/src/')[0];
  for (const path of [
    `${version}/src/main.js`,
    `${version}/src/web/app.js`,
    `${version}/src/web/enhance/../../main.ts`,
    `${version}/src/web/enhance/..%2f..%2fmain.ts`,
    `${version}/..%2f..%2f..%2fpackage.json`,
    `${version}/vendor/hono/package.json`,
    `${version}/vendor/../../package.json`,
    '/assets/../package.json',
    '/assets/%2e%2e/%2e%2e/etc/passwd',
    '/assets/m/0000000000000000/src/web/enhance/check.js',
    '/check/book/..%2f..%2fpackage.json',
    '/check/book/en.json',
  ]) {
    assert.equal((await app.request(path)).status, 404, path);
  }
});

test('a browser script that reaches for Node or for the server does not start', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'modules-'));
  t.after(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'src/web/enhance'), { recursive: true });
  writeFileSync(join(root, 'src/main.ts'), 'export const secret = 1;\n');
  writeFileSync(join(root, 'src/web/enhance/a.ts'), "import { secret } from '../../main.ts';\nconsole.log(secret);\n");
  writeFileSync(join(root, 'src/web/enhance/b.ts'), "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n");
  assert.throws(() => browserModules(root, ['a']), /src\/main\.ts is imported by a browser script/);
  assert.throws(() => browserModules(root, ['b']), /which no browser has/);
});
