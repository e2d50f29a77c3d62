const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join, resolve } = require('node:path');

// npm runs this to pack, to publish, and to install from a git repository: then `dist` must hold the package. `npm ci`
// installs a checkout, which runs from its sources, and an installation without development packages cannot build.
const root = resolve(__dirname, '..');
const canBuild = existsSync(join(root, 'node_modules', 'typescript'));
const programs = process.env.npm_command !== 'ci' && canBuild ? ['bundle', 'package'] : [];

for (const program of programs) {
  const args = ['--import', 'tsx', join(__dirname, `${program}.ts`)];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    process.exitCode = 1;
    break;
  }
}
