import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runAdmin } from '../../cli/program';
import type { Terminal } from '../../cli/terminal';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Situation {
  readonly stdin?: string;
  /** What the operator types when asked; without it there is no terminal. */
  readonly types?: string;
  readonly interrupted?: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with what is printed. */
  readonly onOutput?: (text: string) => void;
  /** The width of the terminal, if there is one. */
  readonly columns?: number;
}

/** Runs a command line of `scim-admin` in this process. */
export async function admin(args: readonly string[], situation: Situation = {}): Promise<Ran> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const { types } = situation;
  const terminal: Terminal = {
    stdin: Readable.from([situation.stdin ?? '']),
    stdout,
    stderr,
    interactive: types !== undefined,
    ...(situation.columns !== undefined && { columns: situation.columns }),
    environment: situation.environment ?? {},
    interrupted: situation.interrupted ?? new AbortController().signal,
    ask: (question) => {
      stderr.write(question);
      return Promise.resolve(types ?? '');
    },
  };
  if (situation.onOutput) stdout.on('data', (chunk) => situation.onOutput?.(String(chunk)));
  const shown = Promise.all([text(stdout), text(stderr)]);
  const code = await runAdmin(args, terminal);
  stdout.end();
  stderr.end();
  const [out, err] = await shown;
  // How often progress is reported depends on the load of the machine.
  return { code, out, err: err.replace(/^.* …\n/gm, '') };
}

/** Runs a command with `--json`, which must succeed. Returns its output. */
export async function adminJson<Data>(...args: readonly string[]): Promise<Data> {
  const { code, out, err } = await admin([...args, '--json']);
  if (code !== 0) throw new Error(`scim-admin ${args.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as Data;
}
