const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join, resolve } = require('node:path');

// npm runs this to pack, to publish, and to install from a git repository: then `dist` must hold the package. A checkout runs
// from its sources, so `npm ci` and `npx` need no build. An installation without development packages cannot build.
const root = resolve(__dirname, '..');
const canBuild = existsSync(join(root, 'node_modules', 'typescript'));
const runsSources = ['ci', 'exec'].includes(process.env.npm_command);
const programs = canBuild && !runsSources ? ['bundle', 'package'] : [];

for (const program of programs) {
  const args = ['--import', 'tsx', join(__dirname, `${program}.ts`)];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    process.exitCode = 1;
    break;
  }
}
