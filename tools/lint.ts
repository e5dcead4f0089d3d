// `npm run lint`: Biome over the whole tree, formatting and rules; `npm run format` mends the first.

import { runAll } from './run.ts';

const colours = process.stdout.isTTY ? 'force' : 'off';
const args = ['node_modules/@biomejs/biome/bin/biome', 'check', `--colors=${colours}`, '--max-diagnostics=100'];
if (!(await runAll([{ name: 'lint (biome)', args: [...args, ...process.argv.slice(2)] }]))) process.exitCode = 1;
