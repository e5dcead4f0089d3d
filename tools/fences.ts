// `npm run fences`: the borders inside the tree. Each of them is shown to bite in test/fences.

import { checkCorePurity, coreFiles } from './check-core-purity.ts';
import { checkLawWords, lawlessFiles } from './check-law-words.ts';
import { checkLock } from './check-lock.ts';
import { checkSize, sizedFiles } from './check-size.ts';
import { runAll } from './run.ts';
import { ROOT, report } from './tree.ts';

const passed = [
  report('size and opening line of files', checkSize(ROOT), sizedFiles(ROOT).length),
  report('no law in src', checkLawWords(ROOT), lawlessFiles(ROOT).length),
  report('a core without clock or chance', checkCorePurity(ROOT), coreFiles(ROOT).length),
  report('lock file and pins', checkLock(ROOT), 2),
  await runAll([
    {
      name: 'who imports whom (dependency-cruiser)',
      args: [
        'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
        '--config',
        '.dependency-cruiser.cjs',
        'src',
      ],
    },
    { name: 'nothing unused (knip)', args: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'] },
  ]),
];
if (passed.includes(false)) process.exitCode = 1;
