import { isIP } from 'node:net';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnIPSet, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Options for the firewall: which addresses may reach the API. */
export interface FirewallProps {
  /**
   * Maximum number of requests per address in five minutes, at least 10; above it AWS WAF responds with 403.
   *
   * @default - no such limit
   */
  readonly firewallRateLimit?: number;

  /**
   * The only address ranges that may reach the API, as IPv4 or IPv6 CIDR blocks; identity providers publish theirs.
   *
   * @default - every address
   */
  readonly firewallAllowedAddresses?: readonly string[];

  /**
   * Address ranges that may not reach the API, as IPv4 or IPv6 CIDR blocks.
   *
   * @default - none
   */
  readonly firewallBlockedAddresses?: readonly string[];
}

/** Whether any of the properties needs a firewall. */
export function wantsFirewall(props: FirewallProps): boolean {
  return [props.firewallRateLimit, props.firewallAllowedAddresses, props.firewallBlockedAddresses].some(
    (prop) => prop !== undefined,
  );
}

/**
 * AWS WAF for the stage, with only a rate limit and address lists. The managed rule sets cannot be used: they block bodies
 * over 8 KB, filters that look like SQL, and Entra, which sends no User-Agent.
 */
export class Firewall extends Construct {
  constructor(scope: Construct, id: string, restApi: RestApi, props: FirewallProps) {
    super(scope, id);
    const { firewallRateLimit: limit, firewallAllowedAddresses: allowed, firewallBlockedAddresses: blocked } = props;
    const statements: [string, CfnWebACL.StatementProperty][] = [];
    if (blocked) statements.push(['blocked-addresses', this.anyOf('Blocked', blocked)]);
    if (allowed) {
      statements.push(['foreign-addresses', { notStatement: { statement: this.anyOf('Allowed', allowed) } }]);
    }
    if (limit) {
      statements.push(['rate', { rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: 300 } }]);
    }
    const acl = new CfnWebACL(this, 'WebAcl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('all'),
      rules: statements.map(([name, statement], priority) => ({
        name,
        priority,
        statement,
        action: { block: {} },
        visibilityConfig: visibility(name),
      })),
    });
    new CfnWebACLAssociation(this, 'Association', {
      webAclArn: acl.attrArn,
      resourceArn: restApi.deploymentStage.stageArn,
    });
  }

  /** An address set has one IP version. @throws Error if an address is not a CIDR block */
  private anyOf(id: string, addresses: readonly string[]): CfnWebACL.StatementProperty {
    const wrong = addresses.find((address) => !isRange(address));
    if (addresses.length === 0 || wrong !== undefined) {
      throw new Error(
        `"${wrong ?? ''}" is not an address range: write CIDR blocks, for example 192.0.2.0/24 or 2001:db8::/32.`,
      );
    }
    const sets = (['IPV4', 'IPV6'] as const).flatMap((version) => {
      const own = addresses.filter((address) => address.includes(':') === (version === 'IPV6'));
      if (own.length === 0) return [];
      const set = new CfnIPSet(this, `${id}${version}`, {
        scope: 'REGIONAL',
        ipAddressVersion: version,
        addresses: own,
      });
      return [{ ipSetReferenceStatement: { arn: set.attrArn } }];
    });
    const [first, second] = sets;
    return first && !second ? first : { orStatement: { statements: sets } };
  }
}

/** Whether AWS WAF accepts the CIDR block: any but the whole internet. */
function isRange(text: string): boolean {
  const [, address = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(length) >= 1 && Number(length) <= (version === 4 ? 32 : 128);
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
