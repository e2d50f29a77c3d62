import { Stack, type StackProps } from 'aws-cdk-lib';
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
    this.endpoint.addOutputs();
  }
}
