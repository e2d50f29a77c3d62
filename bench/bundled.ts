import { spawnSync } from 'node:child_process';
import { bundleProgram } from './bundle-program';

/** Runs a program of this folder, bundled. Arguments: the program's name, then its arguments. */
async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const bundle = await bundleProgram(name);
  try {
    const { status } = spawnSync(process.execPath, [bundle.path, ...args], { stdio: 'inherit' });
    process.exitCode = status ?? 1;
  } finally {
    bundle.delete();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
