import { Aws, Fn } from 'aws-cdk-lib';
import { ApiKey, type IRestApi, type RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { defaultTier, type Tier, throttleOf, tierRates, tiers } from '../deployment/limits';

/** Options for the limits of each tenant. */
export interface LimitsProps {
  /**
   * Requests per second that each tenant of a tier may send, by tier; twice as many at one instant. Past it clients get
   * 429 with `Retry-After`. `scim-admin tenant limits` chooses a tenant's tier. Identity providers expect at least 25.
   *
   * @default - low: 25, standard: 50, high: 200; a new tenant is in `standard`
   */
  readonly tenantRateLimits?: Readonly<Partial<Record<Tier, number>>>;
}

/** The value of the API key that tenants without one of their own share: one for each endpoint of an account. */
export function sharedApiKey(scope: Construct): string {
  const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return `scimshared${scope.node.addr.slice(-12)}${stackUuid}`;
}

/** A usage plan for each tier, and the key that tenants without one of their own share. */
export class Limits extends Construct {
  readonly plans: Readonly<Record<Tier, UsagePlan>>;

  constructor(scope: Construct, id: string, restApi: RestApi, sharedKey: string, props: LimitsProps) {
    super(scope, id);
    const plans = tiers.map((tier) => {
      const { rate, burst } = throttleOf(props.tenantRateLimits?.[tier] ?? tierRates[tier]);
      // aws-cdk-lib is not written for exactOptionalPropertyTypes: its RestApi is no IRestApi to it.
      const plan = new UsagePlan(this, `${tier[0]?.toUpperCase()}${tier.slice(1)}`, {
        description: `SCIM: each tenant of the tier ${tier}`,
        throttle: { rateLimit: rate, burstLimit: burst },
        apiStages: [{ api: restApi as IRestApi, stage: restApi.deploymentStage }],
      });
      return [tier, plan] as const;
    });
    this.plans = Object.fromEntries(plans) as Record<Tier, UsagePlan>;
    const key = new ApiKey(this, 'SharedKey', {
      description: 'SCIM: shared by tenants without a key of their own',
      value: sharedKey,
    });
    this.plans[defaultTier].addApiKey(key);
  }
}
