import { Aws, Fn } from 'aws-cdk-lib';
import { ApiKey, type IRestApi, type RestApi, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { defaultTier, type Tier, throttleOf, tierRates, tiers } from '../deployment/limits';

/** Options for the limits of each tenant. */
export interface LimitsProps {
  /**
   * Whether the requests of each tenant are limited, by a usage plan for each tier and an API key for each tenant. Without,
   * one busy tenant can use up the limit of the stage. For an account without room for API keys, and for emulators
   * that take an API key from the client only.
   *
   * @default true
   */
  readonly tenantLimits?: boolean;

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

/** Whether tenants have limits of their own. @throws Error if rates are set for limits that are turned off */
export function limitsTenants({ tenantLimits = true, tenantRateLimits }: LimitsProps): boolean {
  if (tenantLimits || tenantRateLimits === undefined) return tenantLimits;
  throw new Error('tenantRateLimits is set but tenantLimits is false, so it has no effect: omit one of the two.');
}

/** The usage plan of each tier; none where tenants are not limited. */
export type UsagePlans = Readonly<Partial<Record<Tier, UsagePlan>>>;

/** A usage plan for each tier, and the key that tenants without one of their own share. */
export class Limits extends Construct {
  readonly plans: UsagePlans;

  constructor(scope: Construct, id: string, restApi: RestApi, sharedKey: string, props: LimitsProps) {
    super(scope, id);
    if (!limitsTenants(props)) {
      this.plans = {};
      return;
    }
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
    const made = Object.fromEntries(plans) as Record<Tier, UsagePlan>;
    this.plans = made;
    const key = new ApiKey(this, 'SharedKey', {
      description: 'SCIM: shared by tenants without a key of their own',
      value: sharedKey,
    });
    made[defaultTier].addApiKey(key);
  }
}
