import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Question, Spent } from './profile-child';
import type { Target } from './profile-requests';

/** A measured process, and those that it needs. */
export interface Measured {
  ask(question: Question): Promise<Spent>;
  close(): Promise<void>;
}

const tsx = { execArgv: ['--import', 'tsx'] };

/** The functions of a folder of bundles, over the engine and the data format of a checkout. `data` is a new path. */
export async function startFunctions(checkout: string, bundles: string, data: string, size: number): Promise<Measured> {
  const engine = fork(join(checkout, 'bench/storage-engine.ts'), [data], { ...tsx, cwd: checkout });
  const url = await hear<string>(engine);
  const target = `${data}.json`;
  writeFileSync(target, JSON.stringify(await askOf<Target>(engine, size)));
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    DIRECTORY_TABLE: 'directory',
    MEMBERSHIPS_TABLE: 'memberships',
    ACTIVITY_TABLE: 'activity',
    ACTIVITY_DAYS: '90',
  };
  const functions = fork(join(__dirname, 'profile-function.ts'), [bundles, target], { ...tsx, env });
  await hear(functions);
  return {
    ask: (question) => askOf(functions, question),
    close: async () => {
      await Promise.all([end(functions), end(engine)]);
    },
  };
}

/** A program that starts a local endpoint, and what it says of itself. */
export async function startEndpointProgram<Address>(
  program: string,
  data: string,
): Promise<Measured & { readonly address: Address }> {
  const child = fork(program, [data], program.endsWith('.ts') ? { ...tsx, cwd: resolve(program, '../..') } : {});
  const address = await hear<Address>(child);
  return { address, ask: (question) => askOf(child, question), close: () => end(child) };
}

async function askOf<Answer>(child: ChildProcess, question: Question | number): Promise<Answer> {
  const answer = hear<Answer>(child);
  child.send(question);
  return answer;
}

function hear<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const failed = () => reject(new Error('A measured process ended.'));
    child.once('exit', failed);
    child.once('message', (answer) => {
      child.off('exit', failed);
      resolve(answer as Answer);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}
