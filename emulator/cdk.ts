import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Account and region of every emulator; named, so that bootstrapping needs no app. */
export const emulatedAccount = 'aws://000000000000/us-east-1';

/** Where and how the CDK's command line runs. */
export interface CdkRun {
  /** The checkout with the app. */
  readonly folder: string;
  /** Where the app is synthesized to: not the checkout's cdk.out, which another process may be using. */
  readonly output: string;
  readonly env: NodeJS.ProcessEnv;
  /** Gets each line of its progress. */
  readonly onLine?: (line: string) => void;
  /** Stops it. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the CDK's command line, as a deployer does.
 * @returns what it printed on standard output
 * @throws Error with the end of its output if it fails
 */
export function runCdk(args: readonly string[], { folder, output, env, onLine, signal }: CdkRun): Promise<string> {
  const program = require.resolve('aws-cdk/bin/cdk');
  const child = spawn(process.execPath, [program, '--no-notices', '--no-color', '--output', output, ...args], {
    cwd: folder,
    // Validation of the template costs seconds, and `npm run synth` does it.
    env: { ...env, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  const lines: string[] = [];
  createInterface(child.stderr).on('line', (line) => {
    lines.push(line);
    onLine?.(line);
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      if (code === 0) return done(stdout);
      const end = `${stdout.slice(-3000)}\n${lines.join('\n').slice(-6000)}`;
      failed(new Error(`cdk ${args.join(' ')} failed:\n${end}`));
    });
  });
}

/** How far a deployment is, from a line of `--progress events`: `3/66`. */
export function progressIn(line: string): string | undefined {
  return /\|\s*(\d+\/\d+)\s*\|/.exec(line)?.[1];
}
