import { Argument, type Command } from 'commander';
import { findPolicy, type Person, people } from '../operator/access/find-policy';
import type { DeploymentOptions } from '../operator/connection/facts';
import { type Shell, stackOptions } from './command';

/** `policies`. */
export function policiesCommand(program: Command, shell: Shell): void {
  const policies = program
    .command('policies')
    .description('print the least-privilege IAM policy of somebody who works with a deployment')
    .addArgument(new Argument('<person>', 'who gets the policy').choices(people))
    .addHelpText(
      'after',
      `
People:
  deployer: runs "cdk deploy" and "scim-admin preflight" in a bootstrapped
    region
  operator: runs every command of scim-admin
  read-only: runs the commands that change nothing: lists, show, stats, check,
    drift, export, activity

Examples:
  npx scim-admin policies deployer --region eu-west-1 > deployer.json
  npx scim-admin policies operator --stack ServerlessScim > operator.json`,
    );
  stackOptions(policies).action(async (person: Person, options: DeploymentOptions) => {
    const policy = await findPolicy(person, options);
    shell.show({ data: policy, text: JSON.stringify(policy, undefined, 2) }, true);
  });
}
