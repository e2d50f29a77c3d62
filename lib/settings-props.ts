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
 * The endpoint's properties that settings stand for. What a setting names by its ARN or id is looked up nowhere, so that
 * synthesis works offline. @throws Error for settings that make sense together only.
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

/** Settings that are properties as they are. */
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
  if (!hostedZoneId || !zoneName) throw new Error('hostedZoneId and hostedZoneName belong together: give both.');
  return { hostedZone: HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId, zoneName }) };
}

function tables(scope: Construct, settings: Settings): Props {
  const { directoryTableArn, directoryStreamArn, membershipsTableArn, membershipsStreamArn, encryptionKeyArn } =
    settings;
  const given = [directoryTableArn, directoryStreamArn, membershipsTableArn, membershipsStreamArn];
  if (given.every((arn) => arn === undefined)) return {};
  if (!directoryTableArn || !directoryStreamArn || !membershipsTableArn || !membershipsStreamArn) {
    throw new Error(
      'directoryTableArn, directoryStreamArn, membershipsTableArn and membershipsStreamArn belong together: give all four.',
    );
  }
  const key = encryptionKeyArn ? { encryptionKey: Key.fromKeyArn(scope, 'TableKey', encryptionKeyArn) } : {};
  const { region } = Stack.of(scope);
  const table = (id: string, tableArn: string, tableStreamArn: string) => {
    if (!tableStreamArn.startsWith(`${tableArn}/stream/`)) {
      throw new Error(`${tableStreamArn} is no stream of ${tableArn}: give for each table its own stream.`);
    }
    const [, , , own] = tableArn.split(':');
    if (!Token.isUnresolved(region) && own !== region) {
      throw new Error(
        `The table ${tableArn} is not in ${region}, where the stack is: functions use tables of their region.`,
      );
    }
    return TableV2.fromTableAttributes(scope, id, { ...key, tableArn, tableStreamArn });
  };
  return {
    directoryTable: table('DirectoryTable', directoryTableArn, directoryStreamArn),
    membershipsTable: table('MembershipsTable', membershipsTableArn, membershipsStreamArn),
  };
}
