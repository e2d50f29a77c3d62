import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ScimStack } from '../lib/scim-stack';
import { readSettings } from '../lib/settings';

/** The CDK app: one stack, from the settings in cdk.json and in `-c <setting>=<value>`. */
function main(): void {
  // Not automatically at exit: after an error, synthesizing an incomplete tree prints pages of other errors.
  const app = new App({ autoSynth: false });
  const settings = readSettings(app.node.getAllContext());
  new ScimStack(app, settings.stackName ?? 'ServerlessScim', {
    description: 'SCIM 2.0 endpoint (serverless-scim)',
    env: environment(),
    extensions: join(__dirname, '..', 'extensions'),
    settings,
  });
  app.synth();
}

/** Account and region of the credentials that the CDK found; empty if there are none, as in the CI. */
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
