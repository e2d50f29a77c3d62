import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { emulatedBaseUrl } from './base-url';
import { type CdkRun, emulatedAccount, progressIn, runCdk } from './cdk';
import type { Step } from './steps';

/** The stack's name, as `cdk deploy` and `scim-admin` have it by default. */
export const stackName = 'ServerlessScim';

const settings = [
  'alarms=false',
  'dashboard=false',
  'tenantLimits=false',
  'removalPolicy=destroy',
  'deletionProtection=false',
];

/** Emulators do not support everything that the stack uses, and the data are deleted with the emulator. */
function context(endpoint: string): string[] {
  return [...settings, `publicBaseUrl=${emulatedBaseUrl(endpoint)}`].flatMap((setting) => ['-c', setting]);
}

/** Bootstraps the emulator's account, and deploys the stack to it. */
export async function deployStack(step: Step, endpoint: string, run: CdkRun): Promise<void> {
  await step('Bootstrapping the account', () => runCdk(['bootstrap', emulatedAccount], run));
  await step(`Deploying the stack ${stackName}`, (reached) => {
    const onLine = (line: string) => {
      const progress = progressIn(line);
      if (progress) reached(`${progress} resources`);
    };
    const args = ['deploy', '--require-approval', 'never', '--progress', 'events', ...context(endpoint)];
    return runCdk(args, { ...run, onLine });
  });
}

/** Removes the stack with its data. */
export async function removeStack(step: Step, endpoint: string, run: CdkRun): Promise<void> {
  await step(`Removing the stack ${stackName}`, () => runCdk(['destroy', '--force', ...context(endpoint)], run));
}

/** Whether an emulator has the stack already. @throws Error if nothing responds there */
export async function hasStack(endpoint: string): Promise<boolean> {
  const client = new CloudFormationClient({ endpoint });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks.length > 0;
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return false;
    throw new Error(`No emulator answers at ${endpoint}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  } finally {
    client.destroy();
  }
}
