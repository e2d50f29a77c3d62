/**
 * A stack with one endpoint, as the checkout deploys it.
 *
 * @module serverless-scim/stack
 */

import { Stack, type StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ScimEndpoint, type ScimEndpointProps } from './scim-endpoint';
import type { Settings } from './settings';
import { settingsProps } from './settings-props';

export type { Settings } from './settings';

/** Properties of a stack and of the endpoint, and settings, which override them. */
export interface ScimStackProps extends StackProps, ScimEndpointProps {
  /**
   * The result of `readSettings`.
   *
   * @default - none
   */
  readonly settings?: Settings;
}

/** A stack with one endpoint, and the outputs that `scim-admin` needs. */
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
