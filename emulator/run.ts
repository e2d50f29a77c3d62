import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Deployment, openDeployment } from '../operator/connection/open';
import { deleteTenant } from '../operator/tenants/delete-tenant';
import { createTenant } from '../operator/tenants/provision';
import { sendHttp } from '../traffic/send';
import { deployStack, hasStack, removeStack, stackName } from './deployment';
import { emulatorEnvironment } from './environment';
import { installMiniStack } from './install';
import { type Emulator, startMiniStack } from './ministack';
import type { RunOptions } from './options';
import type { Step } from './steps';

/** What the program prints for the user. */
export interface Deployed {
  readonly endpoint: string;
  readonly baseUrl: string;
  readonly token: string;
  /** The emulator's process, if it was started here. */
  readonly pid?: number;
  /** Removes what was started and deployed here. */
  remove(): Promise<void>;
}

const root = resolve(__dirname, '..');

/**
 * Deploys the stack to an emulator, creates a tenant, and checks that its Base URL responds.
 * @throws Error that says which step failed and why; what was started here is stopped then
 */
export async function deployToEmulator(options: RunOptions, step: Step, signal: AbortSignal): Promise<Deployed> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-emulator-'));
  let emulator: Emulator | undefined;
  const clear = () => {
    emulator?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    if (options.url === undefined) emulator = await start(folder, options.port, step);
    const endpoint = emulator?.endpoint ?? options.url ?? '';
    const env = emulatorEnvironment(endpoint);
    direct(env);
    const run = { folder: root, output: join(folder, 'cdk.out'), env };
    const existed = await hasStack(endpoint);
    await deployStack(step, endpoint, { ...run, signal });
    const deployment = await openDeployment({ stack: stackName });
    const tenant = await step('Creating a tenant', () => newTenant(deployment, options));
    await step('Calling the Base URL', () => call(tenant));
    return {
      ...tenant,
      endpoint,
      ...(emulator ? { pid: emulator.pid } : {}),
      remove: async () => {
        if (!emulator) {
          await deleteTenant(deployment.services, tenant.tenantId, () => Promise.resolve(), { wait: false });
          if (!existed) await removeStack(step, endpoint, run);
        }
        deployment.close();
        clear();
      },
    };
  } catch (error) {
    clear();
    throw signal.aborted ? stopped(options.url, error) : error;
  }
}

const stopped = (url: string | undefined, cause: unknown) =>
  new Error(
    url === undefined
      ? 'Stopped. The emulator has ended, and nothing is kept.'
      : `Stopped. What was deployed to ${url} by then is still there; the next run continues from it.`,
    { cause },
  );

async function start(folder: string, port: number, step: Step): Promise<Emulator> {
  const installed = await step('Installing MiniStack', installMiniStack);
  return await step('Starting MiniStack', () => startMiniStack({ installed, folder, port }));
}

/** Directs this process's own AWS clients. */
function direct(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
}

async function newTenant({ services, baseUrl }: Deployment, { profile }: RunOptions) {
  // A deployment that was kept has one already.
  const label = `emulator-${Date.now().toString(36)}`;
  const { tenantId, token } = await createTenant(services, { label, profile });
  return { tenantId, token, baseUrl: baseUrl(tenantId) };
}

/** @throws Error if the endpoint does not respond to a SCIM request at its Base URL */
async function call({ baseUrl, token }: { readonly baseUrl: string; readonly token: string }): Promise<void> {
  const url = `${baseUrl}/Users`;
  const answer = await sendHttp({ method: 'GET', url, headers: { Authorization: `Bearer ${token}` } });
  if ('noAnswer' in answer) throw new Error(`GET ${url} got no answer: ${answer.noAnswer}`);
  if (answer.status !== 200) throw new Error(`GET ${url} got ${answer.status}: ${answer.text.slice(0, 500)}`);
}
