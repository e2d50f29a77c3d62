import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { type DomainName, EndpointType, type RestApi, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ARecord, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayDomain } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';

/** Options for a domain name of your own. */
export interface DomainProps {
  /**
   * A domain name for the endpoint, for example `scim.example.com`. Needs `certificate`.
   *
   * @default - the name that API Gateway assigns
   */
  readonly domainName?: string;

  /**
   * The certificate for `domainName`, from AWS Certificate Manager in the stack's region.
   *
   * @default - none
   */
  readonly certificate?: ICertificate;

  /**
   * The Route 53 zone that gets a record for `domainName`.
   *
   * @default - none: point the name at the output `DomainTarget` yourself
   */
  readonly hostedZone?: IHostedZone;
}

/** Without underscores: Okta refuses them in a host name. */
const pattern = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/**
 * Adds the custom domain name, if there is one. @throws Error if the name is not valid, or a property is missing
 */
export function addDomain(scope: Construct, restApi: RestApi, props: DomainProps): DomainName | undefined {
  const { domainName, certificate, hostedZone } = props;
  if (domainName === undefined) {
    if (!certificate && !hostedZone) return undefined;
    throw new Error(`${certificate ? 'certificate' : 'hostedZone'} is set without domainName: set both.`);
  }
  if (!certificate) throw new Error(`domainName "${domainName}" needs a certificate: set one of the stack's region.`);
  if (!Token.isUnresolved(domainName) && !pattern.test(domainName)) {
    throw new Error(
      `domainName "${domainName}" is not a domain name: write it in lower case, without scheme, port, path or underscore, ` +
        'for example scim.example.com.',
    );
  }
  refuseForeignCertificate(certificate, Stack.of(scope).region);
  if (hostedZone) refuseForeignZone(domainName, hostedZone.zoneName);
  const domain = restApi.addDomainName('DomainName', {
    domainName,
    certificate,
    endpointType: EndpointType.REGIONAL,
    securityPolicy: SecurityPolicy.TLS_1_2,
  });
  if (hostedZone) {
    new ARecord(scope, 'Record', {
      zone: hostedZone,
      recordName: `${domainName}.`,
      target: RecordTarget.fromAlias(new ApiGatewayDomain(domain)),
    });
  }
  return domain;
}

/** CloudFront needs certificates in us-east-1, a regional API in its own region. Otherwise the deployment fails. */
function refuseForeignCertificate({ certificateArn }: ICertificate, region: string): void {
  if (Token.isUnresolved(certificateArn) || Token.isUnresolved(region)) return;
  const { region: own } = Arn.split(certificateArn, ArnFormat.SLASH_RESOURCE_NAME);
  if (own === region) return;
  throw new Error(
    `The certificate is in ${own}, but the stack is in ${region}: request one for the name in ${region}.`,
  );
}

function refuseForeignZone(domainName: string, zoneName: string): void {
  if (Token.isUnresolved(domainName) || Token.isUnresolved(zoneName)) return;
  const zone = zoneName.replace(/\.$/, '');
  if (domainName === zone || domainName.endsWith(`.${zone}`)) return;
  throw new Error(`domainName "${domainName}" is not in the hosted zone "${zone}": set the zone that it belongs to.`);
}
