import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The engine's process, and how to speak to it. */
export interface EngineProcess {
  readonly url: string;
  ask<Answer>(message: string | number): Promise<Answer>;
}

/**
 * Runs a step with the embedded engine in a process of its own, so that its CPU is told apart, and with data of its own. The
 * environment then names it and its tables.
 */
export async function withEngine<Result>(step: (engine: EngineProcess) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-storage-'));
  const child = fork(join('bench', 'storage-engine.ts'), [folder], { execArgv: ['--import', 'tsx'] });
  try {
    const engine = await connect(child);
    Object.assign(process.env, {
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: engine.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      DIRECTORY_TABLE: 'directory',
      MEMBERSHIPS_TABLE: 'memberships',
    });
    return await step(engine);
  } finally {
    if (child.exitCode === null) {
      child.kill();
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true });
  }
}

async function connect(child: ChildProcess): Promise<EngineProcess> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('The engine ended.');
  });
  ended.catch(() => undefined);
  const hear = async () => ((await Promise.race([once(child, 'message'), ended])) as [unknown])[0];
  return {
    url: (await hear()) as string,
    async ask<Answer>(message: string | number) {
      child.send(message);
      return (await hear()) as Answer;
    },
  };
}
