// `npm run types`: the tree as it runs on Node, the core without a world around it, and the scripts for browsers.

import { filesUnder, isTypeScript, ROOT } from './tree.ts';
import { runAll } from './run.ts';

const compiler = 'node_modules/typescript/bin/tsc';
const check = (name: string, project: string) => ({
  name: `types of ${name}`,
  args: [compiler, '-p', project, '--noEmit'],
});

const projects = [check('the whole tree', 'tsconfig.json'), check('the core', 'tsconfig.core.json')];
// The compiler calls a project without files an error.
if (filesUnder(ROOT, ['src/web/enhance'], isTypeScript).length > 0) {
  projects.push(check('the browser scripts', 'tsconfig.browser.json'));
}
if (!(await runAll(projects))) process.exitCode = 1;
