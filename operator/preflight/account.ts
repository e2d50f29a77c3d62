import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import type { Identity } from '../access/identity';
import { cdkRoles } from '../access/policies';
import type { Finding } from './finding';

/** The oldest bootstrap stack that the templates of `cdk synth` accept. */
const oldestBootstrap = 6;

/** Whether `cdk bootstrap` was run here, recently enough. */
export async function checkBootstrap({ account, region }: Identity): Promise<Finding> {
  const name = 'Bootstrap';
  const cure = 'Bootstrap this account and region with the CDK, or ask an administrator of the account to.';
  const remedy = { operation: 'bootstrap', values: { account, region } } as const;
  const client = new SSMClient({ region });
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' }));
    const version = Number(Parameter?.Value);
    const found = `bootstrap stack of version ${Parameter?.Value}`;
    if (version >= oldestBootstrap) return { name, verdict: 'ok', found };
    return { name, verdict: 'problem', found: `${found}; at least ${oldestBootstrap} is needed`, cure, remedy };
  } catch (error) {
    if (!(error instanceof ParameterNotFound)) throw error;
    return { name, verdict: 'problem', found: `the CDK was not bootstrapped in ${region}`, cure, remedy };
  } finally {
    client.destroy();
  }
}

/** Whether the credentials may assume the roles of the bootstrap stack, by IAM's policy simulation. */
export async function checkPermissions(identity: Identity): Promise<Finding> {
  const name = 'Permissions';
  const remedy = { operation: 'print deployer policy' } as const;
  if (identity.arn.endsWith(':root')) {
    const cure = "Use a role with the deployer's policy.";
    return {
      name,
      verdict: 'note',
      found: 'these are the credentials of the root user, which may do everything',
      cure,
      remedy,
    };
  }
  // IAM is global; its clients still need a region.
  const client = new IAMClient({ region: identity.region });
  try {
    const denied = await deniedRoles(client, identity);
    if (denied.length === 0) return { name, verdict: 'ok', found: 'may assume the roles of the CDK' };
    return {
      name,
      verdict: 'problem',
      found: `may not do sts:AssumeRole on ${denied.join(', ')}`,
      cure: "Ask for the deployer's policy, or more.",
      remedy,
    };
  } finally {
    client.destroy();
  }
}

async function deniedRoles(client: IAMClient, identity: Identity): Promise<string[]> {
  const { EvaluationResults = [] } = await client.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: await principalOf(client, identity),
      ActionNames: ['sts:AssumeRole'],
      ResourceArns: [...cdkRoles(identity)],
    }),
  );
  return EvaluationResults.flatMap(({ EvalDecision, EvalResourceName = '', ResourceSpecificResults = [] }) => {
    const each = ResourceSpecificResults.map(
      (result) => [result.EvalResourceDecision, result.EvalResourceName] as const,
    );
    return each.length > 0 ? each : [[EvalDecision, EvalResourceName] as const];
  })
    .filter(([decision]) => decision !== 'allowed')
    .map(([, resource]) => resource ?? '');
}

/** The user, or the role behind a session: its ARN has a path, which the ARN of the session lacks. */
async function principalOf(client: IAMClient, { arn }: Identity): Promise<string> {
  const [, RoleName] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (RoleName === undefined) return arn;
  const { Role } = await client.send(new GetRoleCommand({ RoleName }));
  return Role?.Arn ?? arn;
}
