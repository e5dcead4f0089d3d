// Who may import whom: the table of ARCHITECTURE.md as rules. test/fences shows each of them biting.
'use strict';

// A fence test may put the same tree somewhere else; everything is relative to this.
const src = process.env.FENCE_SRC ?? 'src';
const inside = (...folders) => `^${src}/(${folders.join('|')})/`;
const tests = String.raw`\.test\.ts$|/testing/`;

const core = ['kernel', 'law', 'domain', 'transparency', 'exchange', 'app'];
// Each folder of the domain may use those named before it, so that none can lean on one that leans on it.
const domain = [
  'registry',
  'treaty',
  'calendar',
  'requests',
  'assessment',
  'preservation',
  'decisions',
  'execution',
  'evidence',
  'disclosure',
  'notice',
  'docket',
  'oversight',
  'reporting',
];

/** `from` may import from `src/` only what `allowed` names. */
function only(name, comment, from, ...allowed) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: tests },
    to: { path: `^${src}/`, pathNot: allowed },
  };
}

/** Files that match `from` may use no npm package and no Node module, but for the packages named. */
function noPackages(name, comment, from, pathNot, ...packages) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: [tests, ...pathNot] },
    to: {
      dependencyTypesNot: ['local', 'localmodule', 'aliased-tsconfig'],
      path: '.',
      pathNot: [`^${src}/`, ...packages.map((name) => `(^|node_modules/)${name}(/|$)`)],
    },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or need a third. Types count too.',
      severity: 'error',
      from: { path: `^${src}/` },
      to: { circular: true },
    },
    {
      name: 'resolves',
      comment: 'What is imported exists.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-tests-in-source',
      comment: 'Source does not import tests or what only tests use.',
      severity: 'error',
      from: { path: `^${src}/`, pathNot: tests },
      to: { path: [tests, `^(?!${src}/)(test|bench|tools)/`] },
    },
    {
      name: 'no-dev-dependencies',
      comment: 'What runs in service stands under dependencies in package.json.',
      severity: 'error',
      from: { path: `^${src}/`, pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },

    only('kernel-imports-nothing', 'The kernel is the alphabet.', inside('kernel'), inside('kernel')),
    only('law-needs-kernel-only', 'The engine knows no case and no world.', inside('law'), inside('law', 'kernel')),
    only(
      'transparency-needs-kernel-only',
      'The log must run in a browser and be read by strangers.',
      inside('transparency'),
      inside('transparency', 'kernel'),
    ),
    only(
      'exchange-needs-kernel-only',
      'The message format knows no case.',
      inside('exchange'),
      inside('exchange', 'kernel'),
    ),
    only('domain-needs-kernel-and-law', 'Deciding is pure.', inside('domain'), inside('domain', 'kernel', 'law')),
    {
      name: 'domain-takes-types-of-law',
      comment: 'A decider is handed verdicts; it does not run the engine.',
      severity: 'error',
      from: { path: inside('domain'), pathNot: tests },
      to: { path: inside('law'), dependencyTypesNot: ['type-only'] },
    },
    ...domain.map((folder, place) => ({
      name: `domain-order-${folder}`,
      comment: `domain/${folder} uses only the folders named before it: ${domain.slice(0, place).join(', ') || 'none'}.`,
      severity: 'error',
      from: { path: `^${src}/domain/${folder}/`, pathNot: tests },
      to: { path: `^${src}/domain/(${domain.slice(place + 1).join('|') || 'nothing-comes-after'})/` },
    })),
    {
      name: 'domain-folders-are-known',
      comment: 'A new folder in the domain gets its place in the order of .dependency-cruiser.cjs.',
      severity: 'error',
      from: {},
      to: { path: `^${src}/domain/[^/]+/`, pathNot: `^${src}/domain/(${domain.join('|')})/` },
    },
    only('app-needs-core-only', 'Use cases know ports, never adapters.', inside('app'), inside(...core)),
    only(
      'adapters-need-ports-only',
      'An adapter does what a port says and decides nothing.',
      inside('adapters'),
      inside('adapters', 'kernel', 'domain', 'law', 'transparency', 'exchange'),
      `^${src}/app/([a-z/-]*ports|keep-safe)\\.ts$`,
    ),
    {
      name: 'adapters-take-types-only',
      comment:
        'An adapter stores what the domain decided; it takes types, and of the engine the reading of packs and the rule set.',
      severity: 'error',
      from: { path: inside('adapters'), pathNot: tests },
      to: {
        path: inside('domain', 'law'),
        pathNot: [`^${src}/law/pack/`, `^${src}/law/rule-set\\.ts$`],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'edges-never-use-adapters',
      comment:
        'web, api, cli and worker call use cases; src/main.ts and src/cli/main.ts alone put adapters under them.',
      severity: 'error',
      from: { path: inside('web', 'api', 'cli', 'worker'), pathNot: [tests, `^${src}/cli/main\\.ts$`] },
      to: { path: inside('adapters') },
    },
    {
      name: 'edges-never-decide',
      comment: 'A page may read what a case says of itself; deciding and folding events is for use cases.',
      severity: 'error',
      from: { path: inside('web', 'api', 'cli', 'worker'), pathNot: [tests, `^${src}/cli/main\\.ts$`] },
      to: {
        path: `^${src}/domain/[a-z]+/(decide|evolve|end|emergency|secrecy|remedy|close)\\.ts$`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'edges-take-types-of-law',
      comment: 'A page or a command asks a use case; it does not run the engine by itself.',
      severity: 'error',
      from: {
        path: inside('web', 'api', 'cli', 'worker'),
        pathNot: [tests, `^${src}/cli/main\\.ts$`, `^${src}/web/enhance/`],
      },
      to: {
        path: inside('law'),
        // The words of requests, rule sets, verdicts and house policy, and the one parser of each: reading is the work of an edge.
        pathNot: `^${src}/law/(request|rule-set|verdict|profile)\\.ts$`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'edges-stand-apart',
      comment: 'web, api, cli and worker do not import one another.',
      severity: 'error',
      from: { path: `^${src}/(web|api|cli|worker)/`, pathNot: [tests, `^${src}/cli/main\\.ts$`] },
      to: { path: inside('web', 'api', 'cli', 'worker'), pathNot: `^${src}/$1/` },
    },
    {
      name: 'nothing-imports-main',
      comment: 'The composition roots are the top.',
      severity: 'error',
      from: { path: `^${src}/`, pathNot: [tests, `^${src}/main\\.ts$`] },
      to: { path: [`^${src}/main\\.ts$`, `^${src}/cli/main\\.ts$`, `^${src}/compose\\.ts$`] },
    },
    {
      name: 'enhance-runs-in-a-browser',
      comment:
        'What a browser script needs, however far away, is served to the browser: no adapter, no server, no Node.',
      severity: 'error',
      from: { path: `^${src}/web/enhance/`, pathNot: tests },
      to: {
        reachable: true,
        path: [
          inside('adapters', 'api', 'cli', 'worker'),
          `^${src}/main\\.ts$`,
          'node_modules/(@hono|pino|zod|yaml)/',
          `^(node:)?(${require('node:module')
            .builtinModules.filter((name) => !name.startsWith('_'))
            .join('|')})$`,
        ],
      },
    },

    noPackages(
      'core-uses-no-packages',
      'The core is ours, but for zod and yaml where packs are read, the SAT solver where they are proved, and hashes.',
      inside(...core),
      [`^${src}/law/(pack|prove)/`, inside('transparency', 'exchange')],
    ),
    noPackages('packs-are-read-with', 'Packs are read with zod and yaml.', `^${src}/law/pack/`, [], 'zod', 'yaml'),
    noPackages('packs-are-proved-with', 'Proofs use the SAT solver.', `^${src}/law/prove/`, [], 'logic-solver'),
    noPackages(
      'log-and-exchange-use-hashes-only',
      'The same code runs in a browser, so hashing comes from @noble and not from Node.',
      inside('transparency', 'exchange'),
      [],
      '@noble/[^/]+',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
