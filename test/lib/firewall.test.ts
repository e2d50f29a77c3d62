import type { Template } from 'aws-cdk-lib/assertions';
import { only, render, resource, resources, synthesize } from './synthesize';

interface Rule {
  readonly Name: string;
  readonly Action: object;
  readonly Statement: Readonly<Record<string, unknown>>;
}

function rules(template: Template): readonly Rule[] {
  const { Properties } = only(template, 'AWS::WAFv2::WebACL');
  expect(Properties).toMatchObject({ Scope: 'REGIONAL', DefaultAction: { Allow: {} } });
  return Properties.Rules as readonly Rule[];
}

const set = (id: string) => ({
  IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': [expect.stringMatching(id), 'Arn'] } },
});

test('there is no firewall unless a property needs one', () => {
  expect(resources(synthesize(), 'AWS::WAFv2::WebACL').size).toBe(0);
});

test('addresses and a rate block, nothing else: managed rules would refuse what identity providers send', () => {
  const template = synthesize({
    firewallBlockedAddresses: ['198.51.100.0/24'],
    firewallAllowedAddresses: ['192.0.2.0/24', '2001:db8::/32', '203.0.113.7/32'],
    firewallRateLimit: 1000,
  });
  expect(rules(template).map(({ Name, Action, Statement }) => ({ Name, Action, Statement }))).toEqual([
    { Name: 'blocked-addresses', Action: { Block: {} }, Statement: set('BlockedIPV4') },
    {
      Name: 'foreign-addresses',
      Action: { Block: {} },
      Statement: {
        NotStatement: { Statement: { OrStatement: { Statements: [set('AllowedIPV4'), set('AllowedIPV6')] } } },
      },
    },
    {
      Name: 'rate',
      Action: { Block: {} },
      Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } },
    },
  ]);
  const addresses = (id: string) => resource(template, 'AWS::WAFv2::IPSet', id).Properties;
  expect(addresses('FirewallAllowedIPV4')).toMatchObject({
    IPAddressVersion: 'IPV4',
    Addresses: ['192.0.2.0/24', '203.0.113.7/32'],
  });
  expect(addresses('FirewallAllowedIPV6')).toMatchObject({ IPAddressVersion: 'IPV6', Addresses: ['2001:db8::/32'] });
});

test('it stands before the stage of the API', () => {
  const association = only(synthesize({ firewallRateLimit: 10 }), 'AWS::WAFv2::WebACLAssociation');
  expect(render(association.Properties.ResourceArn)).toMatch(
    /restapis\/ApiRestApi\/stages\/ApiRestApiDeploymentStageprod$/,
  );
});
