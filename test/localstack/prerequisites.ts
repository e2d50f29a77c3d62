import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** A program that is needed, what shows that its version is right, and what to say if it is missing. */
const programs = [
  { name: 'Python 3.13 (python3.13)', command: ['python3.13', '-c', 'import venv'] },
  { name: 'JDK 17 or newer (javac, jar)', command: ['javac', '--release', '17', '-version'] },
  { name: 'Maven (mvn)', command: ['mvn', '--version'] },
] as const;

/** The environment of these programs: pyenv runs `python3.13` only if it is told to. */
const environment = { ...process.env, PYENV_VERSION: process.env.PYENV_VERSION ?? '3.13' };

/** The programs that are missing on this machine. */
export async function missingPrograms(): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const { name, command } of programs) {
    const [program, ...args] = command;
    await run(program, args).catch(() => missing.push(name));
  }
  return missing;
}

/** The folder of the JDK. */
export async function javaHome(): Promise<string> {
  const { stderr } = await run('java', ['-XshowSettings:properties', '-version']);
  const [, home] = /java\.home = (.+)/.exec(stderr) ?? [];
  if (!home) throw new Error(`java does not say where it is:\n${stderr}`);
  return home.trim();
}

/** Runs a program. @throws Error with the end of its output if it fails */
export async function run(program: string, args: readonly string[], cwd = dirname(__dirname)) {
  return await promisify(execFile)(program, args, { cwd, env: environment, maxBuffer: 1 << 26 }).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      const end = `${error.stdout ?? ''}${error.stderr ?? ''}`.slice(-3000);
      throw new Error(`${program} ${args.join(' ')} failed: ${end || error.message}`, { cause: error });
    },
  );
}
