import { App } from 'aws-cdk-lib';
import { ScimStack } from '../lib/scim-stack';
import { readSettings } from '../lib/settings';

/** The CDK app: one stack, from the settings in cdk.json and in `-c <setting>=<value>`. */
function main(): void {
  // Not by itself at the end, whatever went wrong before: half a tree fails in its own way, pages long.
  const app = new App({ autoSynth: false });
  const settings = readSettings(app.node.getAllContext());
  new ScimStack(app, settings.stackName ?? 'ServerlessScim', {
    description: 'SCIM 2.0 endpoint (serverless-scim)',
    env: environment(),
    settings,
  });
  app.synth();
}

/** Account and region that the CDK found credentials for; none when there are none, as on a machine that only checks. */
function environment(): { account?: string; region?: string } {
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
  return { ...(account ? { account } : {}), ...(region ? { region } : {}) };
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
