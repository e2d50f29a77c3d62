import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ScimEndpoint, type ScimEndpointProps } from './scim-endpoint';
import type { Settings } from './settings';
import { settingsProps } from './settings-props';

/** A stack's own properties, the endpoint's, and settings, which go before them. */
export interface ScimStackProps extends StackProps, ScimEndpointProps {
  /**
   * What `readSettings` found in the CDK context.
   *
   * @default - none
   */
  readonly settings?: Settings;
}

/** A stack with one endpoint, and outputs by which `scim-admin` finds everything. */
export class ScimStack extends Stack {
  readonly endpoint: ScimEndpoint;

  constructor(scope: Construct, id: string, { settings = {}, ...props }: ScimStackProps = {}) {
    super(scope, id, props);
    this.endpoint = new ScimEndpoint(this, 'Endpoint', {
      ...props,
      ...settingsProps(new Construct(this, 'Settings'), settings),
    });
    for (const [name, { description, value }] of Object.entries(outputs(this.endpoint))) {
      new CfnOutput(this, name, { description, value });
    }
  }
}

interface Output {
  readonly description: string;
  readonly value: string;
}

/** What an operator, or `scim-admin`, needs to know of a deployed endpoint. */
export function outputs(endpoint: ScimEndpoint): Readonly<Record<string, Output>> {
  const { tables, functions, domain } = endpoint;
  const functionNames = Object.entries(functions).map(([name, { lambda }]): [string, Output] => [
    `${name[0]?.toUpperCase()}${name.slice(1)}Function`,
    { description: `Name of the function ${name}`, value: lambda.functionName },
  ]);
  return {
    BaseUrl: { description: 'Base URL of a tenant, with its id for {tenantId}', value: endpoint.baseUrlPattern },
    Region: { description: 'Region of the endpoint', value: Stack.of(endpoint).region },
    DirectoryTable: { description: 'Table of tenants, users and groups', value: tables.directory.tableName },
    MembershipsTable: { description: 'Table of group memberships', value: tables.memberships.tableName },
    SecretPrefix: { description: "What the names of the tokens' secrets begin with", value: endpoint.secretPrefix },
    ...(domain
      ? { DomainTarget: { description: 'Where the domain name must point', value: domain.domainNameAliasDomainName } }
      : {}),
    ...Object.fromEntries(functionNames),
  };
}
