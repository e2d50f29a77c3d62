import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { ScimEndpointProps } from './scim-endpoint';
import type { Settings } from './settings';

type Props = Partial<ScimEndpointProps>;

/**
 * Returns the endpoint's properties for the settings. Resources that a setting names by ARN or id are not looked up, so
 * that synthesis works offline. @throws Error if settings that belong together are incomplete
 */
export function settingsProps(scope: Construct, settings: Settings): Props {
  const {
    certificateArn,
    encryptionKeyArn,
    eventBusArn,
    alarmTopicArn,
    authorizerCacheSeconds,
    secretCacheSeconds,
    logRetentionDays,
    ...rest
  } = settings;
  return {
    ...alike(rest),
    ...(rest.removalPolicy ? { removalPolicy: removalPolicies[rest.removalPolicy] } : {}),
    ...(authorizerCacheSeconds === undefined ? {} : { authorizerCacheTtl: Duration.seconds(authorizerCacheSeconds) }),
    ...(secretCacheSeconds === undefined ? {} : { secretCacheTtl: Duration.seconds(secretCacheSeconds) }),
    ...(logRetentionDays === undefined ? {} : { logRetention: logRetentionDays }),
    ...(certificateArn ? { certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn) } : {}),
    ...(encryptionKeyArn ? { encryptionKey: Key.fromKeyArn(scope, 'Key', encryptionKeyArn) } : {}),
    ...(eventBusArn ? { eventBus: EventBus.fromEventBusArn(scope, 'EventBus', eventBusArn) } : {}),
    ...(alarmTopicArn ? { alarmTopic: Topic.fromTopicArn(scope, 'AlarmTopic', alarmTopicArn) } : {}),
    ...hostedZone(scope, settings),
    ...tables(scope, settings),
  };
}

const removalPolicies = { retain: RemovalPolicy.RETAIN, destroy: RemovalPolicy.DESTROY };

/** Settings that are properties of the same name and type. */
function alike(settings: Settings): Props {
  const {
    stackName: _name,
    removalPolicy: _policy,
    hostedZoneId: _zone,
    hostedZoneName: _zoneName,
    directoryTableArn: _directory,
    directoryStreamArn: _stream,
    membershipsTableArn: _memberships,
    membershipsStreamArn: _membershipsStream,
    ...same
  } = settings;
  return same;
}

function hostedZone(scope: Construct, { hostedZoneId, hostedZoneName: zoneName }: Settings): Props {
  if (!hostedZoneId && !zoneName) return {};
  if (!hostedZoneId || !zoneName) throw new Error('hostedZoneId and hostedZoneName belong together: set both.');
  return { hostedZone: HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId, zoneName }) };
}

function tables(scope: Construct, settings: Settings): Props {
  const { directoryTableArn, directoryStreamArn, membershipsTableArn, membershipsStreamArn, encryptionKeyArn } =
    settings;
  const given = [directoryTableArn, directoryStreamArn, membershipsTableArn, membershipsStreamArn];
  if (given.every((arn) => arn === undefined)) return {};
  if (!directoryTableArn || !directoryStreamArn || !membershipsTableArn || !membershipsStreamArn) {
    throw new Error(
      'directoryTableArn, directoryStreamArn, membershipsTableArn and membershipsStreamArn belong together: set all four.',
    );
  }
  const key = encryptionKeyArn ? { encryptionKey: Key.fromKeyArn(scope, 'TableKey', encryptionKeyArn) } : {};
  const { region } = Stack.of(scope);
  const table = (id: string, tableArn: string, tableStreamArn: string) => {
    if (!tableStreamArn.startsWith(`${tableArn}/stream/`)) {
      throw new Error(`${tableStreamArn} is not a stream of ${tableArn}: set the stream of each table.`);
    }
    const [, , , own] = tableArn.split(':');
    if (!Token.isUnresolved(region) && own !== region) {
      throw new Error(
        `The table ${tableArn} is not in ${region}, the region of the stack: functions use tables in their own region.`,
      );
    }
    return TableV2.fromTableAttributes(scope, id, { ...key, tableArn, tableStreamArn });
  };
  return {
    directoryTable: table('DirectoryTable', directoryTableArn, directoryStreamArn),
    membershipsTable: table('MembershipsTable', membershipsTableArn, membershipsStreamArn),
  };
}
