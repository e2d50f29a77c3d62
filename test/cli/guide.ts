import { execFile } from 'node:child_process';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');

/** Makes an empty folder look like the checkout, so that what commands write there stays out of it. */
export async function linkCheckout(folder: string): Promise<void> {
  for (const name of ['package.json', 'node_modules', 'bin', 'cli', 'lambda', 'scripts', 'traffic', 'tsconfig.json']) {
    await symlink(join(root, name), join(folder, name));
  }
}

interface TypedOptions {
  /** @default 'docs/okta.md' */
  readonly document?: string;
  readonly stack?: string;
  /** What stands in the document as an example, and what is typed in its place. */
  readonly values?: Readonly<Record<string, string>>;
}

interface GuideOptions extends TypedOptions {
  /** Where the commands are run. */
  readonly folder: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** The commands under a mark of a document as they are typed there, with the name of another stack. */
export async function typedGuide(
  mark: string,
  { document = 'docs/okta.md', stack = 'ServerlessScim', values = {} }: TypedOptions,
): Promise<string> {
  const guide = await readFile(join(root, document), 'utf8');
  const [, block] = new RegExp(`<!-- run: ${mark} -->\\n\`\`\`sh\\n([\\s\\S]*?)\`\`\``).exec(guide) ?? [];
  if (!block) throw new Error(`${document} has nothing under "run: ${mark}"`);
  return Object.entries({ '--stack ServerlessScim': `--stack ${stack}`, ...values }).reduce(
    (text, [example, value]) => text.replaceAll(example, value),
    block,
  );
}

/** Runs the commands under a mark of a document, and returns what they print. */
export async function typeGuide(mark: string, { folder, env = {}, ...options }: GuideOptions): Promise<string> {
  const typed = await typedGuide(mark, options);
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', typed], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return stdout;
}
